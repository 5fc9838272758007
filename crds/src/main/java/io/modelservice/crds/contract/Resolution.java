package io.modelservice.crds.contract;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.PodState.ModelInfo;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the command {@code resolve} found out about an artifact before any pod serves it.
 *
 * @param version of this format
 * @param pin of the source; null if the source could not be read, without files if there were too
 *     many to tell
 * @param digest {@code sha256:HEX}; only a trial, which reads every byte, knows it
 * @param model what the file says of itself; null if it could not be read
 * @param failure why it cannot be served; null if nothing was found against it
 * @param trial whether it was loaded and has run
 * @param truncated whether something was left out to make it fit
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Resolution(
    int version,
    @Nullable SourcePin pin,
    @Nullable String digest,
    @Nullable ModelInfo model,
    @Nullable Failure failure,
    boolean trial,
    boolean truncated) {

  public static final int VERSION = 1;

  /** Bytes of a container's termination message, at most: the kubelet cuts what is longer. */
  public static final int LONGEST_MESSAGE = 4096;

  private static final int MOST_TENSORS = 16;
  private static final int LONGEST_SENTENCE = 1024;

  /** The artifact cannot be served, or not be read. */
  public static Resolution refused(@Nullable SourcePin pin, Failure failure) {
    return new Resolution(VERSION, pin, null, null, failure, false, false);
  }

  /** Nothing speaks against it, but it was not tried. */
  public static Resolution untried(SourcePin pin, ModelInfo model) {
    return new Resolution(VERSION, pin, null, model, null, false, false);
  }

  /** It was loaded and has run. */
  public static Resolution tried(SourcePin pin, String digest, ModelInfo model) {
    return new Resolution(VERSION, pin, digest, model, null, true, false);
  }

  /** The JSON text of as much as a termination message holds: the verdict always. */
  public String message() {
    return Stream.of(this, bounded(), bounded().withoutFiles(), bare())
        .map(ContractJson::write)
        .filter(text -> text.getBytes(UTF_8).length <= LONGEST_MESSAGE)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a bare verdict does not fit"));
  }

  private Resolution bounded() {
    return new Resolution(
        version, pin, digest, model == null ? null : bounded(model), shortened(), trial, true);
  }

  private Resolution withoutFiles() {
    var commit = pin == null ? null : pin.commit();
    return new Resolution(
        version, new SourcePin(List.of(), commit), digest, model, failure, trial, true);
  }

  private Resolution bare() {
    return new Resolution(version, null, digest, null, shortened(), trial, true);
  }

  private static ModelInfo bounded(ModelInfo model) {
    return new ModelInfo(
        model.sizeBytes(),
        model.format(),
        model.opset(),
        model.inputs().stream().limit(MOST_TENSORS).toList(),
        model.outputs().stream().limit(MOST_TENSORS).toList(),
        model.memoryEstimateBytes());
  }

  private @Nullable Failure shortened() {
    if (failure == null || failure.message().length() <= LONGEST_SENTENCE) {
      return failure;
    }
    return new Failure(
        failure.reason(), failure.message().substring(0, LONGEST_SENTENCE - 1) + "…");
  }
}
