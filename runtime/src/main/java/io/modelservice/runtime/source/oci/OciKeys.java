package io.modelservice.runtime.source.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An account of a registry, as Docker's configuration has it; every part is empty for a stranger,
 * who may read public repositories.
 *
 * @param identityToken what some registries give in place of a password
 */
record OciKeys(String user, String password, String identityToken) {
  private static final OciKeys STRANGER = new OciKeys("", "", "");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The account for an artifact, of the Secret's {@code .dockerconfigjson} or {@code config.json},
   * or else of the variable {@code DOCKER_AUTH_CONFIG}.
   *
   * @throws FetchException if that cannot be read
   */
  static OciKeys of(Credentials credentials, OciReference reference) throws FetchException {
    var configuration =
        Stream.of(".dockerconfigjson", "config.json", "DOCKER_AUTH_CONFIG")
            .flatMap(name -> credentials.value(name).stream())
            .findFirst();
    if (configuration.isEmpty()) {
      return STRANGER;
    }
    try {
      var account = account(JSON.readTree(configuration.get()).path("auths"), reference);
      return account.isEmpty() ? STRANGER : of(account.get());
    } catch (JsonProcessingException | IllegalArgumentException e) { // its message may hold a part
      throw new FetchException(
          Reason.CredentialsMissing,
          "the .dockerconfigjson of the Secret that model.secretRef names cannot be read: make it"
              + " with kubectl create secret docker-registry");
    }
  }

  /** The one of the registry, or of the longest part of it that names the artifact. */
  private static Optional<JsonNode> account(JsonNode accounts, OciReference reference) {
    var wanted = reference.registry() + "/" + reference.repository() + "/";
    return accounts.properties().stream()
        .filter(account -> wanted.startsWith(place(account.getKey())))
        .max(Comparator.comparingInt(account -> place(account.getKey()).length()))
        .map(Map.Entry::getValue);
  }

  /** {@code https://index.docker.io/v1/} is {@code docker.io/}. */
  private static String place(String name) {
    var parts = name.replaceFirst("^https?://", "").replaceFirst("/(v[12]/?)?$", "").split("/", 2);
    return OciReference.canonical(parts[0]) + "/" + (parts.length == 1 ? "" : parts[1] + "/");
  }

  private static OciKeys of(JsonNode account) {
    var token = account.path("identitytoken").asText();
    var both = account.path("auth").asText();
    if (both.isEmpty()) {
      return new OciKeys(
          account.path("username").asText(), account.path("password").asText(), token);
    }
    var parts = new String(Base64.getDecoder().decode(both), UTF_8).split(":", 2);
    return new OciKeys(parts[0], parts.length == 1 ? "" : parts[1], token);
  }

  boolean stranger() {
    return user.isEmpty() && identityToken.isEmpty();
  }

  /** The value of the header {@code Authorization} with user and password; empty without. */
  Optional<String> basic() {
    var both = (user + ":" + password).getBytes(UTF_8);
    return user.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
  }

  @Override
  public String toString() {
    return "OciKeys[stranger=" + stranger() + "]"; // never the account
  }
}
