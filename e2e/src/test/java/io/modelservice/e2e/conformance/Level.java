package io.modelservice.e2e.conformance;

/** What a server owes its clients. */
sealed interface Level {
  /** The Open Inference Protocol asks for it of every server. */
  record Required() implements Level {}

  /**
   * An extension that a server names in the {@code extensions} of its metadata. A server that does
   * not name it owes nothing.
   *
   * @param name as Triton reports it
   */
  record Announced(String name) implements Level {}

  /**
   * An extension without a name in the protocol. A server that has no such path or call owes
   * nothing.
   */
  record Unannounced(String name) implements Level {}

  /** The level in the table and the machine form. */
  default String label() {
    return switch (this) {
      case Required() -> "REQUIRED";
      case Announced(var name) -> name;
      case Unannounced(var name) -> name;
    };
  }
}
