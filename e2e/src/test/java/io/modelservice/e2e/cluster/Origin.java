package io.modelservice.e2e.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A web server with the files of one model, on the host, where pods reach it. It counts what it
 * gives, and can be slow.
 */
public final class Origin implements AutoCloseable {
  private static final String FOLDER = "/calculator/";
  private static final int PIECES = 40;

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> downloads = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> bytes = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;
  private volatile long pauseMillis;

  public Origin() {
    try {
      server = HttpServer.create(new InetSocketAddress(HostProgram.HOST, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Of the folder. */
  public String uri() {
    return "http://" + HostProgram.HOST + ":" + server.getAddress().getPort() + FOLDER;
  }

  public void put(String file, byte[] content) {
    files.put(file, content);
  }

  /** From now on a file takes about so many seconds. */
  public void slow(int seconds) {
    pauseMillis = TimeUnit.SECONDS.toMillis(seconds) / PIECES;
  }

  /** How often the content of a file was asked for. */
  public long downloads(String file) {
    return downloads.getOrDefault(file, new AtomicLong()).get();
  }

  /** Bytes of a file that were sent. */
  public long bytes(String file) {
    return bytes.getOrDefault(file, new AtomicLong()).get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var file = exchange.getRequestURI().getPath().replace(FOLDER, "");
      var content = files.get(file);
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("ETag", "\"%x\"".formatted(Arrays.hashCode(content)));
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      downloads.computeIfAbsent(file, name -> new AtomicLong()).incrementAndGet();
      send(exchange, content, bytes.computeIfAbsent(file, name -> new AtomicLong()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, byte[] content, AtomicLong sent)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, content.length);
    var piece = Math.ceilDiv(content.length, PIECES);
    for (var from = 0; from < content.length; from += piece) {
      var length = Math.min(piece, content.length - from);
      exchange.getResponseBody().write(content, from, length);
      exchange.getResponseBody().flush();
      sent.addAndGet(length);
      if (closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
