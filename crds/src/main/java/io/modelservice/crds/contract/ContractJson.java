package io.modelservice.crds.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads and writes plan and pod state, the same way on both sides. */
public final class ContractJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
    require("plan", plan.service(), plan.token(), plan.models());
    for (var entry : plan.models()) {
      require("plan", entry, entry.revision(), entry.role(), entry.uri(), entry.settings());
    }
    return plan;
  }

  /**
   * Reads a pod state.
   *
   * @throws IOException with one sentence, if the text is none
   */
  public static PodState readState(byte[] json) throws IOException {
    var state = read(json, new TypeReference<PodState>() {}, "pod state");
    require("pod state", state.pod(), state.process(), state.plans(), state.models());
    for (var held : state.models()) {
      require("pod state", held, held.revision(), held.phase(), held.timings());
    }
    return state;
  }

  /**
   * Reads a verdict.
   *
   * @throws IOException with one sentence, if the text is none
   */
  public static Resolution readResolution(byte[] json) throws IOException {
    var resolution = read(json, new TypeReference<Resolution>() {}, "verdict");
    if (resolution.version() != Resolution.VERSION) {
      throw new IOException("the verdict has version " + resolution.version());
    }
    return resolution;
  }

  /** JSON may leave out what the records call present. */
  private static void require(String what, @Nullable Object... parts) throws IOException {
    for (var part : parts) {
      if (part == null) {
        throw new IOException("the " + what + " lacks a field that it must have");
      }
    }
  }

  private static <T> T read(byte[] json, TypeReference<T> type, String what) throws IOException {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IOException("the " + what + " is empty");
      }
      return value;
    } catch (JsonProcessingException e) {
      var why = e.getOriginalMessage().replaceAll("\\s+", " "); // it may quote the text
      throw new IOException("the " + what + " is not readable JSON: " + why, e);
    }
  }
}
