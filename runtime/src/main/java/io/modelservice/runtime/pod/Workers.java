package io.modelservice.runtime.pod;

import io.modelservice.runtime.fetch.ArtifactStore;
import io.modelservice.runtime.fetch.Supply;

/** Who does the long work of a pod. */
public record Workers(Supply supply, ArtifactStore store, Loader loader) {}
