package io.modelservice.runtime.source.gs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.runtime.source.ContentRanges;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.HttpConnections;
import io.modelservice.runtime.source.ObjectPlace;
import io.modelservice.runtime.source.RemoteFile;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;

/** Asks Google Cloud Storage by its JSON API. */
final class GsClient {
  private final URI endpoint;
  private final GsLogin login;
  private final ObjectPlace place;
  private final GsErrors errors;

  GsClient(URI endpoint, GsLogin login, ObjectPlace place) {
    this.endpoint = endpoint;
    this.login = login;
    this.place = place;
    this.errors = new GsErrors(place, login);
  }

  /** Of the bucket. */
  HttpURLConnection objects(String query) throws FetchException {
    return get(bucket() + query, Map.of());
  }

  /** What is known of one object. */
  HttpURLConnection object(String key, String query) throws FetchException {
    return get(bucket() + "/" + encoded(key) + query, Map.of());
  }

  /** The bytes of the very generation that was listed. */
  HttpURLConnection content(RemoteFile file, long from) throws FetchException {
    Map<String, String> range = from == 0 ? Map.of() : Map.of("Range", ContentRanges.from(from));
    var generation = "?alt=media&generation=" + file.etag();
    return get(bucket() + "/" + encoded(file.locator()) + generation, range);
  }

  GsErrors errors() {
    return errors;
  }

  private String bucket() {
    return endpoint + "/storage/v1/b/" + encoded(place.bucket()) + "/o";
  }

  static String encoded(String part) {
    return URLEncoder.encode(part, UTF_8).replace("+", "%20");
  }

  /** The status of the answer is known. */
  private HttpURLConnection get(String uri, Map<String, String> headers) throws FetchException {
    var token = token();
    try {
      var connection = HttpConnections.prepare(URI.create(uri), "GET");
      connection.setInstanceFollowRedirects(false); // no other host may see the token
      headers.forEach(connection::setRequestProperty);
      token.ifPresent(t -> connection.setRequestProperty("Authorization", "Bearer " + t));
      connection.getResponseCode();
      return connection;
    } catch (IOException e) {
      throw errors.unreachable(e);
    }
  }

  private Optional<String> token() throws FetchException {
    try {
      return login.token();
    } catch (IOException e) {
      throw errors.noToken(e);
    }
  }
}
