package io.modelservice.operator.report;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.modelservice.crds.Condition;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceStatus;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.Reason.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of a condition that users hear of as a Kubernetes Event.
 *
 * @param warning whether a human may have to act
 */
public record Announcement(boolean warning, String reason, String note) {

  /** Conditions whose changes matter to somebody who watches events. */
  private static final List<String> TOLD = List.of("Ready", "UpToDate", "Scheduled", "Stalled");

  /**
   * What is new in {@code after}, each reason once; a change is told once, also over a restart of
   * the operator, because the status remembers it.
   */
  public static List<Announcement> between(ModelService service, ModelServiceStatus after) {
    var before = service.getStatus() == null ? null : service.getStatus().conditions();
    return TOLD.stream()
        .flatMap(type -> Conditions.find(after.conditions(), type).stream())
        .filter(now -> isNews(now, before))
        .flatMap(Announcement::of)
        .collect(toMap(Announcement::reason, identity(), (first, _) -> first, LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  private static boolean isNews(Condition now, @Nullable List<Condition> before) {
    return Conditions.find(before, now.type())
        .filter(
            old ->
                Objects.equals(old.status(), now.status())
                    && Objects.equals(old.reason(), now.reason()))
        .isEmpty();
  }

  /** Good news of Scheduled and Stalled is in Ready as well. */
  private static Stream<Announcement> of(Condition condition) {
    var quiet =
        (condition.type().equals("Scheduled") && condition.status().equals("True"))
            || (condition.type().equals("Stalled") && condition.status().equals("False"));
    if (quiet) {
      return Stream.empty();
    }
    var warning = Reason.valueOf(condition.reason()).severity() == Severity.WARNING;
    return Stream.of(new Announcement(warning, condition.reason(), condition.message()));
  }
}
