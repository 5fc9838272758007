package io.modelservice.crds;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a PersistentVolumeClaim that a URI names is mounted in the pods. */
public final class Claims {
  /** Holds one folder for each claim, of its name. */
  public static final String FOLDER = "/mnt/claims";

  private static final Pattern URI = Pattern.compile("pvc://([^/]+)(?:/.*)?");

  private Claims() {}

  /** The claim of a {@code pvc://claim/path}; empty for other URIs. */
  public static Optional<String> claim(String uri) {
    var parts = URI.matcher(uri);
    return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
  }

  public static String folder(String claim) {
    return FOLDER + "/" + claim;
  }
}
