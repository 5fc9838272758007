package io.modelservice.runtime.source.oci;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Forms;
import io.modelservice.runtime.source.HttpConnections;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says to a registry who asks: by a token that it sends for, or by the password itself. */
final class OciLogin {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 1 << 20;

  /** What a header may hold; an exception about any other would tell the token. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private final OciReference reference;
  private final OciKeys keys;
  private final OciErrors errors;

  OciLogin(OciReference reference, OciKeys keys) {
    this.reference = reference;
    this.keys = keys;
    this.errors = new OciErrors(reference, keys);
  }

  /**
   * The value of the header {@code Authorization}.
   *
   * @return empty if there is nothing more to say
   * @throws FetchException if no token is given
   */
  Optional<String> authorization(List<OciChallenge> challenges) throws FetchException {
    for (var challenge : challenges) {
      var realm = challenge.parameter("realm");
      if (challenge.scheme().equals("bearer") && realm.isPresent()) {
        return Optional.of("Bearer " + token(place(realm.get()), challenge));
      }
    }
    var basic = challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic"));
    return basic ? keys.basic() : Optional.empty();
  }

  private URI place(String realm) throws FetchException {
    try {
      var place = URI.create(realm);
      var scheme = String.valueOf(place.getScheme());
      var safe = scheme.equals("https") || scheme.equals(reference.endpoint().getScheme());
      if (safe && place.getHost() != null) {
        return place;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw errors.unreadable();
  }

  private String token(URI place, OciChallenge challenge) throws FetchException {
    var asked = new LinkedHashMap<String, String>();
    challenge.parameter("service").ifPresent(service -> asked.put("service", service));
    var whole = "repository:" + reference.repository() + ":pull";
    asked.put("scope", challenge.parameter("scope").orElse(whole));
    try {
      var answer = keys.identityToken().isEmpty() ? ask(place, asked) : exchange(place, asked);
      if (answer.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw errors.noToken(answer.getResponseCode());
      }
      return token(answer);
    } catch (JsonProcessingException e) {
      throw errors.unreadable();
    } catch (IOException e) {
      throw errors.unreachable(e);
    }
  }

  private HttpURLConnection ask(URI place, Map<String, String> asked) throws IOException {
    var mark = place.getRawQuery() == null ? "?" : "&";
    var connection =
        HttpConnections.prepare(URI.create(place + mark + Forms.encoded(asked)), "GET");
    connection.setInstanceFollowRedirects(false);
    keys.basic().ifPresent(basic -> connection.setRequestProperty("Authorization", basic));
    return connection;
  }

  /** As of OAuth 2: an identity token is one that others are given for. */
  private HttpURLConnection exchange(URI place, Map<String, String> asked) throws IOException {
    asked.put("grant_type", "refresh_token");
    asked.put("client_id", "modelservice");
    asked.put("refresh_token", keys.identityToken());
    var connection = HttpConnections.prepare(place, "POST");
    connection.setInstanceFollowRedirects(false);
    connection.setDoOutput(true);
    try (var out = connection.getOutputStream()) {
      out.write(Forms.encoded(asked).getBytes(US_ASCII));
    }
    return connection;
  }

  private String token(HttpURLConnection answer) throws FetchException, IOException {
    try (var in = answer.getInputStream()) {
      var json = JSON.readTree(in.readNBytes(LARGEST));
      var token = json.path("token").asText(json.path("access_token").asText());
      if (!TOKEN.matcher(token).matches()) {
        throw errors.unreadable();
      }
      return token;
    }
  }
}
