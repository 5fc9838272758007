package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors that lie in shared memory and do not travel, over REST. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class SharedMemoryTest extends SharedMemoryStory {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String INPUTS = tensor("INPUT0", 0) + ", " + tensor("INPUT1", 64);

  @Test
  void theServerAnnouncesIt() throws Exception {
    assertThat(get("/v2").get("extensions").toString()).contains("\"system_shared_memory\"");
  }

  @Test
  void registeredRegionsHaveAStatus() throws Exception {
    assertThat(register("other", registration(8)).statusCode()).isEqualTo(200);

    var mine =
        "{\"name\":\"mine\",\"key\":\"%s\",\"offset\":0,\"byte_size\":256}".formatted(object.key());
    assertThat(get(PATH + "/region/mine/status").toString()).isEqualTo("[" + mine + "]");
    assertThat(get(PATH + "/status")).hasSize(2);
  }

  @Test
  void inputsComeFromARegion() throws Exception {
    var answer = PodClient.json(post(INFER, "{\"inputs\": [%s]}".formatted(INPUTS)));
    assertThat(answer.at("/outputs/0/data").toString()).startsWith("[1,2,3,").endsWith(",15,16]");
    assertThat(answer.at("/outputs/1/data").toString()).startsWith("[-1,0,1,");
  }

  @Test
  void outputsGoIntoARegion() throws Exception {
    var outputs = wish("OUTPUT1", 192, 64) + ", " + wish("OUTPUT0", 128, 64);
    var body = "{\"inputs\": [%s], \"outputs\": [%s]}".formatted(INPUTS, outputs);

    var output = PodClient.json(post(INFER, body)).at("/outputs/1");

    assertThat(object.numbers(128)).startsWith(1, 2, 3).endsWith(15, 16);
    assertThat(object.numbers(192)).startsWith(-1, 0, 1);
    assertThat(output.has("data")).isFalse();
    assertThat(output.get("name").asText()).isEqualTo("OUTPUT0");
    assertThat(output.get("shape").toString()).isEqualTo("[1,16]");
    assertThat(output.get("parameters").toString()).isEqualTo(place("mine", 128, 64));
  }

  @Test
  void oneTensorMayTravelAndAnotherNot() throws Exception {
    var numbers = "5,".repeat(15) + 5;
    var travels =
        "{\"name\":\"INPUT1\",\"datatype\":\"INT32\",\"shape\":[1,16],\"data\":[" + numbers + "]}";
    var body =
        "{\"inputs\": [%s, %s], \"outputs\": [{\"name\": \"OUTPUT0\"}, %s]}"
            .formatted(tensor("INPUT0", 0), travels, wish("OUTPUT1", 128, 128));

    var answer = PodClient.json(post(INFER, body));

    assertThat(answer.at("/outputs/0/data").toString()).startsWith("[5,6,7,");
    assertThat(object.numbers(128)).startsWith(-5, -4, -3);
  }

  @ParameterizedTest
  @CsvSource({
    "bool, 4",
    "int8, 4",
    "uint8, 4",
    "int16, 2",
    "int32, 1",
    "int64, 1",
    "fp16, 2",
    "bf16, 2",
    "fp32, 1",
    "fp64, 1"
  })
  void everyDatatypeComesBackAsItWas(String datatype, int count) throws Exception {
    pod.serve("identity-" + datatype, PodClient.DEFAULTS);
    var bytes = new byte[] {1, 0, 0, 1, 1, 1, 0, 1};
    var size = datatype.endsWith("64") ? 8 : 4;
    object.write(0, bytes);

    identity(datatype, count, size);

    assertThat(object.bytes(128, 8)).startsWith(Arrays.copyOf(bytes, size));
  }

  @Test
  void stringsHaveTheirLengthsBeforeThem() throws Exception {
    pod.serve("identity-bytes", PodClient.DEFAULTS);
    var strings = new byte[] {2, 0, 0, 0, 'a', 'b', 1, 0, 0, 0, 'c'};
    object.write(0, strings);

    identity("bytes", 2, strings.length);

    assertThat(object.bytes(128, strings.length)).isEqualTo(strings);
  }

  private void identity(String datatype, int count, int size) throws Exception {
    var input =
        "{\"name\":\"in\",\"datatype\":\"%s\",\"shape\":[%d],\"parameters\":%s}"
            .formatted(datatype.toUpperCase(Locale.ROOT), count, place("mine", 0, size));
    var body = "{\"inputs\":[%s],\"outputs\":[%s]}".formatted(input, wish("out", 128, 64));
    var answer = post(INFER, body);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
  }

  @Test
  void anObjectThatItsClientTruncatesHarmsThatClientAlone() throws Exception {
    object.truncate(100);
    var body = "{\"inputs\": [%s]}".formatted(INPUTS);
    assertRefused(400, "is shorter than when it was registered", post(INFER, body));

    object.write(0, new byte[256]);
    assertThat(post(INFER, body).statusCode()).isEqualTo(200);
  }

  @Test
  void anUnregisteredRegionIsGone() throws Exception {
    assertThat(post(PATH + "/region/mine/unregister", "").statusCode()).isEqualTo(200);
    assertThat(get(PATH + "/status")).isEmpty();
    assertThat(pod.get(PATH + "/region/mine/status").statusCode()).isEqualTo(404);
    var body = "{\"inputs\": [%s]}".formatted(INPUTS);
    assertRefused(400, "there is no shared memory region 'mine'", post(INFER, body));
  }

  static String tensor(String name, int offset) {
    return "{\"name\":\"%s\",\"datatype\":\"INT32\",\"shape\":[1,16],\"parameters\":%s}"
        .formatted(name, place("mine", offset, 64));
  }

  static String wish(String name, int offset, int byteSize) {
    return "{\"name\":\"%s\",\"parameters\":%s}".formatted(name, place("mine", offset, byteSize));
  }

  static String place(String region, int offset, int byteSize) {
    return "{\"shared_memory_region\":\"%s\",\"shared_memory_offset\":%d,\"shared_memory_byte_size\":%d}"
        .formatted(region, offset, byteSize);
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(pod.get(path).body());
  }
}
