package io.modelservice.runtime.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/** The memory of the C library, which keeps what was freed until it is told to give it back. */
final class NativeHeap {
  private NativeHeap() {}

  /** Gives freed memory back to the system, where the C library can (glibc's malloc_trim). */
  static void trim() {
    var linker = Linker.nativeLinker();
    var found = linker.defaultLookup().find("malloc_trim");
    if (found.isEmpty()) {
      return;
    }
    var trim = linker.downcallHandle(found.get(), FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    try {
      var ignored = (int) trim.invokeExact(0L);
    } catch (Throwable e) {
      throw new IllegalStateException("malloc_trim declares no exception", e);
    }
  }
}
