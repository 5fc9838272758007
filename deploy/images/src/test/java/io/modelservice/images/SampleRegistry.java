package io.modelservice.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A registry that takes all that is pushed to it, by plain HTTP; to TLS it hangs up. */
record SampleRegistry(ServerSocket door, HttpServer server, Map<String, String> manifests)
    implements AutoCloseable {

  private static final int TLS_HANDSHAKE = 0x16;

  static SampleRegistry start() throws IOException {
    var here = InetAddress.getLoopbackAddress();
    var server = HttpServer.create(new InetSocketAddress(here, 0), 0);
    var registry =
        new SampleRegistry(new ServerSocket(0, 0, here), server, new ConcurrentHashMap<>());
    server.createContext("/v2/", registry::answer);
    server.start();
    Thread.ofVirtual().start(registry::admit);
    return registry;
  }

  String name(String repositoryAndTag) {
    return "localhost:" + door.getLocalPort() + "/" + repositoryAndTag;
  }

  private void admit() {
    try {
      while (true) {
        var client = door.accept();
        Thread.ofVirtual().start(() -> admit(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void admit(Socket client) {
    try (client;
        var in = new PushbackInputStream(client.getInputStream());
        var inside = new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
      var first = in.read();
      if (first != TLS_HANDSHAKE && first >= 0) {
        in.unread(first);
        var out = inside.getOutputStream();
        Thread.ofVirtual().start(() -> pass(in, out));
        pass(inside.getInputStream(), client.getOutputStream());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pass(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException e) {
      // the other side has gone
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = exchange.getRequestBody().readAllBytes();
    var status =
        switch (exchange.getRequestMethod()) {
          case "POST", "PATCH" -> 202;
          case "PUT" -> 201;
          case "HEAD" -> 404;
          default -> 200;
        };
    if (path.contains("/manifests/") && status == 201) {
      manifests.put(path, new String(body, UTF_8));
    }
    if (status == 202) {
      exchange.getResponseHeaders().add("Location", path);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() throws IOException {
    door.close();
    server.stop(0);
  }
}
