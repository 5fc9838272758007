package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.InferRequest.Payload;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.Signature;
import java.util.List;
import java.util.stream.IntStream;

/** One inference on a lane, from the bytes of the request to the bytes of the answer. */
public final class Inference {
  /** Value of {@code headerLength} for a request that is JSON from begin to end. */
  public static final int ALL_JSON = -1;

  private final Body body;
  private final int headerLength;
  private final Target target;

  /**
   * Who answers.
   *
   * @param model the name in the protocol
   * @param version the revision
   */
  public record Target(String model, String version, Signature signature) {}

  /**
   * An inference.
   *
   * @param headerLength bytes of the JSON part; {@link #ALL_JSON}; or 0 for raw binary
   */
  public Inference(Body body, int headerLength, Target target) {
    this.body = body;
    this.headerLength = headerLength;
    this.target = target;
  }

  /**
   * Reads, runs and writes.
   *
   * @throws RequestException if the request is refused
   * @throws EngineException if the run fails
   */
  public Answer run(Workspace workspace, Cancel cancel) throws RequestException, EngineException {
    var request = read();
    RequestCheck.check(request, target.signature());
    for (var input : request.inputs()) {
      fill(workspace, input);
    }
    var outputs = workspace.run(wanted(request), cancel);
    return AnswerWriter.write(request, outputs, target);
  }

  private InferRequest read() throws RequestException {
    if (headerLength == 0) {
      return RawRequest.of(body.length(), target.signature());
    }
    var length = headerLength == ALL_JSON ? body.length() : headerLength;
    if (length > body.length()) {
      throw bad(
          "Inference-Header-Content-Length is %d, the body has only %d bytes",
          length, body.length());
    }
    return RequestReader.read(body, length);
  }

  private List<Integer> wanted(InferRequest request) {
    return request.outputs().isEmpty()
        ? IntStream.range(0, target.signature().outputs().size()).boxed().toList()
        : request.outputs().stream()
            .map(wish -> target.signature().outputIndex(wish.name()))
            .toList();
  }

  private void fill(Workspace workspace, Input input) throws RequestException, EngineException {
    var index = target.signature().inputIndex(input.name());
    if (input.datatype() == Datatype.BYTES) {
      workspace.strings(index, input.shape(), strings(input));
      return;
    }
    var memory = workspace.input(index, input.shape());
    switch (input.payload()) {
      case Payload.Json at -> JsonElements.read(body, input, at, memory);
      case Payload.Binary(var from, var length) -> memory.put(body.bytes(), from, length);
    }
  }

  private String[] strings(Input input) throws RequestException {
    var elements =
        switch (input.payload()) {
          case Payload.Json at -> JsonElements.strings(body, input, at);
          case Payload.Binary at -> Strings.read(body, input, at);
        };
    if (elements.size() != Shapes.elements(input.shape())) {
      throw bad(
          "input '%s' has %d elements, its shape %s says otherwise",
          input.name(), elements.size(), input.shape());
    }
    return elements.toArray(String[]::new);
  }
}
