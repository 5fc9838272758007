package io.modelservice.runtime.source.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.FetchException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A place in a repository of the Hugging Face Hub.
 *
 * @param repository {@code owner/name}
 * @param revision a branch, a tag, a commit or {@code refs/pr/N}
 * @param path of a folder or of one ONNX file; empty for the whole repository
 */
record HubPlace(String repository, String revision, String path) {
  private static final String LATEST = "main";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Set<String> KINDS_OF_REFS = Set.of("pr", "convert");

  /** Reads {@code hf://OWNER/NAME[@REVISION][/PATH]}; a slash in a revision is {@code %2F}. */
  static HubPlace of(URI uri) throws FetchException {
    var parts = new ArrayList<>(Arrays.asList(String.valueOf(uri.getRawPath()).split("/", -1)));
    parts.removeIf(String::isEmpty);
    var owner = String.valueOf(uri.getRawAuthority());
    if (parts.isEmpty()) {
      throw noRepository(uri);
    }
    var named = parts.removeFirst().split("@", 2);
    if (!NAME.matcher(owner).matches() || !NAME.matcher(named[0]).matches()) {
      throw noRepository(uri);
    }
    var revision = named.length == 1 ? LATEST : revision(named[1], parts);
    var path = String.join("/", parts.stream().map(HubPlace::decoded).toList());
    var place = new HubPlace(owner + "/" + named[0], revision, path);
    if (revision.isEmpty()) {
      throw noRepository(uri);
    }
    if (!path.isEmpty()) {
      ArtifactPaths.checked(path, place.toString());
    }
    return place;
  }

  /** {@code refs/pr/1} may be written as it is, as the Hub's own tools allow. */
  private static String revision(String first, List<String> rest) {
    if (first.equals("refs") && rest.size() >= 2 && KINDS_OF_REFS.contains(rest.getFirst())) {
      return decoded("refs/" + rest.removeFirst() + "/" + rest.removeFirst());
    }
    return decoded(first);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
  }

  private static FetchException noRepository(URI uri) {
    return new FetchException(
        Reason.ArtifactInvalid,
        "model.uri '%s' names no repository: write hf://OWNER/NAME[@REVISION][/FOLDER]"
            .formatted(uri));
  }

  /** Whether the revision names one content for ever. */
  boolean immutable() {
    return COMMIT.matcher(revision).matches();
  }

  HubPlace at(String commit) {
    return new HubPlace(repository, commit, path);
  }

  /** Whether the path names the ONNX file itself. */
  boolean oneFile() {
    return path.endsWith(".onnx");
  }

  @Override
  public String toString() {
    return "hf://%s@%s%s".formatted(repository, revision, path.isEmpty() ? "" : "/" + path);
  }
}
