package io.modelservice.e2e.client;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.toCollection;

import io.modelservice.e2e.client.Load.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a client saw.
 *
 * @param outcomes in the order of sending
 */
public record LoadReport(List<Outcome> outcomes) {

  public List<String> failures() {
    return outcomes.stream().map(Outcome::failure).filter(Objects::nonNull).toList();
  }

  /** Milliseconds of the answers of status 200. */
  public List<Double> answered() {
    return millis(outcome -> outcome.failure() == null);
  }

  /** Answers of status 200 a second, from the first request sent to the last answer. */
  public double answeredPerSecond() {
    var begin = outcomes.stream().mapToLong(Outcome::sent).min().orElse(0);
    var end = outcomes.stream().mapToLong(Outcome::done).max().orElse(0);
    return answered().size() / ((end - begin) / 1e9);
  }

  /** Milliseconds of the refusals of status 503. */
  public List<Double> refused() {
    return millis(outcome -> outcome.failure() != null && outcome.failure().startsWith("503 "));
  }

  private List<Double> millis(Predicate<Outcome> chosen) {
    return outcomes.stream()
        .filter(chosen)
        .map(outcome -> (outcome.done() - outcome.sent()) / 1e6)
        .toList();
  }

  /** The value that this part, 0 to 1, of all values does not exceed; there is at least one. */
  public static double quantile(List<Double> values, double part) {
    var sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
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
