package io.modelservice.runtime.pod;

import io.modelservice.runtime.fetch.ArtifactStore;
import io.modelservice.runtime.fetch.Fetcher;

/** Who does the long work of a pod. */
public record Workers(Fetcher fetcher, ArtifactStore store, Loader loader) {}
