package io.modelservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A developer serves a folder without a cluster. */
class ServeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aFolderIsServedAndTheTerminalSaysHowToAsk() throws Exception {
    var port = Program.freePort();
    var folder = TestModels.folder("colours").toString();
    try (var program = Program.start(List.of(), serve(folder, port))) {
      await().atMost(PATIENCE).until(() -> program.status(port, "/v2/models/colours") == 200);
      await().until(() -> program.output().contains("curl"));
      assertThat(program.output())
          .contains("answers at http://localhost:" + port + "/v2/models/colours")
          .contains("input  pixels FP32 [-1, 3, 8, 8]")
          .contains("curl --data-binary @photo.jpg http://localhost:" + port + "/v1/tasks/image-");
    }
  }

  @Test
  void helpIsShown() throws Exception {
    assertThat(outcome(0, "serve", "--help")).startsWith("usage: serve FOLDER");
  }

  @Test
  void aFolderWithoutAModelIsToldInOneSentence() throws Exception {
    assertThat(outcome(1, "serve", "src")).startsWith("there is no model.onnx in").hasLineCount(1);
  }

  @Test
  void aModelThatCannotBeServedIsTold() throws Exception {
    var folder = TestModels.folder("corrupt").toString();
    assertThat(outcome(1, serve(folder, Program.freePort()))).contains("damaged or no ONNX file");
  }

  private static String[] serve(String folder, int port) throws IOException {
    var grpc = "" + Program.freePort();
    var state = "" + Program.freePort();
    return new String[] {
      "serve", folder, "--port", "" + port, "--grpc-port", grpc, "--state-port", state
    };
  }

  @Test
  void aPortInUseIsToldInOneSentence() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      var port = "" + taken.getLocalPort();
      assertThat(outcome(1, "serve", TestModels.folder("simple").toString(), "--port", port))
          .startsWith("port " + port + " is in use")
          .hasLineCount(1);
    }
  }

  private static String outcome(int code, String... arguments) throws Exception {
    try (var program = Program.start(List.of(), arguments)) {
      assertThat(program.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(program.process().exitValue()).as(program.output()).isEqualTo(code);
      return program.output();
    }
  }
}
