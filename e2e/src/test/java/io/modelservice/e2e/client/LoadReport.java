package io.modelservice.e2e.client;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.toCollection;

import io.modelservice.e2e.client.Load.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a client saw.
 *
 * @param outcomes in the order of sending
 */
public record LoadReport(List<Outcome> outcomes) {

  public List<String> failures() {
    return outcomes.stream().map(Outcome::failure).filter(Objects::nonNull).toList();
  }

  /** Revisions that answered, in the order of their first answer. */
  public Set<String> revisions() {
    return outcomes.stream()
        .filter(outcome -> outcome.failure() == null)
        .sorted(comparingLong(Outcome::done))
        .map(Outcome::revision)
        .collect(toCollection(LinkedHashSet::new));
  }

  /**
   * Whether a request that was sent after an answer of {@code later} was still answered by {@code
   * earlier}.
   */
  public boolean goesBack(String earlier, String later) {
    var first =
        outcomes.stream()
            .filter(outcome -> outcome.revision().equals(later))
            .mapToLong(Outcome::done)
            .min()
            .orElse(Long.MAX_VALUE);
    return outcomes.stream()
        .filter(outcome -> outcome.revision().equals(earlier))
        .anyMatch(outcome -> outcome.sent() > first);
  }
}
