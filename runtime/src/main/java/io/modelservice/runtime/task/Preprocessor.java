package io.modelservice.runtime.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.protocol.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What Hugging Face's {@code preprocessor_config.json} says about an image: resize, centre crop,
 * rescale, normalise, in this order. A plain number as {@code size} means a square.
 *
 * @param resize null where the image keeps its size
 * @param crop null where nothing is cut off
 * @param values of each channel: what each of its 256 levels becomes
 */
record Preprocessor(@Nullable Resize resize, Preprocessor.@Nullable Size crop, Levels values) {

  static final String FILE = "preprocessor_config.json";

  /** Pixels of a resized image, half-way and in the end. */
  private static final int MOST_PIXELS = 1 << 25;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Pixels. */
  record Size(int width, int height) {}

  /** How an image is made smaller or larger. */
  record Resize(Target target, Resampling filter) {}

  /** The size to make. */
  sealed interface Target {
    Size of(int width, int height);

    /** Both sides are given. */
    record Exact(Size size) implements Target {
      @Override
      public Size of(int width, int height) {
        return size;
      }
    }

    /** The shorter side is given, the other follows in proportion, rounded down. */
    record ShortestEdge(int edge) implements Target {
      @Override
      public Size of(int width, int height) {
        var longer =
            Math.clamp(
                (long) edge * Math.max(width, height) / Math.min(width, height),
                edge,
                Integer.MAX_VALUE);
        return width <= height ? new Size(edge, longer) : new Size(longer, edge);
      }
    }
  }

  /** Reads the file of an artifact's folder. */
  static Preprocessor read(Path folder) throws EngineException {
    try {
      return of(JSON.readTree(Files.readAllBytes(folder.resolve(FILE))));
    } catch (IOException e) {
      throw invalid("tasks on images need a readable " + FILE + " in the artifact");
    }
  }

  private static Preprocessor of(JsonNode config) throws EngineException {
    if (config.hasNonNull("crop_pct")) {
      throw invalid(FILE + " has crop_pct, which is not supported: give size and crop_size");
    }
    var resize =
        config.path("do_resize").asBoolean(true)
            ? new Resize(target(config.path("size")), filter(config))
            : null;
    var crop =
        config.path("do_center_crop").asBoolean(false) ? size(config.path("crop_size")) : null;
    return new Preprocessor(resize, crop, Levels.of(config));
  }

  private static Resampling filter(JsonNode config) throws EngineException {
    var number = config.path("resample").asInt(2);
    return Resampling.of(number)
        .orElseThrow(() -> invalid(FILE + " has the unknown resample " + number));
  }

  private static Target target(JsonNode size) throws EngineException {
    return size.has("shortest_edge")
        ? new Target.ShortestEdge(side(size.get("shortest_edge")))
        : new Target.Exact(size(size));
  }

  private static Size size(JsonNode size) throws EngineException {
    return size.isInt()
        ? new Size(side(size), side(size))
        : new Size(side(size.path("width")), side(size.path("height")));
  }

  private static int side(JsonNode pixels) throws EngineException {
    var side = pixels.asInt(0);
    if (side < 1 || side > 4096) {
      throw invalid(FILE + " has a size or crop_size that is missing or not within 1 to 4096");
    }
    return side;
  }

  static EngineException invalid(String message) {
    return new EngineException(Reason.ArtifactInvalid, message);
  }

  /**
   * The image as the model wants it, still in 8-bit levels.
   *
   * @throws RequestException if it is so narrow that a resized one would be huge
   */
  Pixels apply(Pixels image) throws RequestException {
    var sized = resize == null ? image : resized(image, resize);
    return crop == null ? sized : sized.centerCrop(crop.width(), crop.height());
  }

  private static Pixels resized(Pixels image, Resize resize) throws RequestException {
    var size = resize.target().of(image.width(), image.height());
    var height = (long) Math.max(image.height(), size.height()); // rows come first
    if (height * size.width() > MOST_PIXELS) {
      throw new RequestException(
          413,
          "the image of %d x %d pixels is too narrow: the model needs it resized to %d x %d"
              .formatted(image.width(), image.height(), size.width(), size.height()));
    }
    return resize.filter().resize(image, size.width(), size.height());
  }
}
