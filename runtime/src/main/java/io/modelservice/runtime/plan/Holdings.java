package io.modelservice.runtime.plan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a pod holds.
 *
 * @param pod the pod's name
 * @param answering the revision that answers users; null before the first
 */
public record Holdings(String pod, List<Held> all, @Nullable String answering) {

  Optional<Held> find(String revision) {
    return all.stream().filter(held -> held.revision().equals(revision)).findFirst();
  }

  boolean answers(String revision) {
    return revision.equals(answering);
  }

  boolean retiring() {
    return all.stream().anyMatch(held -> held.stage() == Stage.Retiring);
  }

  /** Whether a model is about to take or leave memory. */
  boolean changing() {
    return retiring() || all.stream().anyMatch(held -> held.stage() == Stage.Loading);
  }

  long inMemory() {
    return all.stream().filter(held -> held.stage().inMemory()).count();
  }
}
