package io.modelservice.runtime.fetch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.source.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The management port of a pod that gives the files of its store. */
final class SeedPod implements AutoCloseable {
  static final String NAME = "espresso-seed";
  private static final String TOKEN = "token-of-the-test";
  private static final String FILES = "/artifacts/aaaaaaaaaa/files/";

  private final ArtifactStore store;
  private final HttpServer server;
  private final List<String> given = new CopyOnWriteArrayList<>();
  private final AtomicInteger damages = new AtomicInteger();

  SeedPod(ArtifactStore store) {
    this.store = store;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** A plan that names this pod. */
  Optional<ServingPlan> plan(Entry entry) {
    return Optional.of(
        new ServingPlan(
            1, 1, "default/espresso", TOKEN, NAME, peer().address(), null, List.of(entry)));
  }

  Peer peer() {
    return new Peer(NAME, "localhost:" + server.getAddress().getPort(), TOKEN);
  }

  /** Files that were given, in order. */
  List<String> given() {
    return given;
  }

  /** The next file loses its first byte for another one. */
  void damageTheNextFile() {
    damages.set(1);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var offer = store.offer("aaaaaaaaaa");
      var token = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + TOKEN).equals(token)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (offer.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
      } else if (path.startsWith(FILES)) {
        file(exchange, offer.get().file(path.substring(FILES.length())).orElseThrow());
      } else {
        send(exchange, new ObjectMapper().writeValueAsBytes(offer.get().manifest()));
      }
    }
  }

  private void file(HttpExchange exchange, Offer.Given file) throws IOException {
    given.add(String.valueOf(file.file().getFileName()));
    var content = Files.readAllBytes(file.file());
    if (damages.getAndSet(0) > 0) {
      content[0]++;
    }
    var range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, content);
      return;
    }
    var from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
    var last = content.length - 1;
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, last, content.length));
    exchange.sendResponseHeaders(206, content.length - from);
    exchange.getResponseBody().write(Arrays.copyOfRange(content, from, content.length));
  }

  private static void send(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
