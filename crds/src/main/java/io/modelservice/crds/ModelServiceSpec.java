package io.modelservice.crds;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the user wants. Model-level fields form a revision, template-level fields the pods. */
@JsonInclude(NON_NULL)
public record ModelServiceSpec(
    @Required @JsonPropertyDescription("The trained model and where its files are.") Model model,
    @JsonPropertyDescription("The inference server that runs the model.")
        @Nullable RuntimeSpec runtime,
    @JsonPropertyDescription("Where the pods keep the files of models.") @Nullable Cache cache,
    @JsonPropertyDescription(
            "Resources of the server container, as in a pod. Default: small requests that grow with the"
                + " artifact's known size, no limits.")
        @Nullable Resources resources,
    @JsonPropertyDescription("GPUs of each pod. Default: none.") @Nullable Gpu gpu,
    @JsonPropertyDescription("Where pods may run.") @Nullable Scheduling scheduling,
    @JsonPropertyDescription("How many pods serve the model.")
        @Default("1")
        @Min(0)
        @Max(1000)
        @SpecReplicas
        @Nullable Integer replicas,
    @JsonPropertyDescription("Further settings of the pods.") @Nullable Pod pod,
    @JsonPropertyDescription(
            "Stops all pods and freezes changes; 'replicas' is kept and applies again on resume.")
        @Default("false")
        @Nullable Boolean suspend) {

  /** Where the artifact is, and what it is for. */
  @JsonInclude(NON_NULL)
  @ValidationRule(
      value = "!self.uri.matches('^[a-z0-9]+://[^/]*@')",
      fieldPath = ".uri",
      message =
          "model.uri must not hold credentials: put them into a Secret and name it in"
              + " model.secretRef")
  @ValidationRule(
      value =
          "!has(self.digest) || !has(self.update) || !has(self.update.policy)"
              + " || self.update.policy != 'Track'",
      fieldPath = ".digest",
      message =
          "model.digest allows one content and update.policy Track others: leave one of them out")
  public record Model(
      @JsonPropertyDescription(
              "The artifact: a folder (s3://bucket/prefix, gs://bucket/prefix, az://container/folder),"
                  + " a repository of the Hugging Face Hub (hf://owner/name@revision, or a folder in it), an"
                  + " artifact of a registry (oci://registry/repository:tag or @sha256:digest), or one"
                  + " ONNX file (s3://, gs://, az://, hf://, http://, https:// ending in .onnx); an http(s)"
                  + " folder URL ends in '/'. A folder of a"
                  + " PersistentVolumeClaim (pvc://claim/path) is mounted and served where it lies.")
          @Required
          @Pattern(
              "^(s3://[a-z0-9][a-z0-9.-]+(/.*)?"
                  + "|gs://[a-z0-9][a-z0-9._-]+(/.*)?"
                  + "|az://[a-z0-9]([-a-z0-9]*[a-z0-9])?(/.*)?"
                  + "|hf://[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(@[^/@]+)?(/.*)?"
                  + "|oci://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?/[a-z0-9]+([._/-]+[a-z0-9]+)*"
                  + "(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?"
                  + "|pvc://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(/.*)?"
                  + "|https?://[^/]+/.*)$")
          @Size(min = 8, max = 2048)
          String uri,
      @JsonPropertyDescription(
              "A Secret with the keys of the store: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,"
                  + " AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL; of Google Cloud Storage"
                  + " GOOGLE_APPLICATION_CREDENTIALS; of Azure"
                  + " AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT with AZURE_STORAGE_KEY or"
                  + " AZURE_STORAGE_SAS_TOKEN; for the Hugging Face Hub HF_TOKEN, HF_ENDPOINT; for a"
                  + " registry .dockerconfigjson. Mounted into the pods; the operator never reads it.")
          @Nullable SecretRef secretRef,
      @JsonPropertyDescription(
              "Hugging Face task name. Turns on /v1/tasks/TASK with typed inputs and outputs.")
          @Nullable Task task,
      @JsonPropertyDescription(
              "The digest of the artifact, as status.model.digest and the command resolve tell it: any"
                  + " other content is refused.")
          @Pattern("^sha256:[0-9a-f]{64}$")
          @Nullable String digest,
      @JsonPropertyDescription("What happens when there is new content at the URI.")
          @Nullable Update update) {}

  /** Whether new content at the same URI is served by itself. */
  @JsonInclude(NON_NULL)
  @ValidationRule(
      value = "!has(self.interval) || duration(self.interval) >= duration('5s')",
      fieldPath = ".interval",
      message = "model.update.interval must be at least 5s")
  public record Update(
      @JsonPropertyDescription(
              "Pinned: the content that the first pod read is served until the spec changes. Track: new"
                  + " content is loaded beside the old, and takes over when every pod has it warm.")
          @Default("Pinned")
          @Nullable UpdatePolicy policy,
      @JsonPropertyDescription("Track: longest time until new content is noticed.")
          @Default("5m")
          @Pattern(Durations.PATTERN)
          @Size(max = 16)
          @Nullable String interval) {}

  /** What new content at the URI means. */
  public enum UpdatePolicy {
    /** Nothing, until the spec changes. */
    Pinned,
    /** A new revision. */
    Track
  }

  /** The folder of each pod for files of models: an emptyDir. */
  @JsonInclude(NON_NULL)
  @ValidationRule(
      value = "!has(self.sizeLimit) || isQuantity(string(self.sizeLimit))",
      fieldPath = ".sizeLimit",
      message = "cache.sizeLimit must be a quantity such as 20Gi")
  public record Cache(
      @JsonPropertyDescription(
              "What the files of two models side by side may take. Default: what the node has.")
          @Nullable Quantity sizeLimit) {}

  /** A Secret of the same namespace. */
  @JsonInclude(NON_NULL)
  public record SecretRef(
      @Required @Size(min = 1, max = 253) @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
          String name) {}

  /** Requests and limits by resource name. */
  @JsonInclude(NON_NULL)
  @ValidationRule(
      value =
          "(!has(self.requests) || self.requests.all(k, isQuantity(string(self.requests[k])))) &&"
              + " (!has(self.limits) || self.limits.all(k, isQuantity(string(self.limits[k]))))",
      message = "resources must be quantities such as 500m, 2 or 4Gi",
      reason = "FieldValueInvalid")
  @ValidationRule(
      value =
          "!has(self.requests) || !has(self.limits) || ['cpu', 'memory'].all(k, !(k in"
              + " self.requests) || !(k in self.limits) || !isQuantity(string(self.requests[k])) ||"
              + " !isQuantity(string(self.limits[k])) ||"
              + " quantity(string(self.requests[k])).compareTo(quantity(string(self.limits[k]))) <="
              + " 0)",
      message =
          "resources.requests must not exceed resources.limits: raise the limit or lower the"
              + " request")
  @ValidationRule(
      value =
          "(!has(self.requests) || self.requests.all(k, !k.startsWith('nvidia.com/'))) &&"
              + " (!has(self.limits) || self.limits.all(k, !k.startsWith('nvidia.com/')))",
      message = "ask for GPUs with spec.gpu (count and resourceName), not in resources")
  public record Resources(
      @JsonPropertyDescription("What the scheduler reserves.") @Size(max = 4)
          @Nullable Map<String, Quantity> requests,
      @JsonPropertyDescription("What the container may use at most.") @Size(max = 4)
          @Nullable Map<String, Quantity> limits) {}

  /** The GPUs of each pod. */
  @JsonInclude(NON_NULL)
  @ValidationRule(
      value = "!has(self.memory) || isQuantity(string(self.memory))",
      fieldPath = ".memory",
      message = "gpu.memory must be a quantity such as 40Gi")
  public record Gpu(
      @JsonPropertyDescription("Devices of each pod.") @Default("1") @Min(1) @Max(16)
          @Nullable Integer count,
      @JsonPropertyDescription(
              "Any of these values of the node label nvidia.com/gpu.product. Default: any.")
          @Size(max = 16)
          @Nullable List<@Size(min = 1, max = 63) String> products,
      @JsonPropertyDescription(
              "At least this much memory on each device, by the node label nvidia.com/gpu.memory"
                  + " (MiB). A nominal 80 GB card says 81559: ask for 79Gi.")
          @Nullable Quantity memory,
      @JsonPropertyDescription("The device plugin's resource, MIG and shared ones too.")
          @Default("nvidia.com/gpu")
          @Size(min = 3, max = 128)
          @Pattern("^[a-z0-9][a-z0-9.-]*/[A-Za-z0-9][A-Za-z0-9._-]*$")
          @Nullable String resourceName) {}

  /** Further settings of the pods. */
  @JsonInclude(NON_NULL)
  @ValidationRule(
      value =
          "!has(self.labels) || self.labels.all(k, !k.startsWith('serving.modelservice.io/') &&"
              + " !k.startsWith('app.kubernetes.io/'))",
      fieldPath = ".labels",
      message =
          "pod.labels must not start with serving.modelservice.io/ or app.kubernetes.io/: the"
              + " operator sets those")
  @ValidationRule(
      value =
          "!has(self.terminationGracePeriod) || duration(self.terminationGracePeriod) <="
              + " duration('1h')",
      fieldPath = ".terminationGracePeriod",
      message = "pod.terminationGracePeriod must be at most 1h")
  public record Pod(
      @JsonPropertyDescription("Further labels of the pods.") @Size(max = 32)
          @Nullable Map<String, @Size(max = 63) String> labels,
      @JsonPropertyDescription("Further annotations of the pods.") @Size(max = 32)
          @Nullable Map<String, @Size(max = 4096) String> annotations,
      @JsonPropertyDescription(
              "Name of the pods' ServiceAccount. Default: the namespace's, without a token in the pod.")
          @Size(min = 1, max = 253)
          @Nullable String serviceAccountName,
      @JsonPropertyDescription("Secrets to pull the image with.") @Size(max = 8)
          @Nullable List<SecretRef> imagePullSecrets,
      @JsonPropertyDescription(
              "Time to finish requests when a pod leaves. Default: runtime.timeout + 15s.")
          @Pattern(Durations.PATTERN)
          @Size(max = 16)
          @Nullable String terminationGracePeriod,
      @JsonPropertyDescription(
              "Any change of this text replaces the pods, for example with the present time.")
          @Size(max = 64)
          @Nullable String restartedAt) {}

  /** What the files of models may take, if the user said so. */
  public Optional<Quantity> cacheLimit() {
    return Optional.ofNullable(cache).map(Cache::sizeLimit);
  }

  /** The wanted number of pods: {@code replicas}, 1 if absent, 0 while suspended. */
  public int wantedReplicas() {
    if (Boolean.TRUE.equals(suspend)) {
      return 0;
    }
    return replicas == null ? 1 : replicas;
  }
}
