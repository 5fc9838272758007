package io.modelservice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.runtime.plan.PlanCheck;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The golden JSON of the contract is what this side reads and writes. */
class ContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theGoldenPlanIsAPlanThatThisRuntimeTakes() throws IOException {
    var plan = ContractJson.readPlan(golden("plan-v1.json"));
    assertThat(PlanCheck.problem(plan)).isEmpty();
    assertThat(plan.stable()).isPresent();
  }

  @Test
  void theGoldenStateIsWrittenAsItIsRead() throws IOException {
    var state = golden("state-v1.json");
    var written = ContractJson.write(ContractJson.readState(state)).getBytes(UTF_8);
    assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(state));
  }

  private static byte[] golden(String name) throws IOException {
    var place = "/META-INF/modelservice/contract/" + name;
    try (var in = Objects.requireNonNull(ContractTest.class.getResourceAsStream(place))) {
      return in.readAllBytes();
    }
  }
}
