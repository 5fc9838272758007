package io.modelservice.operator.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.operator.plan.PlanRecord;
import io.modelservice.operator.plan.StoredPlan;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The plan ConfigMap: {@code plan.json} is the order that pods mount, {@code record.json} what the
 * operator remembers.
 */
public final class PlanConfigMap {
  static final String PLAN_KEY = "plan.json";
  private static final String RECORD_KEY = "record.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  private PlanConfigMap() {}

  public static ConfigMap render(ModelService service, StoredPlan plan) {
    return new ConfigMapBuilder()
        .withMetadata(
            Owned.metadata(
                service,
                Names.planConfigMap(service.getMetadata().getName()),
                Labels.Component.PLAN))
        .editMetadata()
        .withResourceVersion(plan.resourceVersion())
        .endMetadata()
        .withData(
            new TreeMap<>(
                Map.of(
                    PLAN_KEY,
                    ContractJson.write(plan.serving()),
                    RECORD_KEY,
                    ContractJson.write(plan.record()))))
        .build();
  }

  /** Empty if somebody damaged it: it is then made again from the status. */
  public static Optional<StoredPlan> read(ConfigMap map) {
    var data = Objects.requireNonNullElse(map.getData(), Map.<String, String>of());
    var plan = data.get(PLAN_KEY);
    var record = data.get(RECORD_KEY);
    if (plan == null || record == null) {
      return Optional.empty();
    }
    try {
      var serving = ContractJson.readPlan(plan.getBytes(UTF_8));
      return serving.stable().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new StoredPlan(
                  serving,
                  MAPPER.readValue(record, PlanRecord.class),
                  map.getMetadata().getResourceVersion()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
