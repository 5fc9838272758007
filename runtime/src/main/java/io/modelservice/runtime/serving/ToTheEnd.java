package io.modelservice.runtime.serving;

/** Waits to the end, an interrupt or not, and leaves the interrupt to whoever looks for it next. */
final class ToTheEnd {
  private ToTheEnd() {}

  /** Something that may be interrupted and begun again. */
  @FunctionalInterface
  interface Waiting {
    void await() throws InterruptedException;
  }

  static void await(Waiting waiting) {
    var interrupted = false;
    var over = false;
    while (!over) {
      try {
        waiting.await();
        over = true;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
