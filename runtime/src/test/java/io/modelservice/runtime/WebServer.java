package io.modelservice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A web server with a few files, ETags, ranges and failures. */
public final class WebServer implements AutoCloseable {
  private static final int CHUNK = 1 << 14;

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Map<String, Long> claims = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger headStatus = new AtomicInteger(200);
  private final Map<String, Deque<Integer>> cuts = new ConcurrentHashMap<>();
  private final AtomicBoolean ranges = new AtomicBoolean(true);
  private final AtomicBoolean etags = new AtomicBoolean(true);
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicLong pause = new AtomicLong(); // ns
  private final AtomicLong sent = new AtomicLong();
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

  /** The next answers with this file end after so many bytes, and the connection with them. */
  public void cut(String path, Integer... bytes) {
    cuts.put(path, new ConcurrentLinkedDeque<>(List.of(bytes)));
  }

  /** From now on a range is not understood, and all of a file is sent. */
  public void forgetRanges() {
    ranges.set(false);
  }

  /** From now on this file is said to be so large. */
  public void claim(String path, long bytes) {
    claims.put(path, bytes);
  }

  /** From now on no file has an ETag. */
  public void forgetEtags() {
    etags.set(false);
  }

  /** From now on files come in chunks of 16 KiB, with so much time after each. */
  public void slowDown(Duration afterEach) {
    pause.set(afterEach.toNanos());
  }

  /** Bytes of files that were sent so far. */
  public long sent() {
    return sent.get();
  }

  /** What came in the header {@code Authorization}; "null" for none. */
  public List<String> authorizations() {
    return authorizations;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var asked = exchange.getRequestHeaders();
    authorizations.add(String.valueOf(asked.getFirst("Authorization")));
    var range = asked.getFirst("Range");
    requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
    var content = files.get(path);
    var status = failures.getOrDefault(path, content == null ? 404 : 200);
    if (exchange.getRequestMethod().equals("HEAD") && headStatus.get() != 200) {
      status = headStatus.get();
    }
    if (status == 200 && content != null) {
      send(exchange, path, content);
    } else {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  private void send(HttpExchange exchange, String path, byte[] content) throws IOException {
    var headers = exchange.getResponseHeaders();
    var etag = "\"" + Arrays.hashCode(content) + "\"";
    if (etags.get()) {
      headers.set("ETag", etag);
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      var claimed = claims.getOrDefault(path, (long) content.length);
      headers.set("Content-Length", Long.toString(claimed));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    var from = first(exchange, etag);
    if (from > 0) {
      var last = content.length - 1;
      headers.set("Content-Range", "bytes %d-%d/%d".formatted(from, last, content.length));
    }
    var left = content.length - from;
    var cut = cuts.getOrDefault(path, new ConcurrentLinkedDeque<>()).poll();
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, left);
    write(exchange.getResponseBody(), content, from, cut == null ? left : Math.min(cut, left));
  }

  private void write(OutputStream out, byte[] content, int from, int length) throws IOException {
    var chunk = pause.get() == 0 ? Math.max(1, length) : CHUNK;
    for (var done = 0; done < length; done += chunk) {
      var next = Math.min(chunk, length - done);
      out.write(content, from + done, next);
      out.flush();
      sent.addAndGet(next);
      LockSupport.parkNanos(pause.get());
    }
    out.flush(); // the headers, if there is nothing else
  }

  private int first(HttpExchange exchange, String etag) {
    var range = exchange.getRequestHeaders().getFirst("Range");
    var condition = exchange.getRequestHeaders().getFirst("If-Range");
    if (!ranges.get() || range == null || (condition != null && !condition.equals(etag))) {
      return 0;
    }
    return Integer.parseInt(range.replaceAll("[^0-9]", ""));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
