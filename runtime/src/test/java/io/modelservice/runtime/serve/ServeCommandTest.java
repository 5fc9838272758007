package io.modelservice.runtime.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelservice.runtime.TestModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command line of a developer. */
class ServeCommandTest {
  private final String folder = TestModels.folder("colours").toString();

  @Test
  void aFolderIsServedOnPort8080ByItsName() throws Exception {
    var command = ServeCommand.parse(folder);
    assertThat(command.port()).isEqualTo(8080);
    assertThat(command.model()).isEqualTo("colours");
    assertThat(command.classifiesImages()).isTrue();
  }

  @Test
  void anotherPortMayBeGiven() throws Exception {
    assertThat(ServeCommand.parse("--port", "9999", folder).port()).isEqualTo(9999);
  }

  @Test
  void aModelWithoutLabelsGetsNoTask() throws Exception {
    var simple = TestModels.folder("simple").toString();
    assertThat(ServeCommand.parse(simple).classifiesImages()).isFalse();
  }

  @Test
  void theNameOfAFolderBecomesANameOfTheProtocol() {
    assertThat(new ServeCommand(Path.of("/models/My Model"), 1).model()).isEqualTo("my-model");
  }

  @Test
  void whatMakesNoSenseIsToldInOneSentence() {
    assertMisuse("needs the folder");
    assertMisuse("no model.onnx in", "/absent");
    assertMisuse("'--prot' is not understood", folder, "--prot");
    assertMisuse("number from 1 to 65535", folder, "--port");
    assertMisuse("number from 1 to 65535", folder, "--port", "70000");
  }

  private static void assertMisuse(String part, String... arguments) {
    assertThatThrownBy(() -> ServeCommand.parse(arguments))
        .isInstanceOf(ServeCommand.Misuse.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }
}
