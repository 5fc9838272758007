package io.modelservice.runtime.fuzz;

/** What Jazzer calls; the system property {@code parser} names the parser. */
public final class Fuzzing {
  private static final Trial TRIAL = trial();

  private Fuzzing() {}

  private static Trial trial() {
    try {
      return new Trial(Parsers.valueOf(System.getProperty("parser")).open());
    } catch (Exception e) {
      throw new IllegalStateException("the parser cannot be made", e);
    }
  }

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TRIAL.run(input);
  }
}
