package io.modelservice.crds;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of the inference server. */
@JsonInclude(NON_NULL)
@ValidationRule(
    value =
        "!has(self.timeout) || (duration(self.timeout) >= duration('1s') &&"
            + " duration(self.timeout) <= duration('1h'))",
    fieldPath = ".timeout",
    message = "runtime.timeout must be between 1s and 1h, for example 30s")
@ValidationRule(
    value =
        "!has(self.queue) || !has(self.queue.maxWait) ||"
            + " duration(self.queue.maxWait) <= duration('1h')",
    fieldPath = ".queue",
    message = "runtime.queue.maxWait must be at most 1h, for example 2s; 0s lets no request wait")
@ValidationRule(
    value = "!has(self.env) || self.env.all(e, !e.name.startsWith('MODELSERVICE_'))",
    fieldPath = ".env",
    message =
        "runtime.env must not set names that start with MODELSERVICE_: the operator sets them;"
            + " choose another name")
public record RuntimeSpec(
    @JsonPropertyDescription(
            "Image of the inference server. Default: the operator's, kept for as long as the pod"
                + " template is unchanged.")
        @Size(min = 1, max = 512)
        @Pattern("^[^ ]+$")
        @Nullable String image,
    @JsonPropertyDescription(
            "Where the model runs. CUDA and TensorRT need a GPU and an image with their libraries."
                + " Default: Auto, which is CUDA where both are there, otherwise CPU.")
        @Nullable ExecutionProvider executionProvider,
    @JsonPropertyDescription(
            "Requests that run at the same time, each on its own lane. Default: the CPUs of the"
                + " pod, or 2 on a GPU.")
        @Min(1)
        @Max(64)
        @Nullable Integer instances,
    @JsonPropertyDescription("Longest time a request may take. Default 30s.")
        @Pattern(Durations.PATTERN)
        @Size(max = 16)
        @Nullable String timeout,
    @JsonPropertyDescription(
            "Requests that wait may share one run of the model, where that is measured to be"
                + " cheaper. A lone request never waits for others.")
        @Nullable Batching batching,
    @JsonPropertyDescription("Requests that wait for a lane.") @Nullable Queue queue,
    @JsonPropertyDescription("Environment of the server container.") @Size(max = 64)
        @Nullable List<EnvVar> env) {

  /** How requests share runs. */
  @JsonInclude(NON_NULL)
  public record Batching(
      @JsonPropertyDescription(
              "Most rows (entries of the first dimension) of a run that requests share; 1 means"
                  + " that none do. Default 32.")
          @Min(1)
          @Max(1024)
          @Nullable Integer maxSize) {}

  /** How requests wait. */
  @JsonInclude(NON_NULL)
  public record Queue(
      @JsonPropertyDescription(
              "A request that would wait longer for a lane is refused at once, with the time after"
                  + " which to try again. Default 2s.")
          @Pattern(Durations.PATTERN)
          @Size(max = 16)
          @Nullable String maxWait) {}

  /** One environment variable, with its value or the place of it. */
  @JsonInclude(NON_NULL)
  @ValidationRule(
      value = "!(has(self.value) && has(self.valueFrom))",
      message = "set either value or valueFrom, not both")
  public record EnvVar(
      @JsonPropertyDescription("Name of the variable.")
          @Required
          @Size(min = 1, max = 128)
          @Pattern("^[A-Za-z_][A-Za-z0-9_.-]*$")
          String name,
      @JsonPropertyDescription("Its value.") @Size(max = 4096) @Nullable String value,
      @JsonPropertyDescription("Where its value is.") @Nullable ValueFrom valueFrom) {}

  /** The place of an environment variable's value. */
  @JsonInclude(NON_NULL)
  @ValidationRule(
      value = "has(self.secretKeyRef) != has(self.configMapKeyRef)",
      message = "set exactly one of secretKeyRef and configMapKeyRef")
  public record ValueFrom(
      @JsonPropertyDescription("A key of a Secret.") @Nullable KeyRef secretKeyRef,
      @JsonPropertyDescription("A key of a ConfigMap.") @Nullable KeyRef configMapKeyRef) {}

  /** A key of a Secret or ConfigMap of the same namespace. */
  @JsonInclude(NON_NULL)
  public record KeyRef(
      @JsonPropertyDescription("Name of the object.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription("The key.") @Required @Size(min = 1, max = 253) String key,
      @JsonPropertyDescription("Whether the pod starts without it. Default: false.")
          @Nullable Boolean optional) {}
}
