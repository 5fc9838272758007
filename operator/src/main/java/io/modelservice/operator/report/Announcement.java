package io.modelservice.operator.report;

import io.modelservice.crds.Condition;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceStatus;
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
   * What is new in {@code after}; a change is told once, also over a restart of the operator,
   * because the status remembers it.
   */
  public static List<Announcement> between(ModelService service, ModelServiceStatus after) {
    var before = service.getStatus() == null ? null : service.getStatus().conditions();
    return TOLD.stream()
        .flatMap(type -> Conditions.find(after.conditions(), type).stream())
        .filter(now -> isNews(now, before))
        .flatMap(Announcement::of)
        .distinct()
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

  private static Stream<Announcement> of(Condition condition) {
    var good = condition.status().equals("True");
    return switch (condition.type()) {
      case "Stalled" -> good ? Stream.of(warning(condition)) : Stream.empty();
      case "Scheduled" -> good ? Stream.empty() : Stream.of(warning(condition));
      default -> Stream.of(new Announcement(false, condition.reason(), condition.message()));
    };
  }

  private static Announcement warning(Condition condition) {
    return new Announcement(true, condition.reason(), condition.message());
  }
}
