package io.modelservice.crds;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
    @JsonPropertyDescription("Generation of the spec that the rest describes.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Always the same set: Ready, Available, UpToDate, ModelResolved, Scheduled, Scalable, Exposed, Reconciling, Stalled.")
        @Size(max = 16)
        @Nullable List<Condition> conditions,
    @JsonPropertyDescription("Where clients inside the cluster reach the model.") @Size(max = 512)
        @Nullable String url,
    @JsonPropertyDescription("Pods that exist and are not leaving.") @StatusReplicas
        @Nullable Integer replicas,
    @JsonPropertyDescription("Pods that answer.") @Nullable Integer readyReplicas,
    @JsonPropertyDescription("Selects the pods that serve.") @LabelSelector @Size(max = 512)
        @Nullable String selector,
    @JsonPropertyDescription("The artifact of the stable revision.") @Nullable Model model,
    @JsonPropertyDescription("The revision that answers users.") @Nullable Stable stable,
    @JsonPropertyDescription("How long the newest pod took from its creation until it answered.")
        @Nullable ColdStart coldStart) {

  /**
   * From the creation of a pod to its first answer; each part where it is known.
   *
   * @param pod its name
   * @param scheduled until it had a node
   * @param image from there until its container ran: volumes, network and the image
   * @param total until it was ready
   */
  @JsonInclude(NON_NULL)
  public record ColdStart(
      @JsonPropertyDescription("The pod.") @Size(max = 253) @Nullable String pod,
      @JsonPropertyDescription("Until it had a node.") @Size(max = 16) @Nullable String scheduled,
      @JsonPropertyDescription(
              "From there until its container ran: volumes, network and the image.")
          @Size(max = 16)
          @Nullable String image,
      @JsonPropertyDescription("To fetch the artifact and hash it.") @Size(max = 16)
          @Nullable String fetch,
      @JsonPropertyDescription("To load the model.") @Size(max = 16) @Nullable String load,
      @JsonPropertyDescription("To run it for the first time.") @Size(max = 16)
          @Nullable String warmUp,
      @JsonPropertyDescription("From its creation until it was ready.") @Size(max = 16)
          @Nullable String total) {}

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
      @JsonPropertyDescription("sha256 over the sorted list of (path, sha256) of its files.")
          @Size(max = 80)
          @Nullable String digest,
      @JsonPropertyDescription("Bytes of all its files.") @Nullable Long sizeBytes,
      @JsonPropertyDescription("onnx.") @Size(max = 16) @Nullable String format,
      @JsonPropertyDescription("Opset of the default ONNX domain.") @Nullable Integer opset,
      @JsonPropertyDescription("Inputs with datatype and shape; -1 is a variable dimension.")
          @Size(max = 16)
          @Nullable List<Tensor> inputs,
      @JsonPropertyDescription("Outputs with datatype and shape; -1 is a variable dimension.")
          @Size(max = 16)
          @Nullable List<Tensor> outputs,
      @JsonPropertyDescription("Host memory that one loaded copy needs.") @Size(max = 32)
          @Nullable String memoryEstimate) {}

  /** The revision that answers users. */
  @JsonInclude(NON_NULL)
  public record Stable(
      @JsonPropertyDescription("Its name, as in X-ModelService-Revision of each answer.")
          @Required
          @Size(max = 10)
          String revision,
      @JsonPropertyDescription("Digest of its artifact.") @Size(max = 80) @Nullable String digest,
      @JsonPropertyDescription("When it first answered.") @Size(max = 32) @Nullable String since) {}
}
