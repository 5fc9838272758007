package io.modelservice.runtime.source;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Prepares requests to web servers: bounded in time, and for the bytes as they are. */
public final class HttpConnections {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 30_000;

  private HttpConnections() {}

  public static HttpURLConnection prepare(URI file, String method) throws IOException {
    var connection = (HttpURLConnection) file.toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestProperty("Accept-Encoding", "identity");
    return connection;
  }
}
