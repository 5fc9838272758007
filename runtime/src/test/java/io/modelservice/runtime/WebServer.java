package io.modelservice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server with a few files, ETags and failures. */
public final class WebServer implements AutoCloseable {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger headStatus = new AtomicInteger(200);
  private final HttpServer server;

  public WebServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public void put(String path, String content) {
    put(path, content.getBytes(UTF_8));
  }

  public void put(String path, byte[] content) {
    files.put(path, content);
  }

  public void answer(String path, int status) {
    failures.put(path, status);
  }

  /** From now on every HEAD gets this status. */
  public void answerHead(int status) {
    headStatus.set(status);
  }

  public String uri(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  public List<String> requests() {
    return requests;
  }

  public void forgetRequests() {
    requests.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    var content = files.get(path);
    var status = failures.getOrDefault(path, content == null ? 404 : 200);
    var headers = exchange.getResponseHeaders();
    if (exchange.getRequestMethod().equals("HEAD") && headStatus.get() != 200) {
      status = headStatus.get();
    }
    if (status == 200 && content != null) {
      headers.set("ETag", "\"" + Arrays.hashCode(content) + "\"");
      if (exchange.getRequestMethod().equals("HEAD")) {
        headers.set("Content-Length", Integer.toString(content.length));
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      }
    } else {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
