package io.modelservice.crds;

import java.time.Duration;

/** Durations as users write them: {@code 500ms}, {@code 30s}, {@code 1h30m}. */
public final class Durations {
  /** The form the API accepts; each unit may appear once or more. */
  public static final String PATTERN = "^([0-9]{1,5}(ms|s|m|h))+$";

  private static final java.util.regex.Pattern PART =
      java.util.regex.Pattern.compile("([0-9]{1,5})(ms|s|m|h)");

  private Durations() {}

  /** The shortest text: whole seconds, or milliseconds. */
  public static String text(Duration duration) {
    var millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if the text does not match {@link #PATTERN}
   */
  public static Duration parse(String text) {
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration: write for example 500ms, 30s or 5m");
    }
    var total = Duration.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      var amount = Long.parseLong(parts.group(1));
      total =
          total.plus(
              switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
              });
    }
    return total;
  }
}
