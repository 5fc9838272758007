package io.modelservice.runtime.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.runtime.engine.EngineException;

/** What each 8-bit level of each channel becomes: rescaled, then normalised. */
final class Levels {
  private static final int COUNT = 256;

  private final float[][] table;

  private Levels(float[][] table) {
    this.table = table;
  }

  static Levels of(JsonNode config) throws EngineException {
    var factor =
        config.path("do_rescale").asBoolean(true)
            ? (float) config.path("rescale_factor").asDouble(1.0 / 255)
            : 1f;
    var normalize = config.path("do_normalize").asBoolean(true);
    var table = new float[Pixels.CHANNELS][COUNT];
    for (var channel = 0; channel < Pixels.CHANNELS; channel++) {
      var mean = normalize ? number(config, "image_mean", channel) : 0f;
      var std = normalize ? number(config, "image_std", channel) : 1f;
      if (std == 0) {
        throw Preprocessor.invalid(Preprocessor.FILE + " has an image_std of 0");
      }
      for (var level = 0; level < COUNT; level++) {
        table[channel][level] = (level * factor - mean) / std;
      }
    }
    return new Levels(table);
  }

  private static float number(JsonNode config, String name, int channel) throws EngineException {
    var list = config.path(name);
    if (list.size() != Pixels.CHANNELS || !list.get(channel).isNumber()) {
      throw Preprocessor.invalid(
          "%s normalises but has no %s with three numbers".formatted(Preprocessor.FILE, name));
    }
    return (float) list.get(channel).asDouble();
  }

  float of(int channel, int level) {
    return table[channel][level];
  }
}
