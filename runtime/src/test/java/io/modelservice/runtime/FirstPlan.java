package io.modelservice.runtime;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Mounts the first plan, as the kubelet does before the process starts. */
public final class FirstPlan implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    var entry =
        PodClient.entry("f1f1f1f1f1", Role.Stable, TestModels.uri("simple"), PodClient.DEFAULTS);
    var plan =
        new ServingPlan(1, 1, "default/espresso", PodClient.TOKEN, PodClient.POD, List.of(entry));
    try {
      var file = Path.of("target/pod/plan.json");
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, ContractJson.write(plan));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of();
  }

  @Override
  public void stop() {}
}
