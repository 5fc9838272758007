package io.modelservice.images;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What image to build.
 *
 * @param program which of the two it is
 * @param base the base image as an archive, see {@code mkbase.sh}
 * @param app the folder {@code target/quarkus-app} of the program
 * @param name the image's name and tag; without an archive it is pushed to this name
 * @param archive the OCI archive to write
 * @param cuda a folder with libraries of CUDA and ONNX Runtime's that use them, see {@code cuda.sh}
 * @param aot a trained AOT cache, which becomes the last layer
 * @param cache a folder for layers, kept from build to build
 */
record Order(
    Program program,
    Path base,
    Path app,
    ImageReference name,
    Optional<Path> archive,
    Optional<Path> cuda,
    Optional<Path> aot,
    Path cache) {

  private static final Set<String> REQUIRED = Set.of("program", "base", "app", "name", "cache");
  private static final Set<String> OPTIONAL = Set.of("archive", "aot", "cuda");

  /**
   * Reads arguments of the form {@code key=value}.
   *
   * @throws IllegalArgumentException in one sentence, if a key is unknown or missing, or a value
   *     cannot be used
   */
  static Order parse(String... arguments) {
    var values =
        Arrays.stream(arguments)
            .map(argument -> argument.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, last) -> last));
    var missing = new TreeSet<>(REQUIRED);
    missing.removeAll(values.keySet());
    var unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(REQUIRED);
    unknown.removeAll(OPTIONAL);
    if (!missing.isEmpty() || !unknown.isEmpty() || values.size() != arguments.length) {
      throw new IllegalArgumentException(
          "Give each of %s once and as key=value, and %s if wanted."
              .formatted(new TreeSet<>(REQUIRED), new TreeSet<>(OPTIONAL)));
    }
    return from(values);
  }

  private static Order from(Map<String, String> values) {
    return new Order(
        program(value(values, "program")),
        existing(value(values, "base"), Files::isRegularFile),
        existing(value(values, "app"), Files::isDirectory),
        name(value(values, "name")),
        Optional.ofNullable(values.get("archive")).map(Path::of),
        Optional.ofNullable(values.get("cuda")).map(cuda -> existing(cuda, Files::isDirectory)),
        Optional.ofNullable(values.get("aot")).map(aot -> existing(aot, Files::isRegularFile)),
        Path.of(value(values, "cache")));
  }

  private static String value(Map<String, String> values, String key) {
    return Optional.ofNullable(values.get(key)).orElseThrow();
  }

  private static Program program(String name) {
    return Arrays.stream(Program.values())
        .filter(program -> program.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "program=" + name + " is neither operator nor runtime."));
  }

  private static Path existing(String path, Function<Path, Boolean> usable) {
    var file = Path.of(path).toAbsolutePath();
    if (!usable.apply(file)) {
      throw new IllegalArgumentException(
          file + " is not there or not of the right kind; build it first.");
    }
    return file;
  }

  private static ImageReference name(String name) {
    try {
      return ImageReference.parse(name);
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException("name=" + name + " is not an image name with a tag.", e);
    }
  }
}
