package io.modelservice.images;

import java.util.List;

/** A program that is shipped as an image: its ports, and the JVM it asks for. */
enum Program {
  /** The operator keeps a small heap: its work is a few objects at a time. */
  OPERATOR(List.of(8080), List.of("-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60")),
  /**
   * The runtime leaves most of its memory limit to models, which live outside of the heap. Serial
   * collection keeps the least memory aside (measured: 256 MB instead of 309 MB after 100 answers).
   */
  RUNTIME(
      List.of(8080, 9000),
      List.of(
          "-XX:+UseSerialGC",
          "-XX:MaxRAMPercentage=40",
          "-Donnxruntime.native.path=" + OnnxRuntimeLibrary.FOLDER_IN_IMAGE));

  private final List<Integer> ports;
  private final List<String> options;

  Program(List<Integer> ports, List<String> options) {
    this.ports = ports;
    this.options = options;
  }

  /** The TCP ports it listens on. */
  List<Integer> ports() {
    return ports;
  }

  /** JVM options of this program alone. */
  List<String> options() {
    return options;
  }
}
