package io.modelservice.runtime.task.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.task.ArtifactJson;
import java.nio.file.Path;

/**
 * What the files beside {@code tokenizer.json} say about texts.
 *
 * @param longest tokens of one row; {@code max_seq_length} of {@code sentence_bert_config.json},
 *     else the smaller of {@code model_max_length} of {@code tokenizer_config.json} and {@code
 *     max_position_embeddings} of {@code config.json}, else 512
 * @param padding id that fills rows up; {@code pad_token_id} of {@code config.json}, else the one
 *     of {@code tokenizer.json}, else 0
 * @param vocabulary number of ids; {@code vocab_size} of {@code config.json}
 */
record TextConfig(int longest, long padding, long vocabulary) {
  private static final int DEFAULT_LONGEST = 512;
  private static final int SHORTEST = 8;

  /** Reads the files of an artifact. */
  static TextConfig read(Path folder) throws EngineException {
    var config = ArtifactJson.read(folder, "config.json");
    var longest = longest(folder, config);
    if (longest < SHORTEST) {
      throw new EngineException(
          Reason.ArtifactInvalid,
          "the longest text would be %d tokens: correct max_seq_length, model_max_length or"
                  .formatted(longest)
              + " max_position_embeddings");
    }
    return new TextConfig(
        longest, padding(folder, config), config.path("vocab_size").asLong(Integer.MAX_VALUE));
  }

  private static int longest(Path folder, JsonNode config) throws EngineException {
    var sentence = ArtifactJson.read(folder, "sentence_bert_config.json").path("max_seq_length");
    if (sentence.isInt()) {
      return sentence.asInt();
    }
    // where there is no limit, model_max_length is written as 1e30
    var tokenizer = ArtifactJson.read(folder, "tokenizer_config.json").path("model_max_length");
    var positions = config.path("max_position_embeddings");
    if (!tokenizer.canConvertToInt() && !positions.canConvertToInt()) {
      return DEFAULT_LONGEST;
    }
    return Math.min(
        tokenizer.canConvertToInt() ? tokenizer.asInt() : Integer.MAX_VALUE,
        positions.canConvertToInt() ? positions.asInt() : Integer.MAX_VALUE);
  }

  private static long padding(Path folder, JsonNode config) throws EngineException {
    if (config.path("pad_token_id").canConvertToInt()) {
      return config.path("pad_token_id").asLong();
    }
    return ArtifactJson.read(folder, Tokenizer.FILE).at("/padding/pad_id").asLong(0);
  }

  TextConfig atMost(int tokens) {
    return new TextConfig(Math.min(longest, tokens), padding, vocabulary);
  }
}
