package io.modelservice.runtime.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelservice.runtime.batching.Priority;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The priority of a request is known before its tensors are read. */
class PriorityReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> MEMBERS =
      List.of(
          "\"id\": \"say \\\"parameters\\\": {\\\"priority\\\": 3}\"",
          "\"outputs\": [{\"name\": \"y\", \"parameters\": {\"priority\": 1}}]",
          "\"inputs\": [%s]",
          "\"parameters\": {\"timeout\": 5, \"priority\": %d, \"mine\": {\"parameters\": {}}}");

  @Property
  void itIsFoundWhereverTheClientPutsIt(
      @ForAll("orders") List<String> members,
      @ForAll @IntRange(max = 5) int level,
      @ForAll @IntRange(max = 3000) int numbers)
      throws Exception {
    var data = "1.5,".repeat(numbers) + "2";
    var input =
        "{\"parameters\": {\"priority\": 1}, \"name\": \"parameters\", \"data\": [%s]}"
            .formatted(data);
    var request =
        "{"
            + String.join(", ", members).replace("%s", input).replace("%d", Integer.toString(level))
            + "}";

    var parsed = (ObjectNode) JSON.readTree(request);
    var expected = Priority.of(parsed.at("/parameters/priority").asLong());
    assertThat(priority(request)).as(request).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> orders() {
    var shuffled = Arbitraries.shuffle(MEMBERS);
    var count = Arbitraries.integers().between(0, MEMBERS.size());
    return Combinators.combine(shuffled, count).as((members, some) -> members.subList(0, some));
  }

  @Example
  void itIsNotLookedForAmongTheTensors() {
    var outputs = "{\"name\": \"y\"},".repeat(PriorityReader.NEAR) + "{\"name\": \"y\"}";
    var request =
        "{\"inputs\": [], \"parameters\": {\"priority\": 1}, \"outputs\": [" + outputs + "]}";

    assertThat(priority(request)).isEqualTo(Priority.NORMAL);
  }

  @Example
  void aRequestThatNamesParametersOverAndOverIsNotWalkedThroughEachTime() {
    var many = "\"parameters\": {}, ".repeat(PriorityReader.MOST_TRIED);
    var request =
        "{\"inputs\": [], \"parameters\": {\"priority\": 1}, \"outputs\": [{%s\"name\": \"y\"}]}"
            .formatted(many);

    assertThat(priority(request)).isEqualTo(Priority.NORMAL);
  }

  @Example
  void onlyTheJsonPartIsLookedAt() {
    var request = "{\"inputs\": []}{\"parameters\": {\"priority\": 1}}".getBytes(UTF_8);

    assertThat(PriorityReader.read(request, 14)).isEqualTo(Priority.NORMAL);
    assertThat(PriorityReader.read(request, 0)).isEqualTo(Priority.NORMAL);
  }

  @Property
  void damagedRequestsHaveTheDefault(@ForAll("damaged") String request) {
    assertThat(priority(request)).isEqualTo(Priority.NORMAL);
  }

  @Provide
  Arbitrary<String> damaged() {
    return Arbitraries.of(
        "",
        "[]",
        "{\"parameters\"",
        "{\"inputs\": [], \"parameters\": {\"priority\": 1}",
        "{\"inputs\": [], \"parameters\": {\"priority\": \"high\"}}",
        "{\"inputs\": [], \"parameters\": {\"priority\": -1}}",
        "{\"inputs\": [], \"parameters\": [1]}");
  }

  private static Priority priority(String request) {
    var bytes = request.getBytes(UTF_8);
    return PriorityReader.read(bytes, bytes.length);
  }
}
