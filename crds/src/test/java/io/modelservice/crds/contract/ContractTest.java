package io.modelservice.crds.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelservice.crds.contract.PodState.Phase;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Operator and runtime of different versions must read each other: the JSON is fixed. */
class ContractTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void theReleasedPlanIsReadAndWrittenAsItStands() throws IOException {
    var json = golden("plan-v1.json");
    var plan = ContractJson.readPlan(json);
    assertThat(MAPPER.readTree(ContractJson.write(plan))).isEqualTo(MAPPER.readTree(json));
    assertThat(plan.stable().orElseThrow().revision()).isEqualTo("4f1c2a9b3d");
    assertThat(plan.candidate().orElseThrow().digest()).isNull();
  }

  @Test
  void aPlanMayNameTheCommitOfASource() throws IOException {
    var json =
        bytes(
            """
            {"version":1,"sequence":1,"service":"a/b","token":"t","models":[
              {"revision":"4f1c2a9b3d","role":"Stable","uri":"hf://a/b","settings":{},
               "pin":{"files":[],"commit":"0123"}}]}
            """);
    var plan = ContractJson.readPlan(json);
    assertThat(MAPPER.readTree(ContractJson.write(plan))).isEqualTo(MAPPER.readTree(json));
  }

  @Test
  void theReleasedPodStateIsReadAndWrittenAsItStands() throws IOException {
    var json = golden("state-v1.json");
    var state = ContractJson.readState(json);
    assertThat(MAPPER.readTree(ContractJson.write(state))).isEqualTo(MAPPER.readTree(json));
    assertThat(state.revision("4f1c2a9b3d").orElseThrow().phase()).isEqualTo(Phase.Serving);
  }

  @Test
  void aFieldOfALaterVersionIsIgnored() throws IOException {
    var plan =
        ContractJson.readPlan(
            bytes(
                """
                {"version":1,"sequence":1,"service":"a/b","token":"t","models":[],"later":true}
                """));
    assertThat(plan.service()).isEqualTo("a/b");
  }

  @Test
  void aDamagedPlanIsNamed() {
    assertThatThrownBy(() -> ContractJson.readPlan(bytes("{\"version\":1,")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the plan is not readable JSON");
  }

  @Test
  void aPlanOfAnotherVersionIsNamed() {
    assertThatThrownBy(
            () ->
                ContractJson.readPlan(
                    bytes(
                        "{\"version\":2,\"sequence\":1,\"service\":\"a/b\",\"token\":\"t\",\"models\":[]}")))
        .hasMessage("the plan has version 2; this runtime reads 1");
  }

  @Test
  void aPlanWithoutAnEntrysUriIsNamed() {
    assertThatThrownBy(
            () ->
                ContractJson.readPlan(
                    bytes(
                        """
                        {"version":1,"sequence":1,"service":"a/b","token":"t","models":[{"revision":"r","role":"Stable"}]}
                        """)))
        .hasMessage("the plan lacks a field that it must have");
  }

  @Test
  void anEmptyPlanIsNamed() {
    assertThatThrownBy(() -> ContractJson.readPlan(bytes("null"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ContractJson.readPlan(bytes(""))).isInstanceOf(IOException.class);
  }

  private static byte[] golden(String name) throws IOException {
    try (var in =
        ContractTest.class.getResourceAsStream("/META-INF/modelservice/contract/" + name)) {
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }
}
