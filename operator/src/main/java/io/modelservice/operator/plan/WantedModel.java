package io.modelservice.operator.plan;

import io.modelservice.crds.ModelServiceSpec;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Settings;

/** The model-level fields of a spec, exactly as the user set them. */
public record WantedModel(String uri, Settings settings) {

  public static WantedModel of(ModelServiceSpec spec) {
    var runtime = spec.runtime();
    var settings =
        new Settings(
            spec.model().task(),
            runtime == null ? null : runtime.executionProvider(),
            runtime == null ? null : runtime.instances(),
            runtime == null ? null : runtime.timeout());
    return new WantedModel(spec.model().uri(), settings);
  }

  public boolean is(Entry entry) {
    return uri.equals(entry.uri()) && settings.equals(entry.settings());
  }
}
