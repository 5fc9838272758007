package io.modelservice.runtime.plan;

import io.modelservice.crds.contract.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One revision that a pod holds.
 *
 * @param digest of the files that were fetched; null before
 * @param failure why it failed, or why its fetch must try again
 */
public record Held(
    String revision, Stage stage, @Nullable String digest, @Nullable Reason failure) {

  /** Nothing more comes of it by itself: it failed, or its source keeps failing. */
  boolean hindered() {
    return stage == Stage.Failed || (stage == Stage.Fetching && failure != null);
  }
}
