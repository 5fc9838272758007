package io.modelservice.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * ONNX Runtime as an image holds it: the libraries of this platform as files, so that no start has
 * to unpack them, and the jar without those of any platform.
 *
 * @param jar the smaller jar
 * @param libraries the shared libraries, to lie in {@link #FOLDER_IN_IMAGE}
 */
record OnnxRuntimeLibrary(Path jar, List<Path> libraries) {

  /** Where the option {@code onnxruntime.native.path} points. */
  static final String FOLDER_IN_IMAGE = "/deployments/native";

  private static final String NATIVES = "ai/onnxruntime/native/";
  private static final String PLATFORM = NATIVES + "linux-x64/";

  /** A word that only builds with Microsoft's telemetry contain; those report by default. */
  private static final String TELEMETRY = "OneCollector";

  /**
   * Unpacks the ONNX Runtime of an application.
   *
   * @param app the application folder
   * @param work a folder to write to
   * @return empty if the application has none
   * @throws IllegalStateException in one sentence, if the library must not be shipped
   */
  static Optional<OnnxRuntimeLibrary> unpack(Path app, Path work) throws IOException {
    try (var files = Files.walk(app)) {
      var jar =
          files
              .filter(
                  file -> file.getFileName().toString().matches(".*\\.onnxruntime-[0-9].*\\.jar"))
              .findFirst();
      return jar.isEmpty() ? Optional.empty() : Optional.of(unpackJar(jar.get(), work));
    }
  }

  private static OnnxRuntimeLibrary unpackJar(Path jar, Path work) throws IOException {
    var small = work.resolve(jar.getFileName().toString());
    var natives = Files.createDirectories(work.resolve("native"));
    try (var zip = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(small))) {
      zip.stream()
          .sorted(Comparator.comparing(ZipEntry::getName))
          .forEach(entry -> sort(zip, entry, out, natives));
    }
    try (var libraries = Files.list(natives)) {
      var sorted = libraries.sorted().toList();
      for (var library : sorted) {
        refuseTelemetry(library);
      }
      return new OnnxRuntimeLibrary(small, sorted);
    }
  }

  private static void sort(ZipFile zip, ZipEntry entry, ZipOutputStream out, Path natives) {
    try (var in = zip.getInputStream(entry)) {
      if (!entry.getName().startsWith(NATIVES)) {
        var copy = new ZipEntry(entry.getName());
        copy.setLastModifiedTime(FileTime.fromMillis(0));
        out.putNextEntry(copy);
        in.transferTo(out);
        out.closeEntry();
      } else if (entry.getName().startsWith(PLATFORM) && !entry.isDirectory()) {
        Files.copy(in, natives.resolve(entry.getName().substring(PLATFORM.length())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseTelemetry(Path library) throws IOException {
    if (Files.readString(library, StandardCharsets.ISO_8859_1).contains(TELEMETRY)) {
      throw new IllegalStateException(
          library.getFileName()
              + " contains Microsoft's telemetry; take another ONNX Runtime version.");
    }
  }
}
