package io.modelservice.runtime.source;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/** Sends GETs and follows where they lead; no host sees what is meant for another. */
public final class Redirects {
  private static final int MOST = 5;

  private Redirects() {}

  /**
   * The first answer that leads nowhere else; its status is known.
   *
   * @param headers for the place that is asked next
   * @throws IOException if a connection fails, or leads round and round or to an unsafe place
   */
  public static HttpURLConnection follow(URI first, Function<URI, Map<String, String>> headers)
      throws IOException {
    var place = first;
    for (var hop = 0; hop <= MOST; hop++) {
      var connection = HttpConnections.prepare(place, "GET");
      connection.setInstanceFollowRedirects(false);
      headers.apply(place).forEach(connection::setRequestProperty);
      var location = connection.getHeaderField("Location");
      if (!redirects(connection.getResponseCode()) || location == null) {
        return connection;
      }
      connection.disconnect();
      place = target(place, location);
    }
    throw new IOException("it sends on more than %d times".formatted(MOST));
  }

  /** Whether scheme, host and port are the same. */
  public static boolean sameHost(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
  }

  private static boolean redirects(int status) {
    return status == HttpURLConnection.HTTP_MOVED_PERM
        || status == HttpURLConnection.HTTP_MOVED_TEMP
        || status == HttpURLConnection.HTTP_SEE_OTHER
        || status == 307
        || status == 308;
  }

  private static URI target(URI from, String location) throws IOException {
    try {
      var to = from.resolve(location);
      var scheme = String.valueOf(to.getScheme());
      if (scheme.equals("https") || (scheme.equals("http") && from.getScheme().equals("http"))) {
        return to;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the address: it may hold a signature
    }
    throw new IOException("it sends on to an address that is no https:// address");
  }
}
