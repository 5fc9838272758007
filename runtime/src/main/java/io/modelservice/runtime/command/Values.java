package io.modelservice.runtime.command;

import io.modelservice.crds.Task;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads the values of options. */
public final class Values {
  private Values() {}

  /**
   * The task of that Hugging Face name.
   *
   * @throws Misuse if there is none
   */
  public static Task task(String wanted) throws Misuse {
    for (var task : Task.values()) {
      if (task.id().equals(wanted)) {
        return task;
      }
    }
    var known = Arrays.stream(Task.values()).map(Task::id).collect(Collectors.joining(", "));
    throw new Misuse("--task needs one of " + known);
  }

  /**
   * A number.
   *
   * @throws Misuse if it is none, or not between the two
   */
  public static int number(String option, String value, int least, int most) throws Misuse {
    try {
      var number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new Misuse("%s needs a number from %d to %d".formatted(option, least, most));
  }
}
