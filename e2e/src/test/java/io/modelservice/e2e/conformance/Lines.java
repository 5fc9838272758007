package io.modelservice.e2e.conformance;

/** Text of others in one line of a table. */
final class Lines {
  private static final int WIDTH = 160;

  private Lines() {}

  /** The text without line breaks, cut to 160 characters. */
  static String one(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }
}
