package io.modelservice.crds.contract;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one pod really holds: the runtime's answer on {@code GET :9000/state}.
 *
 * @param version of this format
 * @param service {@code namespace/name}, from the plan; null before a readable plan was seen
 * @param pod the pod's name
 * @param process changes with each start of the process
 * @param plans plan versions this runtime reads
 * @param sequence of the plan in force; 0 before the first
 * @param planFailure why the newest plan could not be read; the one before stays in force
 * @param models one entry for each revision in memory or on its way there
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodState(
    int version,
    @Nullable String service,
    String pod,
    String process,
    List<Integer> plans,
    long sequence,
    @Nullable Failure planFailure,
    List<Revision> models) {

  public static final int VERSION = 1;

  /** Where a revision is on its way through a pod. */
  public enum Phase {
    Waiting,
    Fetching,
    Loading,
    Warming,
    /** Warm: a stable revision answers, a candidate could. */
    Serving,
    Failed,
    Retiring
  }

  /**
   * One revision in this pod.
   *
   * @param bytesDone of the artifact's files fetched so far
   * @param bytesTotal of all its files; null until the source has said so
   * @param digest {@code sha256:HEX}, once all bytes were read
   * @param newest what was at the URI when the pod looked last and saw the same twice; null if it
   *     has not looked
   * @param model what the file says about itself, once it is loaded
   * @param failure set in phase {@link Phase#Failed}, or while a fetch is being retried
   * @param requests answered since the process started, errors included
   * @param errors answered with a status of 500 or above
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Revision(
      String revision,
      Phase phase,
      long bytesDone,
      @Nullable Long bytesTotal,
      @Nullable String digest,
      @Nullable SourcePin pin,
      @Nullable SourcePin newest,
      @Nullable ModelInfo model,
      @Nullable Failure failure,
      Timings timings,
      long requests,
      long errors) {}

  /**
   * Why something did not work.
   *
   * @param reason one of the closed list
   * @param message one sentence with the evidence; no secret, no payload
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Failure(Reason reason, String message) {}

  /**
   * What a loaded model is.
   *
   * @param format {@code onnx}
   * @param opset of the default ONNX domain
   * @param memoryEstimateBytes host memory that one loaded copy needs
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ModelInfo(
      long sizeBytes,
      String format,
      @Nullable Integer opset,
      List<Tensor> inputs,
      List<Tensor> outputs,
      long memoryEstimateBytes) {}

  /** Milliseconds of each phase that has ended. */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Timings(
      @Nullable Long fetchMillis, @Nullable Long loadMillis, @Nullable Long warmUpMillis) {}

  public Optional<Revision> revision(String revision) {
    return models.stream().filter(model -> model.revision().equals(revision)).findFirst();
  }
}
