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

  /** As the plan has it once a pod has fetched the artifact. */
  static Entry confirmed(String uri, Artifact artifact) {
    return of(uri, null).withContent(artifact.pin(), artifact.digest());
  }
}
