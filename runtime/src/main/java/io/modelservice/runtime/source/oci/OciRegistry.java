package io.modelservice.runtime.source.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Redirects;
import io.modelservice.runtime.source.Sha256;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a registry, by OCI's distribution specification. It sends on to other hosts for large files,
 * and these never see who asks.
 */
final class OciRegistry {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What registries themselves allow (distribution specification, "Pushing Manifests"). */
  private static final int LARGEST_MANIFEST = 4 << 20;

  private static final Map<String, String> MANIFESTS =
      Map.of("Accept", String.join(", ", OciManifest.TYPES));

  private final URI endpoint;
  private final OciLogin login;
  private final OciErrors errors;
  private Optional<String> authorization = Optional.empty();

  OciRegistry(OciReference reference, OciKeys keys) {
    this.endpoint = reference.endpoint();
    this.login = new OciLogin(reference, keys);
    this.errors = new OciErrors(reference, keys);
  }

  /**
   * A manifest, or an index of some.
   *
   * @param digest of its bytes
   */
  record Document(String digest, JsonNode json) {}

  /** Reads what has a tag or a digest; of a digest only the bytes that it is of. */
  Document document(String version) throws FetchException {
    var answer = get("manifests/" + version, MANIFESTS);
    try {
      if (answer.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw errors.answered(answer);
      }
      var bytes = bytes(answer);
      var digest = "sha256:" + Sha256.hex(bytes);
      var promised = OciReference.isDigest(version) ? version : promised(answer).orElse(digest);
      if (!digest.equals(promised)) {
        throw errors.damaged(digest);
      }
      return new Document(digest, JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw errors.unreadable();
    } catch (IOException e) {
      throw errors.unreachable(e);
    }
  }

  private static byte[] bytes(HttpURLConnection answer) throws IOException {
    try (var in = answer.getInputStream()) {
      return in.readNBytes(LARGEST_MANIFEST);
    }
  }

  private static Optional<String> promised(HttpURLConnection answer) {
    return Optional.ofNullable(answer.getHeaderField("Docker-Content-Digest"))
        .filter(OciReference::isDigest);
  }

  /** Asks for a blob by its digest; the status of the answer is known. */
  HttpURLConnection blob(String digest, Map<String, String> headers) throws FetchException {
    return get("blobs/" + digest, headers);
  }

  private HttpURLConnection get(String path, Map<String, String> headers) throws FetchException {
    try {
      var answer = send(path, headers);
      if (!refused(answer)) {
        return answer;
      }
      var challenges = OciChallenge.of(answer);
      answer.disconnect();
      authorization = login.authorization(challenges); // anew each time: tokens last minutes
      return authorization.isEmpty() ? answer : send(path, headers);
    } catch (IOException e) {
      throw errors.unreachable(e);
    }
  }

  private boolean refused(HttpURLConnection answer) throws IOException {
    return answer.getResponseCode() == HttpURLConnection.HTTP_UNAUTHORIZED && ofTheRegistry(answer);
  }

  private boolean ofTheRegistry(HttpURLConnection answer) {
    return Redirects.sameHost(endpoint, URI.create(answer.getURL().toString()));
  }

  private HttpURLConnection send(String path, Map<String, String> headers) throws IOException {
    return Redirects.follow(endpoint.resolve(path), place -> forHost(place, headers));
  }

  private Map<String, String> forHost(URI place, Map<String, String> headers) {
    if (authorization.isEmpty() || !Redirects.sameHost(endpoint, place)) {
      return headers;
    }
    var own = new HashMap<>(headers);
    own.put("Authorization", authorization.get());
    return own;
  }
}
