package io.modelservice.runtime.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelservice.crds.Task;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.command.Misuse;
import io.modelservice.runtime.serve.ServeCommand.Ports;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The command line of a developer. */
class ServeCommandTest {
  private final String folder = TestModels.folder("colours").toString();

  @Test
  void aFolderIsServedOnPort8080ByItsName() throws Exception {
    var command = ServeCommand.parse(folder);
    assertThat(command.ports()).isEqualTo(new Ports(8080, 8081, 9000));
    assertThat(command.folder().model()).isEqualTo("colours");
    assertThat(command.folder().task()).contains(Task.IMAGE_CLASSIFICATION);
  }

  @Test
  void otherPortsMayBeGiven() throws Exception {
    var command =
        ServeCommand.parse("--port", "9999", folder, "--state-port", "9998", "--grpc-port", "9997");
    assertThat(command.ports()).isEqualTo(new Ports(9999, 9997, 9998));
  }

  @Test
  void aTaskMayBeGiven() throws Exception {
    var opinions = TestModels.folder("opinions").toString();
    assertThat(ServeCommand.parse(opinions, "--task", "text-classification").folder().task())
        .contains(Task.TEXT_CLASSIFICATION);
  }

  @Test
  void sharedRunsMayBeBoundedOrSwitchedOff() throws Exception {
    assertThat(ServeCommand.parse(folder).maxBatch()).isEmpty();
    assertThat(ServeCommand.parse(folder, "--max-batch", "1").maxBatch()).hasValue(1);
    assertThat(ServeCommand.USAGE).contains("--max-batch");
  }

  @Test
  void aModelWithoutLabelsGetsNoTask() throws Exception {
    var simple = TestModels.folder("simple").toString();
    assertThat(ServeCommand.parse(simple).folder().task()).isEmpty();
  }

  @Test
  void theNameOfAFolderBecomesANameOfTheProtocol() {
    assertThat(new ModelFolder(Path.of("/models/My Model"), Optional.empty()).model())
        .isEqualTo("my-model");
  }

  @Test
  void whatMakesNoSenseIsToldInOneSentence() {
    assertMisuse("needs the folder");
    assertMisuse("no model.onnx in", "/absent");
    assertMisuse("'--prot' is not understood", folder, "--prot");
    assertMisuse("number from 1 to 65535", folder, "--port");
    assertMisuse("one of image-classification, ", folder, "--task", "magic");
    assertMisuse("number from 1 to 65535", folder, "--port", "70000");
    assertMisuse("--max-batch needs a number from 1 to 1024", folder, "--max-batch", "0");
  }

  private static void assertMisuse(String part, String... arguments) {
    assertThatThrownBy(() -> ServeCommand.parse(arguments))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }
}
