package io.modelservice.runtime.observability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.GrpcClient;
import io.modelservice.runtime.grpc.GrpcServer;
import io.modelservice.runtime.observability.TraceReceiver.Span;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An endpoint of OTLP is set, and clients send their trace along. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
@WithTestResource(TraceReceiver.class)
class TracesTest {
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String INFER = "/v2/models/espresso/infer";

  @Inject GrpcServer grpc;
  private final PodClient pod = new PodClient();
  private final String trace = newTrace();
  private String revision = "";

  @BeforeEach
  void serve() throws Exception {
    revision = pod.serve("simple", PodClient.DEFAULTS);
  }

  @Test
  void anInferenceIsASpanInTheTraceOfItsClient() throws Exception {
    var answer = pod.post(INFER, simple(), "traceparent", parent(trace, "01"));

    assertThat(answer.statusCode()).isEqualTo(200);
    var span = server(trace);
    assertThat(span.ids().parent()).isEqualTo(PARENT);
    assertThat(span.name()).isEqualTo("POST " + INFER);
    assertThat(span.attributes())
        .containsEntry("modelservice.model", "espresso")
        .containsEntry("modelservice.revision", revision)
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("client.address", "127.0.0.1");
  }

  @Test
  void itsPhasesAreSpansBelowIt() throws Exception {
    pod.post(INFER, simple(), "traceparent", parent(trace, "01"));

    var span = server(trace);
    var phases = of(trace).stream().filter(one -> !one.equals(span)).toList();
    assertThat(phases)
        .extracting(Span::name)
        .containsExactlyInAnyOrder("read", "queue", "decode", "batch", "run", "encode", "write");
    assertThat(phases)
        .allSatisfy(phase -> assertThat(phase.ids().parent()).isEqualTo(span.ids().span()))
        .allSatisfy(phase -> assertThat(phase.start()).isBetween(span.start(), phase.end()))
        .allSatisfy(phase -> assertThat(phase.end()).isLessThanOrEqualTo(span.end()));
  }

  @Test
  void aRefusedRequestIsASpanToo() throws Exception {
    pod.post(INFER, "{".getBytes(UTF_8), "traceparent", parent(trace, "01"));

    assertThat(server(trace).attributes()).containsEntry("http.response.status_code", "400");
  }

  @Test
  void aCallOfGrpcIsASpanInTheTraceOfItsClient() {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), parent(trace, "01"));
    try (var client = new GrpcClient(grpc.port())) {
      client
          .calls()
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .modelInfer(GrpcClient.simple(1).build());
    }

    var span = server(trace);
    assertThat(span.ids().parent()).isEqualTo(PARENT);
    assertThat(span.name()).isEqualTo("inference.GRPCInferenceService/ModelInfer");
    assertThat(span.attributes())
        .containsEntry("modelservice.revision", revision)
        .containsEntry("rpc.response.status_code", "OK");
  }

  @Test
  void aClientThatDoesNotTraceIsNotTraced() throws Exception {
    var sampled = newTrace();
    pod.post(INFER, simple(), "traceparent", parent(trace, "00"));
    pod.post(INFER, simple(), "traceparent", parent(sampled, "01"));

    server(sampled); // was asked for later, and has come
    assertThat(of(trace)).isEmpty();
  }

  @Test
  void withoutAClientsTraceOneBegins() throws Exception {
    var before = TraceReceiver.spans().size();
    pod.post(INFER, simple(), null);

    await()
        .untilAsserted(
            () ->
                assertThat(TraceReceiver.spans().subList(before, TraceReceiver.spans().size()))
                    .anySatisfy(span -> assertThat(span.ids().parent()).isEmpty()));
  }

  /** The span of the request; those of its phases were sent before it. */
  private static Span server(String trace) {
    return await()
        .until(
            () -> of(trace).stream().filter(span -> span.ids().parent().equals(PARENT)).findAny(),
            found -> found.isPresent())
        .orElseThrow();
  }

  private static List<Span> of(String trace) {
    return TraceReceiver.spans().stream().filter(span -> span.ids().trace().equals(trace)).toList();
  }

  private static String parent(String trace, String flags) {
    return "00-" + trace + "-" + PARENT + "-" + flags;
  }

  private static String newTrace() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static byte[] simple() {
    var input =
        "{\"name\": \"INPUT%d\", \"shape\": [1, 16], \"datatype\": \"INT32\", \"data\": %s}";
    var data = IntStream.range(0, 16).boxed().toList();
    return "{\"inputs\": [%s, %s]}"
        .formatted(input.formatted(0, data), input.formatted(1, data))
        .getBytes(UTF_8);
  }
}
