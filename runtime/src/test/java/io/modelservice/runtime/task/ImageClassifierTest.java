package io.modelservice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.protocol.RequestException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture goes in, labels come out; an artifact that does not fit the task is named as such. */
class ImageClassifierTest {
  @TempDir Path folder;
  private Model model;

  @BeforeEach
  void load() throws Exception {
    for (var file : new String[] {"model.onnx", "labels.txt", "preprocessor_config.json"}) {
      Files.copy(TestModels.folder("colours").resolve(file), folder.resolve(file));
    }
    model = new OrtEngine().load(folder.resolve("model.onnx"), Execution.single());
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void aRedPictureIsRed() throws Exception {
    var classifier = ImageClassifier.of(folder, model.signature());
    var picture = picture(new Color(250, 10, 10));

    try (var workspace = model.newWorkspace()) {
      var scores = classifier.classify(picture, picture.length, workspace, new Cancel());

      assertThat(scores).hasSize(4);
      assertThat(scores.getFirst().label()).isEqualTo("red");
      assertThat(scores.getFirst().score()).isGreaterThan(0.95f);
    }
  }

  @Test
  void withoutLabelsTheTaskCannotBeTurnedOn() throws IOException {
    Files.delete(folder.resolve("labels.txt"));
    assertRefused(Reason.LabelsMissing, "labels.txt");
  }

  @Test
  void theNumberOfLabelsMustBeThatOfTheClasses() throws IOException {
    Files.writeString(folder.resolve("labels.txt"), "red\ngreen\n");
    assertRefused(Reason.LabelsMissing, "2 labels, the model has 4 classes");
  }

  @Test
  void labelsMayBeInHuggingFacesConfig() throws Exception {
    Files.delete(folder.resolve("labels.txt"));
    Files.writeString(
        folder.resolve("config.json"),
        "{\"id2label\":{\"0\":\"rot\",\"1\":\"gruen\",\"2\":\"blau\",\"3\":\"grau\"}}");
    var classifier = ImageClassifier.of(folder, model.signature());
    var picture = picture(Color.BLUE);
    try (var workspace = model.newWorkspace()) {
      assertThat(
              classifier
                  .classify(picture, picture.length, workspace, new Cancel())
                  .getFirst()
                  .label())
          .isEqualTo("blau");
    }
  }

  @Test
  void aModelThatTakesNoPicturesIsUnsupported() throws Exception {
    try (var other =
        new OrtEngine()
            .load(TestModels.folder("simple").resolve("model.onnx"), Execution.single())) {
      assertThatThrownBy(() -> ImageClassifier.of(folder, other.signature()))
          .asInstanceOf(type(EngineException.class))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TaskUnsupported));
    }
  }

  @Test
  void aPreprocessorThatMakesAnotherSizeIsUnsupported() throws IOException {
    var config = folder.resolve("preprocessor_config.json");
    Files.writeString(config, Files.readString(config).replace(": 8", ": 9"));
    assertRefused(Reason.TaskUnsupported, "9 x 9");
  }

  @Test
  void aPictureThatIsTooNarrowToBeResizedIsRefused() throws Exception {
    var classifier = ImageClassifier.of(folder, model.signature());
    var line = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1, 400_000, BufferedImage.TYPE_INT_RGB), "png", line);
    try (var workspace = model.newWorkspace()) {
      assertThatThrownBy(
              () -> classifier.classify(line.toByteArray(), line.size(), workspace, new Cancel()))
          .isInstanceOf(RequestException.class)
          .hasMessageContaining("1 x 400000 pixels is too narrow");
    }
  }

  private void assertRefused(Reason reason, String part) {
    assertThatThrownBy(() -> ImageClassifier.of(folder, model.signature()))
        .hasMessageContaining(part)
        .asInstanceOf(type(EngineException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] picture(Color color) throws IOException {
    var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, 40, 30);
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
