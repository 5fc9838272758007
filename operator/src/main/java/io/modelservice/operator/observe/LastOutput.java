package io.modelservice.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;

/** What somebody else wrote, as one line that is short enough for a message. */
public final class LastOutput {
  private static final int LONGEST = 400;

  private LastOutput() {}

  /** The end of what a container wrote before it ended. */
  public static String of(ContainerStateTerminated ended) {
    return ended.getMessage() == null ? "no output" : shortened(ended.getMessage().strip());
  }

  /** The end of a text. */
  public static String shortened(String text) {
    var line = text.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : "… " + line.substring(line.length() - LONGEST);
  }
}
