package io.modelservice.crds;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where pods may run. */
@JsonInclude(NON_NULL)
public record Scheduling(
    @JsonPropertyDescription("Labels that a node must have.") @Size(max = 16)
        @Nullable Map<String, @Size(max = 63) String> nodeSelector,
    @JsonPropertyDescription("Taints that a pod accepts, as in a pod; that of the GPUs is added.")
        @Size(max = 16)
        @Nullable List<Toleration> tolerations,
    @JsonPropertyDescription("Name of a PriorityClass.") @Size(min = 1, max = 253)
        @Nullable String priorityClassName) {

  /** A toleration as in a pod. */
  @JsonInclude(NON_NULL)
  public record Toleration(
      @JsonPropertyDescription("Key of the taint; none with Exists: all taints.") @Size(max = 317)
          @Nullable String key,
      @JsonPropertyDescription("How key and value are compared. Default: Equal.")
          @Nullable Operator operator,
      @JsonPropertyDescription("Value of the taint.") @Size(max = 63) @Nullable String value,
      @JsonPropertyDescription("Effect of the taint; none: all effects.") @Nullable Effect effect,
      @JsonPropertyDescription("How long a pod stays on a node with this NoExecute taint.")
          @Min(0)
          @Max(31_536_000)
          @Nullable Long tolerationSeconds) {

    /** How key and value are compared with the taint. */
    public enum Operator {
      Exists,
      Equal
    }

    /** The taint's effect. */
    public enum Effect {
      NoSchedule,
      PreferNoSchedule,
      NoExecute
    }
  }
}
