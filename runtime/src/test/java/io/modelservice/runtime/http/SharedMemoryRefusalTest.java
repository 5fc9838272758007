package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.runtime.FirstPlan;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who names a place in shared memory that is none, or may not, is told so in one line. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class SharedMemoryRefusalTest extends SharedMemoryStory {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"mine\" | \"moon\" | tensor 'INPUT0': there is no shared memory region 'moon'",
        "\"mine\" | 7 | shared_memory_region must be a string",
        "_offset\":0, | _offset\":193, | does not hold 64 bytes at offset 193",
        "_offset\":0, | _offset\":-1, | shared_memory_offset -1 is out of range",
        "_offset\":0, | _offset\":9223372036854775807, | does not hold 64 bytes",
        "_byte_size\":64 | _byte_size\":60 | input 'INPUT0' of shape [1, 16] takes 64 bytes, not 60",
        "_byte_size\":64 | _byte_size\":257 | does not hold 257 bytes",
        "_byte_size\":64 | _byte_size\":\"64\" | shared_memory_byte_size must be a whole number",
        ",\"shared_memory_byte_size\":64 | | has shared_memory_region but no shared_memory_byte_size",
        "\"shape\" | \"data\":[1],\"shape\" | has both data and shared_memory_region",
      })
  void aPlaceThatIsNoneIsRefused(String part, @Nullable String replacement, String why)
      throws Exception {
    var first =
        SharedMemoryTest.tensor("INPUT0", 0).replace(part, replacement == null ? "" : replacement);
    var body = "{\"inputs\": [%s, %s]}".formatted(first, SharedMemoryTest.tensor("INPUT1", 64));
    assertRefused(400, why, post(INFER, body));
  }

  @Test
  void aPlaceThatIsTooSmallForAnOutputIsRefused() throws Exception {
    var body =
        "{\"inputs\": [%s], \"outputs\": [%s]}"
            .formatted(SharedMemoryTest.INPUTS, SharedMemoryTest.wish("OUTPUT0", 128, 60));
    assertRefused(400, "'OUTPUT0' has 64 bytes, its place in shared memory", post(INFER, body));
  }

  @Test
  void classesDoNotGoIntoARegion() throws Exception {
    var wish = SharedMemoryTest.wish("OUTPUT0", 128, 64).replace("}}", ",\"classification\":1}}");
    var body = "{\"inputs\": [%s], \"outputs\": [%s]}".formatted(SharedMemoryTest.INPUTS, wish);
    assertRefused(400, "both classification and shared_memory_region", post(INFER, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"key\":\"/etc/passwd\",\"byte_size\":8} | no key of a shared memory object",
        "{\"key\":\"/../pod/plan.json\",\"byte_size\":8} | no key of a shared memory object",
        "{\"key\":\"/moon\",\"byte_size\":8} | there is no shared memory object '/moon'",
        "{\"key\":\"/moon\"} | needs a key and a byte_size",
        "{\"key\":1,\"byte_size\":8} | key must be a string",
        "{\"key\":\"/moon\",\"byte_size\":-8} | byte_size -8 is out of range",
        "[] | must be a JSON object",
        "{} {} | goes on after its JSON object",
        "~~ | must be a JSON object",
      })
  void aRegistrationThatMakesNoSenseIsRefused(String body, String why) throws Exception {
    assertRefused(400, why, register("other", body));
  }

  @Test
  void aWebPageMayNotRegisterAny() throws Exception {
    var body = registration(8).getBytes(UTF_8);
    var path = PATH + "/region/other/register";
    var answer = pod.post(path, body, "Origin", "https://moon.example");
    assertRefused(403, "a web page may not register shared memory", answer);
  }

  @Test
  void aNameIsGivenOnce() throws Exception {
    assertRefused(409, "'mine' is registered already", register("mine", registration(8)));
  }

  @Test
  void aRegistrationIsSmall() throws Exception {
    var large = "{\"key\": \"" + "x".repeat(1 << 14) + "\"}";
    assertRefused(413, "larger than the limit of 16384", register("other", large));
  }

  @Test
  void memoryOfGpusIsNotOffered() throws Exception {
    var answer = post("/v2/cudasharedmemory/region/mine/register", "{}");
    assertRefused(404, "there is no POST /v2/cudasharedmemory", answer);
  }
}
