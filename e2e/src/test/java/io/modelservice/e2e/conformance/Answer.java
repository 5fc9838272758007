package io.modelservice.e2e.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;

/**
 * An answer of the server's REST side.
 *
 * @param call method and path
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Answer(String call, int status, HttpHeaders headers, byte[] body) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** This answer, which must be a success. */
  Answer ok() {
    return switch (status) {
      case 200 -> this;
      case 404, 405, 501 -> throw new NotOfferedException(said());
      default -> throw new ViolationException(said());
    };
  }

  /** The body of a success. */
  JsonNode json() {
    return parse(ok().body);
  }

  /** An answer to bad input: the protocol's error, with a status that blames the client. */
  void refused() {
    ViolationException.unless(
        status >= 400 && status < 500, "bad input is answered by " + said() + ", not by 4xx");
    failed();
  }

  /** The protocol's error, whoever is to blame. */
  void failed() {
    ViolationException.unless(status >= 400, "it succeeds: " + said());
    var error = parse(body).path("error");
    ViolationException.unless(
        error.isTextual() && !error.textValue().isBlank(),
        "the answer %s has no {\"error\": \"...\"}".formatted(said()));
  }

  JsonNode parse(byte[] text) {
    try {
      return MAPPER.readTree(new String(text, UTF_8));
    } catch (JsonProcessingException e) {
      throw new ViolationException(said() + ": no JSON");
    }
  }

  /** Status and body, for a reader. */
  String said() {
    return Lines.one("%s: %d %s".formatted(call, status, new String(body, UTF_8)));
  }
}
