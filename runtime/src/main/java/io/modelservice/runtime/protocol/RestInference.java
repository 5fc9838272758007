package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;

/** One inference over REST: from the bytes of the request to the bytes of the answer. */
public final class RestInference {
  /** Value of {@code headerLength} for a request that is JSON from begin to end. */
  public static final int ALL_JSON = -1;

  private final Body body;
  private final int headerLength;
  private final Target target;
  private final Stopwatch watch;

  /**
   * An inference.
   *
   * @param headerLength bytes of the JSON part; {@link #ALL_JSON}; or 0 for raw binary
   * @param watch of this request, which now waits for a lane
   */
  public RestInference(Body body, int headerLength, Target target, Stopwatch watch) {
    this.body = body;
    this.headerLength = headerLength;
    this.target = target;
    this.watch = watch;
  }

  /**
   * Reads, runs and writes.
   *
   * @throws RequestException if the request is refused
   * @throws EngineException if the run fails
   */
  public Answer run(Workspace workspace, Cancel cancel) throws RequestException, EngineException {
    watch.end(Phase.QUEUE);
    var request = read();
    var inference = new Inference(request, target.signature(), watch);
    var outputs = inference.run(workspace, cancel);
    var answer = AnswerWriter.write(request, outputs, target);
    watch.end(Phase.ENCODE);
    return answer;
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
