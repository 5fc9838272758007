package io.modelservice.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.RuntimeSpec.Batching;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Requests that wait together run together, where the model is cheaper so. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class SharedRunsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLIENTS = 8;
  private static final int SIZE = 2048;

  private final PodClient pod = new PodClient();

  private Settings settings(int maxSize) {
    return new Settings(null, null, 1, null, new Batching(maxSize), null);
  }

  @Test
  void aModelThatReadsALargeMatrixAnswersSeveralRequestsByOneRun() throws Exception {
    pod.serve("wide", settings(32));

    await().until(() -> requestsPerRunAfterARound() > 1.5);
  }

  @Test
  void whereTheUserWantsNoBatchesEachRequestHasItsRun() throws Exception {
    pod.serve("wide", settings(1));

    assertThat(requestsPerRunAfterARound()).isEqualTo(1);
  }

  @Test
  void aModelWhoseRowsDependOnEachOtherAnswersEachRequestForItself() throws Exception {
    pod.serve("mixing", settings(32));

    inParallel(
        client ->
            () -> {
              var answer = floats(pod.post(path(), row(4, client), 0).body(), 4);
              assertThat(answer).containsOnly(0); // its own mean is taken from each row
              return 0;
            });
  }

  /** Each client sends its number, many times; the answers differ by that factor. */
  private double requestsPerRunAfterARound() throws Exception {
    var unit = floats(pod.post(path(), row(SIZE, 1), 0).body(), SIZE);
    inParallel(
        client ->
            () -> {
              for (var i = 0; i < 20; i++) {
                var answer = floats(pod.post(path(), row(SIZE, client), 0).body(), SIZE);
                assertThat(answer[7] / unit[7]).isCloseTo(client, within(1e-2f));
              }
              return 0;
            });
    var statistics =
        JSON.readTree(pod.get("/v2/models/espresso/stats").body()).at("/model_stats/0");
    return statistics.get("inference_count").asDouble()
        / statistics.get("execution_count").asDouble();
  }

  @FunctionalInterface
  private interface Client {
    Callable<Integer> number(int client);
  }

  private static void inParallel(Client clients) throws Exception {
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var all = new ArrayList<Callable<Integer>>();
      for (var client = 1; client <= CLIENTS; client++) {
        all.add(clients.number(client));
      }
      for (var done : threads.invokeAll(all)) {
        assertThat(done.get()).isZero();
      }
    }
  }

  private static String path() {
    return "/v2/models/espresso/infer";
  }

  /** A raw binary request. */
  private static byte[] row(int size, float element) {
    var bytes = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(element);
    }
    return bytes.array();
  }

  /** The binary tensor at the end of an answer. */
  private static float[] floats(byte[] answer, int count) {
    var read = new float[count];
    ByteBuffer.wrap(answer, answer.length - count * Float.BYTES, count * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(read);
    return read;
  }
}
