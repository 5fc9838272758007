package io.modelservice.crds;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import io.modelservice.crds.contract.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is true, projected from the cluster by the operator. */
@JsonInclude(NON_NULL)
public record ModelServiceStatus(
    @Nullable Long observedGeneration,
    @Size(max = 16) @Nullable List<Condition> conditions,
    @Size(max = 512) @Nullable String url,
    @StatusReplicas @Nullable Integer replicas,
    @Nullable Integer readyReplicas,
    @LabelSelector @Size(max = 512) @Nullable String selector,
    @Nullable Model model,
    @Nullable Stable stable) {

  /**
   * The artifact of the stable revision.
   *
   * @param digest sha256 over the artifact's sorted list of (path, sha256)
   * @param sizeBytes all files together
   * @param memoryEstimate a quantity: host memory that one loaded copy needs
   * @param inputs at most 16
   * @param outputs at most 16
   */
  @JsonInclude(NON_NULL)
  public record Model(
      @Size(max = 80) @Nullable String digest,
      @Nullable Long sizeBytes,
      @Size(max = 16) @Nullable String format,
      @Nullable Integer opset,
      @Size(max = 16) @Nullable List<Tensor> inputs,
      @Size(max = 16) @Nullable List<Tensor> outputs,
      @Size(max = 32) @Nullable String memoryEstimate) {}

  /** The revision that answers users. */
  @JsonInclude(NON_NULL)
  public record Stable(
      @Required @Size(max = 10) String revision,
      @Size(max = 80) @Nullable String digest,
      @Size(max = 32) @Nullable String since) {}
}
