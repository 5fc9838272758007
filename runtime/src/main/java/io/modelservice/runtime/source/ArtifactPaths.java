package io.modelservice.runtime.source;

import io.modelservice.crds.contract.Reason;
import java.nio.file.Path;
import java.util.Arrays;

/** The rule for names of files: they stay below the artifact's folder. */
public final class ArtifactPaths {
  /** More than any real artifact has; a wrong prefix may name millions. */
  public static final int MOST_FILES = 10_000;

  private static final int LONGEST = 1024;

  private ArtifactPaths() {}

  /**
   * The path as it is.
   *
   * @throws FetchException if it is absolute, has empty, {@code .} or {@code ..} parts, a backslash
   *     or a control character
   */
  public static String checked(String path, String place) throws FetchException {
    var sound =
        !path.isEmpty()
            && path.length() <= LONGEST
            && path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c))
            && Arrays.stream(path.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!sound) {
      throw new FetchException(
          Reason.ArtifactInvalid,
          "the artifact at %s holds a file whose name leaves its folder: rename it"
              .formatted(place));
    }
    return path;
  }

  /** Where a file of that path lies below a folder. */
  public static Path below(Path folder, String path) {
    var file = folder.resolve(path).normalize();
    if (!file.startsWith(folder)) {
      throw new IllegalArgumentException("the path was not checked");
    }
    return file;
  }
}
