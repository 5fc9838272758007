package io.modelservice.runtime.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/** The thread as Linux schedules it. */
public final class NativeThread {
  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;

  /** A tenth of the weight of the threads that are left as they are (sched(7)). */
  private static final int NICE = 10;

  private NativeThread() {}

  /**
   * Lets the calling thread, and those that it starts from now on, come after the other threads of
   * this process when there are too few processors (setpriority(2); each thread of Linux has a nice
   * value of its own). Does nothing where the C library has no such function.
   */
  public static void comeAfterOthers() {
    var linker = Linker.nativeLinker();
    var found = linker.defaultLookup().find("setpriority");
    if (found.isEmpty()) {
      return;
    }
    var setPriority =
        linker.downcallHandle(
            found.get(), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    try {
      var ignored = (int) setPriority.invokeExact(PRIO_PROCESS, THIS_THREAD, NICE);
    } catch (Throwable e) {
      throw new IllegalStateException("setpriority declares no exception", e);
    }
  }
}
