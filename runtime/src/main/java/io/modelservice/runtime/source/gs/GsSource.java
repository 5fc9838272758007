package io.modelservice.runtime.source.gs;

import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.ContentRanges;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.ObjectPlace;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/** A folder of a Google Cloud Storage bucket, or one ONNX file in it; pinned by generations. */
public final class GsSource implements Source {
  private final GsClient client;
  private final ObjectPlace place;

  GsSource(GsClient client, ObjectPlace place) {
    this.client = client;
    this.place = place;
  }

  /** Looks for the account to read as; asks the store nothing. */
  public static GsSource open(URI uri, Credentials credentials) throws FetchException {
    var keys = GsKeys.of(credentials);
    var endpoint = keys.endpoint();
    var place = ObjectPlace.of(uri, endpoint.toString());
    return new GsSource(new GsClient(endpoint, GsLogin.of(keys), place), place);
  }

  @Override
  public List<RemoteFile> list() throws FetchException {
    var objects = new GsObjects(client, place);
    return place.oneFile() ? List.of(objects.single()) : objects.folder();
  }

  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    var answer = client.content(file, from);
    var status = answer.getResponseCode();
    if (status == HttpURLConnection.HTTP_NOT_FOUND) { // it was listed: it has another generation
      throw client.errors().changed(file.locator());
    }
    var first = ContentRanges.firstByte(answer, from, file.size());
    if (first.isEmpty()) {
      answer.disconnect();
      return open(file, 0);
    }
    if (first.getAsLong() == 0 && status != HttpURLConnection.HTTP_OK) {
      throw client.errors().answered(status, file.locator());
    }
    return new Body(answer.getInputStream(), first.getAsLong());
  }

  @Override
  public String place() {
    return place.toString();
  }
}
