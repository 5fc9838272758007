package io.modelservice.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health and metadata of the protocol. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class MetadataTest {
  private final PodClient pod = new PodClient();
  private String revision = "";

  @BeforeEach
  void serve() throws Exception {
    revision = pod.serve("simple", PodClient.DEFAULTS);
  }

  @Test
  void theServerIsLiveAndReady() throws Exception {
    assertThat(pod.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
    assertThat(pod.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
    assertThat(pod.get("/v2/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void theServerNamesItsExtensions() throws Exception {
    assertThat(pod.get("/v2").body())
        .isEqualTo(pod.get("/v2/").body())
        .contains("\"name\":\"modelservice\"", "\"extensions\":[\"binary_tensor_data\",");
  }

  @Test
  void theModelNamesItsTensors() throws Exception {
    var expected =
        """
        {"name":"espresso","versions":["%s"],"platform":"onnx_onnxv1",\
        "inputs":[{"name":"INPUT0","datatype":"INT32","shape":[-1,16]},\
        {"name":"INPUT1","datatype":"INT32","shape":[-1,16]}],\
        "outputs":[{"name":"OUTPUT0","datatype":"INT32","shape":[-1,16]},\
        {"name":"OUTPUT1","datatype":"INT32","shape":[-1,16]}]}"""
            .formatted(revision);
    assertThat(pod.get("/v2/models/espresso").body()).isEqualTo(expected);
    assertThat(pod.get("/v2/models/espresso/versions/" + revision).body()).isEqualTo(expected);
  }

  @Test
  void theModelIsReadyByNameAndVersion() throws Exception {
    var ready = "{\"name\":\"espresso\",\"ready\":true}";
    assertThat(pod.get("/v2/models/espresso/ready").body()).isEqualTo(ready);
    assertThat(pod.get("/v2/models/espresso/versions/" + revision + "/ready").body())
        .isEqualTo(ready);
    assertThat(pod.get("/v2/models/latte/ready").statusCode()).isEqualTo(404);
    assertThat(pod.get("/v2/models/espresso/versions/1/ready").statusCode()).isEqualTo(404);
  }

  @Test
  void metricsCountAnswersByRevision() throws Exception {
    pod.post("/v2/models/espresso/infer", new byte[] {'{'}, null);
    await().untilAsserted(this::assertCounted); // an answer is counted after it is sent
  }

  private void assertCounted() throws Exception {
    assertThat(pod.manage("/q/metrics").body())
        .contains("modelservice_requests_total{code=\"400\",revision=\"" + revision + "\"} 1.0")
        .contains("modelservice_lanes_busy")
        .contains("modelservice_request_duration_seconds_bucket{revision=\"" + revision)
        .contains("modelservice_request_phase_seconds_sum{phase=\"decode\",revision=\"" + revision)
        .contains("nv_inference_request_failure{model=\"espresso\",version=\"" + revision);
  }

  @Test
  void metricsForgetARevisionThatLeftLongAgo() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
    assertThat(pod.manage("/q/metrics").body()).contains(revision);

    pod.serve("simple", PodClient.DEFAULTS);

    assertThat(pod.manage("/q/metrics").body()).doesNotContain(revision);
  }
}
