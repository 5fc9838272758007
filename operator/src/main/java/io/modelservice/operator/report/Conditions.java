package io.modelservice.operator.report;

import io.modelservice.crds.Condition;
import io.modelservice.crds.contract.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a service: always the same set, in the same order. The transition time of a
 * condition changes only when its status flips.
 */
final class Conditions {
  private static final int LONGEST_MESSAGE = 1024;

  private final List<Condition> before;
  private final @Nullable Long generation;
  private final Instant now;
  private final List<Condition> conditions = new ArrayList<>();

  Conditions(@Nullable List<Condition> before, @Nullable Long generation, Instant now) {
    this.before = Objects.requireNonNullElse(before, List.of());
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  Conditions isTrue(String type, Reason reason) {
    return add(type, "True", reason, reason.sentence());
  }

  Conditions isFalse(String type, Reason reason) {
    return add(type, "False", reason, reason.sentence());
  }

  Conditions is(String type, boolean status, Reason reason, String message) {
    return add(type, status ? "True" : "False", reason, message);
  }

  List<Condition> list() {
    return List.copyOf(conditions);
  }

  private Conditions add(String type, String status, Reason reason, String message) {
    var since =
        find(before, type)
            .filter(old -> old.status().equals(status))
            .map(Condition::lastTransitionTime)
            .orElseGet(now::toString);
    var text =
        message.length() <= LONGEST_MESSAGE
            ? message
            : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    conditions.add(new Condition(type, status, reason.name(), text, generation, since));
    return this;
  }

  static java.util.Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
    return Objects.requireNonNullElse(conditions, List.<Condition>of()).stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst();
  }
}
