package io.modelservice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.OrtEngine;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A picture goes in, its vector comes out: here, the average of each colour. */
class ImageFeatureExtractorTest {
  @Test
  void aPictureOfOneColourHasThatColourAsItsVector() throws Exception {
    var folder = TestModels.folder("averages");
    try (var model = new OrtEngine().load(folder.resolve("model.onnx"), Execution.single());
        var workspace = model.newWorkspace();
        var extractor = ImageFeatureExtractor.of(folder, model.signature())) {
      var picture = picture(new Color(255, 51, 0));
      var vector = extractor.extract(picture, picture.length, workspace, new Cancel());

      assertThat(vector).containsExactly(new float[] {1, -0.6f, -1}, within(1e-5f));
    }
  }

  @Test
  void aModelWithoutAVectorIsUnsupported() throws Exception {
    var folder = TestModels.folder("simple");
    try (var model = new OrtEngine().load(folder.resolve("model.onnx"), Execution.single())) {
      assertThatThrownBy(() -> ImageFeatureExtractor.of(folder, model.signature()))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TaskUnsupported));
    }
  }

  private static byte[] picture(Color color) throws Exception {
    var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, 40, 30);
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
