package io.modelservice.operator.plan;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.SourcePin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the operator must remember beside the order to the pods; stored in the plan ConfigMap.
 *
 * @param template name of the ControllerRevision that holds the pod template in force
 * @param stableSince RFC 3339: when the stable revision first answered; null if it never did
 * @param candidateSince RFC 3339: when the candidate was proposed
 * @param resolve how far the check of a model is that never answered; null where there is none
 * @param rejected the model that failed last, for as long as the spec asks for it
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanRecord(
    String template,
    @Nullable String stableSince,
    @Nullable String candidateSince,
    @Nullable Resolve resolve,
    @Nullable Rejected rejected) {

  PlanRecord with(@Nullable Resolve newResolve) {
    return new PlanRecord(template, stableSince, candidateSince, newResolve, rejected);
  }

  /** RFC 3339, as all times of the record are written. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Whether no pod may be made yet. */
  public boolean holdsPodsBack() {
    return resolve != null && resolve.verdict() != Verdict.Passed;
  }

  /** What a check has shown. */
  public enum Verdict {
    /** Nothing yet. */
    Open,
    /** Nothing speaks against the model, or it could not be checked: pods may be made. */
    Passed,
    /** It cannot be served. */
    Refused
  }

  /**
   * The check of a revision by a Job.
   *
   * @param attempt from 1
   * @param since RFC 3339: when the attempt began, or ended with a failure that may pass
   * @param failure why it was refused, or could not be checked this time
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Resolve(
      String revision, int attempt, Verdict verdict, String since, @Nullable Failure failure) {

    boolean runs() {
      return verdict == Verdict.Open && failure == null;
    }

    Resolve passed() {
      return ended(Verdict.Passed, since, null);
    }

    Resolve ended(Verdict itsVerdict, String time, @Nullable Failure why) {
      return new Resolve(revision, attempt, itsVerdict, time, why);
    }
  }

  /**
   * A model that was tried and failed; it is not tried again until the spec changes.
   *
   * @param pin of the content that failed, as far as it is known
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rejected(
      String revision, WantedModel model, @Nullable SourcePin pin, String pod, Failure failure) {}
}
