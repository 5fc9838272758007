package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.SharedObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A pod that serves {@code simple}, and an object of 256 bytes registered as region "mine". */
abstract class SharedMemoryStory {
  static final String PATH = "/v2/systemsharedmemory";
  static final String INFER = "/v2/models/espresso/infer";

  final PodClient pod = new PodClient();
  SharedObject object;

  @BeforeEach
  void register() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
    object = SharedObject.ofSimple(SharedObject.OF_THE_POD);
    assertThat(register("mine", registration(256)).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void leave() throws Exception {
    assertThat(post(PATH + "/unregister", "").statusCode()).isEqualTo(200);
    object.close();
  }

  String registration(int byteSize) {
    return "{\"key\":\"%s\",\"offset\":0,\"byte_size\":%d}".formatted(object.key(), byteSize);
  }

  HttpResponse<byte[]> register(String name, String body) throws Exception {
    return post(PATH + "/region/" + name + "/register", body);
  }

  HttpResponse<byte[]> post(String path, String body) throws IOException, InterruptedException {
    return pod.post(path, body.getBytes(UTF_8), null);
  }

  static void assertRefused(int status, String why, HttpResponse<byte[]> answer)
      throws IOException {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    assertThat(PodClient.json(answer).get("error").asText()).contains(why).doesNotContain("\n");
  }
}
