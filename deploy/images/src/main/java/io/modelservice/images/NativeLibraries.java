package io.modelservice.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The native libraries of an application as an image holds them: those of this platform as files,
 * so that no start has to unpack them, and their jars without those of any platform.
 *
 * @param jars the smaller jars, by the names of those that they replace
 * @param libraries the shared libraries, to lie in {@link #FOLDER_IN_IMAGE}
 * @param cuda more of them, which change less often than these
 */
record NativeLibraries(Map<String, Path> jars, List<Path> libraries, List<Path> cuda) {

  /** Where the options of the runtime point. */
  static final String FOLDER_IN_IMAGE = "/deployments/native";

  /** A word that only builds with Microsoft's telemetry contain; those report by default. */
  private static final String TELEMETRY = "OneCollector";

  private static final int PIECE = 1 << 20;

  /** Where jars keep their libraries. */
  private enum Kind {
    ONNX_RUNTIME(".*\\.onnxruntime-[0-9].*\\.jar", "ai/onnxruntime/native/", "linux-x64/"),
    TOKENIZERS(".*\\.tokenizers-[0-9].*\\.jar", "native/lib/", "linux-x86_64/cpu/");

    private final String jar;
    private final String natives;
    private final String platform;

    Kind(String jar, String natives, String platform) {
      this.jar = jar;
      this.natives = natives;
      this.platform = natives + platform;
    }

    static Optional<Kind> of(Path file) {
      var name = file.getFileName().toString();
      return Arrays.stream(values()).filter(kind -> name.matches(kind.jar)).findFirst();
    }
  }

  /** Those of an application that has none. */
  static NativeLibraries none() {
    return new NativeLibraries(Map.of(), List.of(), List.of());
  }

  /**
   * Unpacks the libraries of an application.
   *
   * @param app the application folder
   * @param work a folder to write to
   * @throws IllegalStateException in one sentence, if a library must not be shipped
   */
  static NativeLibraries unpack(Path app, Path work) throws IOException {
    var natives = Files.createDirectories(work.resolve("native"));
    var jars = new HashMap<String, Path>();
    try (var files = Files.walk(app)) {
      for (var file : files.sorted().toList()) {
        var kind = Kind.of(file);
        if (kind.isPresent()) {
          var small = work.resolve(file.getFileName().toString());
          unpackJar(kind.get(), file, small, natives);
          jars.put(file.getFileName().toString(), small);
        }
      }
    }
    try (var libraries = Files.list(natives)) {
      return new NativeLibraries(Map.copyOf(jars), shippable(libraries), List.of());
    }
  }

  /**
   * With those of CUDA, which replace libraries of the same names.
   *
   * @throws IllegalStateException in one sentence, if a library must not be shipped
   */
  NativeLibraries with(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      var more = shippable(files);
      var replaced = more.stream().map(Path::getFileName).collect(Collectors.toSet());
      var kept =
          libraries.stream().filter(library -> !replaced.contains(library.getFileName())).toList();
      return new NativeLibraries(jars, kept, more);
    }
  }

  private static List<Path> shippable(Stream<Path> files) throws IOException {
    var sorted = files.sorted().toList();
    for (var file : sorted) {
      refuseTelemetry(file);
    }
    return sorted;
  }

  /** The file that takes the place of one of the application. */
  Path replacing(Path file) {
    return jars.getOrDefault(file.getFileName().toString(), file);
  }

  private static void unpackJar(Kind kind, Path jar, Path small, Path natives) throws IOException {
    try (var zip = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(small))) {
      for (var entry : zip.stream().sorted(Comparator.comparing(ZipEntry::getName)).toList()) {
        sort(kind, zip, entry, out, natives);
      }
    }
  }

  private static void sort(
      Kind kind, ZipFile zip, ZipEntry entry, ZipOutputStream out, Path natives)
      throws IOException {
    try (var in = zip.getInputStream(entry)) {
      if (!entry.getName().startsWith(kind.natives)) {
        var copy = new ZipEntry(entry.getName());
        copy.setLastModifiedTime(FileTime.fromMillis(0));
        out.putNextEntry(copy);
        in.transferTo(out);
        out.closeEntry();
      } else if (entry.getName().startsWith(kind.platform) && !entry.isDirectory()) {
        Files.copy(in, natives.resolve(entry.getName().substring(kind.platform.length())));
      }
    }
  }

  private static void refuseTelemetry(Path library) throws IOException {
    if (contains(library, TELEMETRY)) {
      throw new IllegalStateException(
          library.getFileName()
              + " contains Microsoft's telemetry; take another ONNX Runtime version.");
    }
  }

  /** Looks piece by piece, for a library may be too large for the heap. */
  private static boolean contains(Path file, String word) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var end = "";
      for (var read = in.readNBytes(PIECE); read.length > 0; read = in.readNBytes(PIECE)) {
        var text = end + new String(read, StandardCharsets.ISO_8859_1);
        if (text.contains(word)) {
          return true;
        }
        end = text.substring(Math.max(0, text.length() - word.length()));
      }
    }
    return false;
  }
}
