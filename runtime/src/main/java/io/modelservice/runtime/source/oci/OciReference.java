package io.modelservice.runtime.source.oci;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An artifact in a registry.
 *
 * @param registry host and port in lower case; {@code docker.io} for Docker Hub
 * @param repository with {@code /} between its parts
 * @param tag may move
 * @param digest {@code sha256:} and 64 lower-case hex digits; it wins over the tag
 */
record OciReference(String registry, String repository, String tag, Optional<String> digest) {
  private static final String LATEST = "latest";
  private static final String DOCKER_HUB = "docker.io";
  private static final String DOCKER_HUB_HOST = "registry-1.docker.io";
  private static final Set<String> DOCKER_HUB_NAMES =
      Set.of(DOCKER_HUB, "index.docker.io", DOCKER_HUB_HOST);

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern REGISTRY =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?");
  private static final Pattern PATH =
      Pattern.compile(
          "/(?<repository>(?:[a-z0-9]+(?:__|[._]|-+|/))*+[a-z0-9]+)"
              + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?"
              + "(?:@(?<digest>"
              + DIGEST
              + "))?");
  private static final Pattern NEAR =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1|.+\\.svc|.+\\.svc\\.cluster\\.local)(?::.*)?");

  /** Reads {@code oci://REGISTRY/REPOSITORY[:TAG][@sha256:DIGEST]}; without a tag it is latest. */
  static OciReference of(URI uri) throws FetchException {
    var registry = Optional.ofNullable(uri.getRawAuthority()).orElse("");
    var path = PATH.matcher(String.valueOf(uri.getRawPath()));
    var more = uri.getRawQuery() != null || uri.getRawFragment() != null;
    if (more || !REGISTRY.matcher(registry).matches() || !path.matches()) {
      throw new FetchException( // without the URI: it may hold a password
          Reason.ArtifactInvalid,
          "model.uri names no artifact of a registry: write"
              + " oci://REGISTRY/REPOSITORY[:TAG][@sha256:DIGEST]");
    }
    var host = canonical(registry);
    var repository = path.group("repository");
    var ofDockerItself = host.equals(DOCKER_HUB) && !repository.contains("/");
    return new OciReference(
        host,
        ofDockerItself ? "library/" + repository : repository,
        Optional.ofNullable(path.group("tag")).orElse(LATEST),
        Optional.ofNullable(path.group("digest")));
  }

  /** One name for each registry: Docker Hub has several. */
  static String canonical(String registry) {
    var host = registry.toLowerCase(Locale.ROOT);
    return DOCKER_HUB_NAMES.contains(host) ? DOCKER_HUB : host;
  }

  static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  OciReference at(String newDigest) {
    return new OciReference(registry, repository, tag, Optional.of(newDigest));
  }

  /** What the registry is asked for: the digest, or else the tag. */
  String version() {
    return digest.orElse(tag);
  }

  /**
   * The repository's address, {@code /} at its end; without TLS only on this machine or cluster.
   */
  URI endpoint() {
    var scheme = NEAR.matcher(registry).matches() ? "http" : "https";
    var host = registry.equals(DOCKER_HUB) ? DOCKER_HUB_HOST : registry;
    return URI.create("%s://%s/v2/%s/".formatted(scheme, host, repository));
  }

  @Override
  public String toString() {
    return "oci://%s/%s%s"
        .formatted(registry, repository, digest.map(found -> "@" + found).orElse(":" + tag));
  }
}
