package io.modelservice.operator.plan;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.modelservice.crds.contract.PodState.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What the operator must remember beside the order to the pods; stored in the plan ConfigMap.
 *
 * @param template name of the ControllerRevision that holds the pod template in force
 * @param stableSince RFC 3339: when the stable revision first answered; null if it never did
 * @param candidateSince RFC 3339: when the candidate was proposed
 * @param rejected the model that failed last, for as long as the spec asks for it
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanRecord(
    String template,
    @Nullable String stableSince,
    @Nullable String candidateSince,
    @Nullable Rejected rejected) {

  /** A model that was tried and failed; it is not tried again until the spec changes. */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rejected(String revision, WantedModel model, String pod, Failure failure) {}
}
