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
    var model = spec.model();
    return new WantedModel(
        model.uri(), settings(model.task(), spec.runtime()).withDigest(model.digest()));
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
    return uri.equals(entry.uri())
        && settings.withDigest(null).equals(entry.settings().withDigest(null))
        && allowsContentOf(entry);
  }

  /** A digest that names what is served already changes nothing. */
  private boolean allowsContentOf(Entry entry) {
    var digest = settings.digest();
    return digest == null
        || digest.equals(entry.digest())
        || digest.equals(entry.settings().digest());
  }
}
