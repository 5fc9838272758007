package io.modelservice.runtime.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Plays the part of an Azure storage account that reads need: one container, whose blobs are open
 * to a SAS token. It lists two blobs a page.
 */
final class AzureStore implements AutoCloseable {
  static final String ACCOUNT = "roastery";
  static final String TOKEN = "sv=2024-11-04&sig=secretOfTheStore";
  private static final String CONTAINER = "/" + ACCOUNT + "/models";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final int PAGE = 2;

  private final NavigableMap<String, byte[]> blobs = new ConcurrentSkipListMap<>();
  private final AtomicInteger status = new AtomicInteger();
  private final HttpServer server;

  AzureStore() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + ACCOUNT;
  }

  void put(String name, String content) {
    blobs.put(name, content.getBytes(UTF_8));
  }

  /** From now on every request gets this status. */
  void answer(int code) {
    status.set(code);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var query = String.valueOf(uri.getQuery());
      if (status.get() != 0) {
        exchange.sendResponseHeaders(status.get(), -1);
      } else if (!query.contains("sig=secretOfTheStore")) {
        refuse(exchange, 403, "AuthenticationFailed");
      } else if (!uri.getPath().startsWith(CONTAINER)) {
        refuse(exchange, 404, "ContainerNotFound");
      } else if (query.contains("comp=list")) {
        send(exchange, 200, list(parameter(query, "prefix"), parameter(query, "marker")));
      } else {
        blob(exchange, uri.getPath().substring(CONTAINER.length() + 1));
      }
    }
  }

  private void blob(HttpExchange exchange, String name) throws IOException {
    var content = blobs.get(name);
    if (content == null) {
      refuse(exchange, 404, "BlobNotFound");
      return;
    }
    var etag = "\"0x%X\"".formatted(Arrays.hashCode(content));
    var wanted = exchange.getRequestHeaders().getFirst("If-Match");
    if (wanted != null && !wanted.equals(etag)) {
      refuse(exchange, 412, "ConditionNotMet");
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("ETag", etag);
    headers.set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
    headers.set("x-ms-blob-type", "BlockBlob");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    var range = RANGE.matcher(exchange.getRequestHeaders().getFirst("x-ms-range"));
    if (!range.matches()) {
      refuse(exchange, 400, "InvalidHeaderValue");
      return;
    }
    var from = Integer.parseInt(range.group(1));
    var to = range.group(2).isEmpty() ? content.length : Integer.parseInt(range.group(2)) + 1;
    var part = Arrays.copyOfRange(content, from, Math.min(to, content.length));
    headers.set(
        "Content-Range", "bytes %d-%d/%d".formatted(from, from + part.length - 1, content.length));
    send(exchange, 206, part);
  }

  private byte[] list(String prefix, String marker) {
    var rest =
        blobs.tailMap(marker, true).entrySet().stream()
            .filter(blob -> blob.getKey().startsWith(prefix))
            .toList();
    var page =
        rest.stream()
            .limit(PAGE)
            .map(
                blob ->
                    ("<Blob><Name>%s</Name><Properties><Content-Length>%d</Content-Length>"
                            + "<Etag>0x%X</Etag><BlobType>BlockBlob</BlobType></Properties></Blob>")
                        .formatted(
                            blob.getKey(),
                            blob.getValue().length,
                            Arrays.hashCode(blob.getValue())))
            .collect(Collectors.joining());
    var next = rest.size() > PAGE ? rest.get(PAGE).getKey() : "";
    return ("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>%s</Blobs>"
            + "<NextMarker>%s</NextMarker></EnumerationResults>")
        .formatted(page, next)
        .getBytes(UTF_8);
  }

  private static String parameter(String query, String name) {
    return Pattern.compile("&")
        .splitAsStream(query)
        .filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static void refuse(HttpExchange exchange, int code, String error) throws IOException {
    exchange.getResponseHeaders().set("x-ms-error-code", error);
    exchange.sendResponseHeaders(code, -1);
  }

  private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
