package io.modelservice.images;

import java.util.List;
import java.util.Map;

/** A program that is shipped as an image: its ports, and the JVM it asks for. */
enum Program {
  OPERATOR,
  RUNTIME;

  /** The TCP ports it listens on. */
  List<Integer> ports() {
    return switch (this) {
      case OPERATOR -> List.of(9000);
      case RUNTIME -> List.of(8080, 8081, 9000);
    };
  }

  /**
   * For the C library's memory. The runtime's is that of models: in huge pages they run 2 to 4 %
   * faster (measured on EfficientNet-Lite0 and MiniLM).
   */
  Map<String, String> environment() {
    return switch (this) {
      case OPERATOR -> Map.of("MALLOC_ARENA_MAX", "2");
      case RUNTIME -> Map.of("MALLOC_ARENA_MAX", "2", "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    };
  }

  /**
   * JVM options of this program alone. Serial collection keeps the least memory aside (measured on
   * the runtime: 256 MB instead of 309 MB after 100 answers), and the runtime leaves most of its
   * limit to models, which live outside of the heap. Out of memory, the operator is better begun
   * anew; the runtime refuses the one request and serves the others.
   */
  List<String> options() {
    return switch (this) {
      case OPERATOR ->
          List.of("-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError");
      case RUNTIME ->
          List.of(
              "-XX:+UseSerialGC",
              "-XX:MaxRAMPercentage=40",
              "-Donnxruntime.native.path=" + NativeLibraries.FOLDER_IN_IMAGE,
              "-Dtokenizers.native.path=" + NativeLibraries.FOLDER_IN_IMAGE);
    };
  }
}
