package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;

/** One inference over REST: from the bytes of the request to the bytes of the answer. */
public final class RestInference {
  /** Value of {@code headerLength} for a request that is JSON from begin to end. */
  public static final int ALL_JSON = -1;

  private final Body body;
  private final int headerLength;
  private final Target target;

  /**
   * An inference.
   *
   * @param headerLength bytes of the JSON part; {@link #ALL_JSON}; or 0 for raw binary
   */
  public RestInference(Body body, int headerLength, Target target) {
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
    var outputs = Inference.run(request, target.signature(), workspace, cancel);
    return AnswerWriter.write(request, outputs, target);
  }

  private InferRequest read() throws RequestException {
    if (headerLength == 0) {
      return RawRequest.of(body, target.signature());
    }
    var length = headerLength == ALL_JSON ? body.length() : headerLength;
    if (length > body.length()) {
      throw bad(
          "Inference-Header-Content-Length is %d, the body has only %d bytes",
          length, body.length());
    }
    return RequestReader.read(body, length, target.signature());
  }
}
