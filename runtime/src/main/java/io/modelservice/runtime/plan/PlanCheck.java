package io.modelservice.runtime.plan;

import io.modelservice.crds.Durations;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plan must fulfil beyond its JSON form. */
public final class PlanCheck {
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]{1,253}/[a-z0-9.-]{1,253}");

  /** A revision names a folder, so nothing but letters and digits. */
  private static final Pattern REVISION = Pattern.compile("[a-z0-9]{1,32}");

  private PlanCheck() {}

  /** What is wrong with the plan, as one sentence; empty if nothing is. */
  public static Optional<String> problem(ServingPlan plan) {
    if (!SERVICE.matcher(plan.service()).matches()) {
      return Optional.of("the plan's service is not of the form namespace/name");
    }
    if (plan.lookEvery() != null && !plan.lookEvery().matches(Durations.PATTERN)) {
      return Optional.of("the plan has an interval of looks that is no duration");
    }
    var seen = new HashSet<String>();
    for (var entry : plan.models()) {
      var problem = problem(entry);
      if (problem.isPresent()) {
        return problem;
      }
      if (!seen.add(entry.revision())) {
        return Optional.of("the plan names revision " + entry.revision() + " twice");
      }
    }
    for (var role : Role.values()) {
      if (plan.models().stream().filter(entry -> entry.role() == role).count() > 1) {
        return Optional.of("the plan has more than one entry of role " + role);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> problem(Entry entry) {
    if (!REVISION.matcher(String.valueOf(entry.revision())).matches()) {
      return Optional.of("the plan has a revision that is not made of letters and digits");
    }
    if (isNull(entry.role()) || isNull(entry.uri()) || isNull(entry.settings())) {
      return Optional.of("entry " + entry.revision() + " lacks role, uri or settings");
    }
    var timeout = entry.settings().timeout();
    if (timeout != null && !timeout.matches(Durations.PATTERN)) {
      return Optional.of("entry " + entry.revision() + " has a timeout that is no duration");
    }
    return Optional.empty();
  }

  /** JSON may hold null where the record does not allow it. */
  private static boolean isNull(@Nullable Object value) {
    return value == null;
  }
}
