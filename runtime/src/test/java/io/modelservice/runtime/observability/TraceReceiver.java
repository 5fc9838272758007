package io.modelservice.runtime.observability;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A receiver of OTLP over HTTP, by the numbers of the fields in its protobuf definition. */
public final class TraceReceiver implements QuarkusTestResourceLifecycleManager {
  private static final Map<String, String> SETTINGS =
      Map.of("otel.bsp.schedule.delay", "20", "otel.resource.attributes", "k8s.pod.name=pod-1");
  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

  private static final List<Span> SPANS = new CopyOnWriteArrayList<>();

  private @Nullable HttpServer server;

  /** A span that was received; times in nanoseconds since the epoch. */
  record Span(Ids ids, String name, long start, long end, Map<String, String> attributes) {}

  /** Hexadecimal; the parent is empty for a root. */
  record Ids(String trace, String span, String parent) {}

  /** What was received so far. */
  static List<Span> spans() {
    return SPANS;
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", TraceReceiver::receive);
    server.start();
    System.setProperty(ENDPOINT, "http://localhost:" + server.getAddress().getPort());
    SETTINGS.forEach(System::setProperty);
    return Map.of();
  }

  private static void receive(HttpExchange exchange) throws IOException {
    var message = UnknownFieldSet.parseFrom(exchange.getRequestBody());
    for (var resource : parts(message, 1)) {
      for (var scope : parts(resource, 2)) {
        parts(scope, 2).forEach(span -> SPANS.add(span(span)));
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Span span(UnknownFieldSet span) {
    var attributes =
        parts(span, 9).stream()
            .collect(Collectors.toMap(pair -> text(pair, 1), TraceReceiver::value));
    return new Span(
        new Ids(hex(span, 1), hex(span, 2), hex(span, 4)),
        text(span, 5),
        span.getField(7).getFixed64List().getFirst(),
        span.getField(8).getFixed64List().getFirst(),
        attributes);
  }

  private static String value(UnknownFieldSet pair) {
    var value = parts(pair, 2).getFirst();
    return value.hasField(1)
        ? text(value, 1)
        : Long.toString(value.getField(3).getVarintList().getFirst());
  }

  private static List<UnknownFieldSet> parts(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .map(TraceReceiver::parse)
        .toList();
  }

  private static UnknownFieldSet parse(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }

  private static String hex(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
        .collect(Collectors.joining());
  }

  @Override
  public void stop() {
    System.clearProperty(ENDPOINT);
    SETTINGS.keySet().forEach(System::clearProperty);
    if (server != null) {
      server.stop(0);
    }
  }
}
