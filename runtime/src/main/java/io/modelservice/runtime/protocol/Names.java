package io.modelservice.runtime.protocol;

/** Names that a client sent, as they may stand in an error line. */
final class Names {
  private static final int LONGEST = 64;

  private Names() {}

  static String shortened(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...";
  }
}
