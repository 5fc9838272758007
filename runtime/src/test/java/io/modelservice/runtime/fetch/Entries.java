package io.modelservice.runtime.fetch;

import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import org.jspecify.annotations.Nullable;

/** Entries of plans. */
final class Entries {
  private Entries() {}

  static Entry of(String uri, @Nullable String digest) {
    var settings = Settings.DEFAULT;
    return new Entry("aaaaaaaaaa", Role.Stable, uri, null, digest, settings);
  }
}
