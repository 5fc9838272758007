package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The task image-classification. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class ClassifyTest {
  private static final String PATH = "/v1/tasks/image-classification";

  private final PodClient pod = new PodClient();

  @Test
  void aPictureGetsLabelsTheBestFirst() throws Exception {
    var revision = pod.serve("colours", Settings.of(Task.IMAGE_CLASSIFICATION));

    for (var picture : new String[] {"rgb.png", "rgb.jpg"}) {
      var body = Files.readAllBytes(Path.of("src/test/vectors", picture));
      var answer = pod.post(PATH, body, null);
      var scores = PodClient.json(answer);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-ModelService-Revision")).hasValue(revision);
      assertThat(scores).hasSize(4);
      assertThat(scores.at("/0/label").isTextual()).isTrue();
      assertThat(scores.at("/0/score").floatValue())
          .isGreaterThan(scores.at("/1/score").floatValue());
    }
  }

  @Test
  void whatIsNoPictureIsRefused() throws Exception {
    pod.serve("colours", Settings.of(Task.IMAGE_CLASSIFICATION));
    var answer = pod.post(PATH, "a sentence".getBytes(UTF_8), null);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(PodClient.json(answer).get("error").asText()).contains("not a JPEG, PNG or WebP");
  }

  @Test
  void withoutTheTaskThereIsNoSuchPath() throws Exception {
    pod.serve("colours", PodClient.DEFAULTS);
    var answer = pod.post(PATH, new byte[] {1}, null);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(PodClient.json(answer).get("error").asText()).contains("model.task");
  }
}
