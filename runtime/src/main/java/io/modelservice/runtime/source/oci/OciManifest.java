package io.modelservice.runtime.source.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an artifact in a registry is made of.
 *
 * @param digest of the manifest, as {@link OciReference} has it
 * @param files whose locators are digests
 */
record OciManifest(String digest, List<RemoteFile> files) {
  private static final String FILES = "application/vnd.oci.image.layer.v1.tar";

  /** What is read; images of Docker only to say what they are. */
  static final List<String> TYPES =
      List.of(
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\btar\\b.*");
  private static final String PUSH = ": push the files themselves with 'oras push'";

  /** The one manifest of an index that is of no platform, or the only one; empty if it is none. */
  static Optional<String> inIndex(JsonNode document, OciErrors errors) throws FetchException {
    var all = document.path("manifests");
    if (!all.isArray()) {
      return Optional.empty();
    }
    var digests =
        all.valueStream()
            .filter(manifest -> all.size() == 1 || !manifest.has("platform"))
            .map(OciManifest::digest)
            .toList();
    if (digests.size() != 1 || !OciReference.isDigest(digests.getFirst())) {
      throw errors.invalid(
          "is an index of %d manifests: name one by its digest in model.uri".formatted(all.size()));
    }
    return Optional.of(digests.getFirst());
  }

  /**
   * Reads a manifest.
   *
   * @throws FetchException if it is not that of a model's files
   */
  static OciManifest of(OciRegistry.Document document, String place, OciErrors errors)
      throws FetchException {
    var layers = document.json().path("layers");
    if (!layers.isArray()) {
      throw errors.invalid("has no OCI image manifest" + PUSH);
    }
    var files = new TreeMap<String, RemoteFile>();
    for (var layer : layers) {
      var path = layers.size() == 1 && single(layer) ? Source.MODEL : title(layer);
      checkFile(layer, path, errors);
      if (files.put(path, file(layer, ArtifactPaths.checked(path, place), errors)) != null) {
        throw errors.invalid("has two files of one name" + PUSH);
      }
    }
    return new OciManifest(document.digest(), Listings.checked(List.copyOf(files.values()), place));
  }

  /** Whether the only layer is the model itself. */
  private static boolean single(JsonNode layer) {
    return title(layer).isEmpty() || title(layer).endsWith(".onnx");
  }

  /** By default ORAS gives a file the media type of a tar, and a folder that of a zipped one. */
  private static void checkFile(JsonNode layer, String path, OciErrors errors)
      throws FetchException {
    var type = layer.path("mediaType").asText();
    var asItIs = type.equals(FILES) && !title(layer).isEmpty();
    var unpack = annotation(layer, "io.deis.oras.content.unpack").equals("true");
    if (unpack || (ARCHIVE.matcher(type).matches() && !asItIs)) {
      throw errors.invalid("holds an archive, as container images and folders do" + PUSH);
    }
    if (path.isEmpty()) {
      throw errors.invalid("holds a layer without the name of a file" + PUSH);
    }
  }

  private static RemoteFile file(JsonNode layer, String path, OciErrors errors)
      throws FetchException {
    var digest = digest(layer);
    var size = layer.path("size").asLong(-1);
    if (!OciReference.isDigest(digest) || size < 0) {
      throw errors.invalid("has a layer without a SHA-256 digest or a size" + PUSH);
    }
    var sha256 = digest.substring(digest.indexOf(':') + 1);
    return new RemoteFile(path, digest, size, sha256, sha256);
  }

  private static String digest(JsonNode descriptor) {
    return descriptor.path("digest").asText();
  }

  private static String title(JsonNode layer) {
    return annotation(layer, "org.opencontainers.image.title");
  }

  private static String annotation(JsonNode layer, String name) {
    return layer.path("annotations").path(name).asText();
  }
}
