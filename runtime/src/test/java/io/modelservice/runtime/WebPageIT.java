package io.modelservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Somebody opens the address of a model in a browser and tries it. */
@TestInstance(Lifecycle.PER_CLASS)
class WebPageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path PHOTO = Path.of("src/test/vectors/rgb.jpg").toAbsolutePath();
  private static final String DROP =
      """
      const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], "photo.jpg", {type: "image/jpeg"}));
      document.querySelector(".drop").dispatchEvent(new DragEvent("drop", {dataTransfer}));
      """;

  private Browser browser;
  private @Nullable Program program;

  @BeforeAll
  void startTheBrowser(@TempDir Path profile) throws Exception {
    browser = Browser.start(profile.resolve("profile"));
  }

  @AfterAll
  void closeTheBrowser() throws Exception {
    browser.close();
  }

  @AfterEach
  void leave() throws Exception {
    browser.open("about:blank"); // a page whose server has gone would go on asking it
    browser.console(); // what this story has left there
    if (program != null) {
      program.close();
    }
  }

  @Test
  void aChosenPhotoGetsItsLabels() throws Exception {
    open("colours");
    browser.type("#file", PHOTO.toString());

    awaitText("#task-answer", "Round trip");
    assertThat(browser.text("#task-answer li:first-child")).contains("blue", "39.0 %");
    assertThat(browser.text("#task-answer .time")).contains("of which server");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void aDroppedPhotoGetsItsLabels() throws Exception {
    open("colours");
    browser.run(DROP, Base64.getEncoder().encodeToString(Files.readAllBytes(PHOTO)));

    awaitText("#task-answer li:first-child", "blue");
  }

  @Test
  void aSentenceGetsItsLabels() throws Exception {
    open("opinions", "--task", "text-classification");
    browser.type("#text", "lovely coffee");
    browser.click("#task-form button");

    awaitText("#task-answer", "praise");
  }

  @Test
  void theExampleOfTensorsRunsAndIsCounted() throws Exception {
    open("simple");
    browser.click("#tensors-send");

    awaitText("#tensors-answer pre", "OUTPUT1");
    awaitText("#statistics dd", "1");
    assertThat(browser.text("#signature")).contains("INPUT0", "INT32", "any × 16");
  }

  @Test
  void typedTensorsGetTheirAnswer() throws Exception {
    open("simple");
    browser.type("#tensors", browser.property("#tensors", "value").replace("[0,", "[7,"));
    browser.click("#tensors-send");

    awaitText("#tensors-answer pre", "[14, 0, 0");
  }

  @Test
  void aModelOfHalvesCanBeTriedToo() throws Exception {
    open("identity-fp16");
    browser.type("#tensors", browser.property("#tensors", "value").replace("[0]", "[1.5]"));
    browser.click("#tensors-send");

    awaitText("#tensors-answer pre", "\"data\": [1.5]");
  }

  @Test
  void aMistakeGetsTheServersLine() throws Exception {
    open("simple");
    browser.type("#tensors", browser.property("#tensors", "value").replace("INPUT1", "INPUT7"));
    browser.click("#tensors-send");

    awaitText("#tensors-answer .error", "400: the model has no input 'INPUT7'; it has INPUT0");
  }

  private void open(String model, String... arguments) throws Exception {
    var port = Program.freePort();
    var command = new ArrayList<>(List.of("serve", TestModels.folder(model).toString()));
    command.addAll(List.of("--port", "" + port, "--state-port", "" + Program.freePort()));
    command.addAll(List.of("--grpc-port", "" + Program.freePort()));
    command.addAll(Arrays.asList(arguments));
    var started = Program.start(List.of(), command.toArray(String[]::new));
    program = started;
    await()
        .atMost(PATIENCE)
        .failFast("it ended: " + started.log(), () -> !started.process().isAlive())
        .until(() -> started.status(port, "/v2/health/ready") == 200);
    browser.open("http://localhost:" + port + "/");
    awaitText("h1", model);
    awaitText("#ready", "ready");
    await().atMost(PATIENCE).until(() -> !browser.property("#tensors", "value").isEmpty());
  }

  private void awaitText(String selector, String part) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.text(selector)).contains(part));
  }
}
