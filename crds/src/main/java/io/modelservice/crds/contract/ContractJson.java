package io.modelservice.crds.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads and writes plan and pod state, the same way on both sides. */
public final class ContractJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ContractJson() {}

  /** The JSON text; equal values give equal text. */
  public static String write(Object contractValue) {
    try {
      return MAPPER.writeValueAsString(contractValue);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a contract record has no JSON form", e);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws IOException with one sentence, if the text is no plan of a version this code reads
   */
  public static ServingPlan readPlan(byte[] json) throws IOException {
    var plan = read(json, new TypeReference<ServingPlan>() {}, "plan");
    if (plan.version() != ServingPlan.VERSION) {
      throw new IOException(
          "the plan has version " + plan.version() + "; this runtime reads " + ServingPlan.VERSION);
    }
    if (plan.models() == null || plan.service() == null || plan.token() == null) {
      throw new IOException("the plan lacks models, service or token");
    }
    return plan;
  }

  /**
   * Reads a pod state.
   *
   * @throws IOException with one sentence, if the text is none
   */
  public static PodState readState(byte[] json) throws IOException {
    return read(json, new TypeReference<PodState>() {}, "pod state");
  }

  private static <T> T read(byte[] json, TypeReference<T> type, String what) throws IOException {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IOException("the " + what + " is empty");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IOException("the " + what + " is not readable JSON: " + e.getOriginalMessage(), e);
    }
  }
}
