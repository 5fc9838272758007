package io.modelservice.runtime.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.modelservice.runtime.source.Sha256;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A layer of an artifact as it is pushed. */
record OciLayer(String mediaType, String content, Map<String, String> annotations) {
  private static final String TAR = "application/vnd.oci.image.layer.v1.tar";
  private static final String TITLE = "org.opencontainers.image.title";

  /** As {@code oras push} makes it of a file. */
  static OciLayer file(String title, String content) {
    return new OciLayer(TAR, content, Map.of(TITLE, title));
  }

  /** As {@code oras push} makes it of a folder. */
  static OciLayer folder(String title) {
    var annotations = Map.of(TITLE, title, "io.deis.oras.content.unpack", "true");
    return new OciLayer(TAR + "+gzip", "zipped", annotations);
  }

  /** Without a name. */
  static OciLayer untitled(String mediaType, String content) {
    return new OciLayer(mediaType, content, Map.of());
  }

  String digest() {
    return "sha256:" + Sha256.hex(content.getBytes(UTF_8));
  }

  /** The manifest of an artifact. */
  static String manifest(OciLayer... layers) {
    return Arrays.stream(layers)
        .map(OciLayer::descriptor)
        .collect(
            joining(
                ",",
                "{\"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\","
                    + "\"config\": {}, \"layers\": [",
                "]}"));
  }

  private String descriptor() {
    var named =
        new TreeMap<>(annotations)
            .entrySet().stream()
                .map(entry -> "\"%s\": \"%s\"".formatted(entry.getKey(), entry.getValue()))
                .collect(joining(","));
    return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d, \"annotations\": {%s}}"
        .formatted(mediaType, digest(), content.getBytes(UTF_8).length, named);
  }
}
