package io.modelservice.runtime.source.s3;

import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.ContentRanges;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.ObjectPlace;
import io.modelservice.runtime.source.ObjectPlace.Listed;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A folder of an S3 bucket, or one ONNX file in it. */
public final class S3Source implements Source {
  private final S3Client client;
  private final ObjectPlace place;

  private S3Source(S3Client client, ObjectPlace place) {
    this.client = client;
    this.place = place;
  }

  public static S3Source open(URI uri, Credentials credentials) throws FetchException {
    var keys = S3Keys.of(credentials);
    var host = keys.endpoint() == null ? "AWS " + keys.region() : keys.endpoint();
    var place = ObjectPlace.of(uri, host);
    return new S3Source(S3Clients.create(keys, place.bucket()), place);
  }

  @Override
  public List<RemoteFile> list() throws FetchException {
    try {
      return place.oneFile() ? List.of(single()) : folder();
    } catch (SdkException e) {
      throw S3Errors.toFetchException(e, place, place.key());
    }
  }

  private RemoteFile single() {
    var head = client.headObject(request -> request.bucket(place.bucket()).key(place.key()));
    var etag = unquoted(head.eTag());
    return new RemoteFile(MODEL, place.key(), head.contentLength(), etag);
  }

  private List<RemoteFile> folder() throws FetchException {
    var pages = client.listObjectsV2Paginator(r -> r.bucket(place.bucket()).prefix(place.prefix()));
    return place.artifact(pages.contents().stream().map(S3Source::listed).iterator());
  }

  private static Listed listed(S3Object object) {
    return new Listed(object.key(), object.size(), unquoted(object.eTag()));
  }

  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    try {
      var answer = client.getObject(request -> ask(request, file, from));
      var range = answer.response().contentRange();
      var first = ContentRanges.firstByte(range, from, file.size());
      if (first.isPresent()) {
        return new Body(answer, first.getAsLong());
      }
      answer.abort();
      return open(file, 0);
    } catch (SdkException e) {
      throw S3Errors.toFetchException(e, place, file.locator());
    }
  }

  private void ask(GetObjectRequest.Builder request, RemoteFile file, long from) {
    request.bucket(place.bucket()).key(file.locator());
    if (file.etag() != null) {
      request.ifMatch("\"" + file.etag() + "\"");
    }
    if (from > 0) {
      request.range(ContentRanges.from(from));
    }
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  @Override
  public String place() {
    return place.toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
