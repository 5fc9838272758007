package io.modelservice.runtime.source.s3;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.ContentRanges;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A folder of an S3 bucket, or one ONNX file in it. */
public final class S3Source implements Source {
  private final S3Client client;
  private final S3Place place;

  private S3Source(S3Client client, S3Place place) {
    this.client = client;
    this.place = place;
  }

  public static S3Source open(URI uri, Credentials credentials) throws FetchException {
    var keys = S3Keys.of(credentials);
    var bucket = String.valueOf(uri.getAuthority());
    var key = uri.getPath().replaceFirst("^/", "");
    var host = keys.endpoint() == null ? "AWS " + keys.region() : keys.endpoint();
    return new S3Source(S3Clients.create(keys, bucket), new S3Place(host, bucket, key));
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
    var prefix = place.prefix();
    var pages = client.listObjectsV2Paginator(r -> r.bucket(place.bucket()).prefix(prefix));
    var files = new ArrayList<RemoteFile>();
    for (var object : pages.contents()) {
      if (!object.key().endsWith("/")) { // some tools mark folders by empty objects
        files.add(file(object, prefix));
      }
      if (files.size() > ArtifactPaths.MOST_FILES) {
        break;
      }
    }
    if (files.isEmpty()) {
      throw new FetchException(
          Reason.ArtifactNotFound,
          "bucket '%s' at %s has no object under '%s'"
              .formatted(place.bucket(), place.host(), prefix));
    }
    return Listings.checked(files, place());
  }

  private RemoteFile file(S3Object object, String prefix) throws FetchException {
    var path = ArtifactPaths.checked(object.key().substring(prefix.length()), place());
    return new RemoteFile(path, object.key(), object.size(), unquoted(object.eTag()));
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
