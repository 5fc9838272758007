package io.modelservice.runtime.fuzz;

import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.json.EmbeddingsRequest;
import io.modelservice.runtime.json.InputsRequest;
import io.modelservice.runtime.json.RerankRequest;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.Inference;
import io.modelservice.runtime.protocol.PredictInference;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.RestInference;
import io.modelservice.runtime.protocol.Target;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The bodies of the REST endpoints. */
final class RestRequests {
  private RestRequests() {}

  /** JSON from begin to end. */
  static Parser json() throws EngineException {
    return Inferences.by(
        (request, signature) ->
            read(
                new RestInference(
                    received(request),
                    RestInference.ALL_JSON,
                    new Target("simple", "1", signature, List.of("one", "two")),
                    new SharedMemory.Off(),
                    new Stopwatch())));
  }

  /** The first two bytes say how long the JSON part is, 0 for raw tensors; then comes the body. */
  static Parser binary() throws EngineException {
    return Inferences.by(
        (request, signature) -> {
          var body = request.length < 2 ? request : Arrays.copyOfRange(request, 2, request.length);
          var length = request.length < 2 ? 0 : (request[0] & 0xFF) | (request[1] & 0xFF) << 8;
          var target = new Target("simple", "1", signature, List.of());
          var sent = received(body);
          return read(
              new RestInference(sent, length, target, new SharedMemory.Off(), new Stopwatch()));
        });
  }

  /** A body whose memory was another's: what lies behind its end must not matter. */
  private static Body received(byte[] bytes) {
    var memory = Arrays.copyOf(bytes, bytes.length + 16);
    Arrays.fill(memory, bytes.length, memory.length, (byte) '7');
    return new Body(memory, bytes.length);
  }

  /** As for a request that has to wait: its priority is looked for first. */
  private static Inference<?> read(RestInference request) throws RequestException {
    var _ = request.priority();
    return request.read();
  }

  /** KServe's first protocol. */
  static Parser predict() throws EngineException {
    return Inferences.by(
        (request, signature) ->
            new PredictInference(received(request), signature, new Stopwatch()).read());
  }

  /** The endpoints of texts: each reads every input. */
  static Parser texts() {
    return input -> {
      var body = received(input);
      var refusal = refusal(EmbeddingsRequest::read, body);
      refusal = refusal.or(() -> refusal(RerankRequest::read, body));
      return refusal.or(() -> refusal(InputsRequest::read, body));
    };
  }

  /** Reads one kind of body. */
  @FunctionalInterface
  private interface Reader {
    Object read(Body body) throws RequestException;
  }

  private static Optional<String> refusal(Reader reader, Body body) {
    try {
      reader.read(body);
      return Optional.empty();
    } catch (RequestException e) {
      return Optional.of(e.line());
    }
  }
}
