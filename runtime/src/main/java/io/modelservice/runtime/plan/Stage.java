package io.modelservice.runtime.plan;

/** How far a pod is with a revision. */
public enum Stage {
  /** Its files are on their way. */
  Fetching,
  /** All files are here, checked. */
  Fetched,
  /** On its way into memory, warm-up included. */
  Loading,
  /** In memory; every lane has run once. */
  Warm,
  /** It will not work; nothing of it is in memory. */
  Failed,
  /** Takes no new request; leaves when the last one is done. */
  Retiring,
  /** Its fetch is being stopped and its files deleted; nothing of it is in memory. */
  Dropping;

  /** Whether the model takes memory in this stage. */
  public boolean inMemory() {
    return this == Loading || this == Warm || this == Retiring;
  }
}
