package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.batching.Batchable;
import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.sharedmemory.SharedMemory;

/** One inference over REST: from the bytes of the request to the bytes of the answer. */
public final class RestInference implements Batchable<Answer> {
  /** Value of {@code headerLength} for a request that is JSON from begin to end. */
  public static final int ALL_JSON = -1;

  private final Body body;
  private final int headerLength;
  private final Target target;
  private final SharedMemory memory;
  private final Stopwatch watch;

  /**
   * An inference.
   *
   * @param headerLength bytes of the JSON part; {@link #ALL_JSON}; or 0 for raw binary
   * @param memory where its tensors may lie
   * @param watch of this request, which now waits for a lane
   */
  public RestInference(
      Body body, int headerLength, Target target, SharedMemory memory, Stopwatch watch) {
    this.body = body;
    this.headerLength = headerLength;
    this.target = target;
    this.memory = memory;
    this.watch = watch;
  }

  @Override
  public Inference<Answer> read() throws RequestException {
    watch.end(Phase.QUEUE);
    var request = request();
    return Inference.of(
        request,
        target.signature(),
        watch,
        outputs -> AnswerWriter.write(request, outputs, target));
  }

  @Override
  public Priority priority() {
    return PriorityReader.read(body.bytes(), Math.min(jsonLength(), body.length()));
  }

  private int jsonLength() {
    return headerLength == ALL_JSON ? body.length() : headerLength;
  }

  private InferRequest request() throws RequestException {
    if (headerLength == 0) {
      return RawRequest.of(body, target.signature());
    }
    var length = jsonLength();
    if (length > body.length()) {
      throw bad(
          "Inference-Header-Content-Length is %d, the body has only %d bytes",
          length, body.length());
    }
    return RequestReader.read(body, length, target.signature(), memory);
  }
}
