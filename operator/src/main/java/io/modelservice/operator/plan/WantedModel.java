package io.modelservice.operator.plan;

import io.modelservice.crds.ModelServiceSpec;
import io.modelservice.crds.RuntimeSpec;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Settings;
import org.jspecify.annotations.Nullable;

/** The model-level fields of a spec, exactly as the user set them. */
public record WantedModel(String uri, Settings settings) {

  public static WantedModel of(ModelServiceSpec spec) {
    return new WantedModel(spec.model().uri(), settings(spec.model().task(), spec.runtime()));
  }

  private static Settings settings(@Nullable Task task, @Nullable RuntimeSpec runtime) {
    return runtime == null
        ? Settings.of(task)
        : new Settings(
            task,
            runtime.executionProvider(),
            runtime.instances(),
            runtime.timeout(),
            runtime.batching(),
            runtime.queue());
  }

  public boolean is(Entry entry) {
    return uri.equals(entry.uri()) && settings.equals(entry.settings());
  }
}
