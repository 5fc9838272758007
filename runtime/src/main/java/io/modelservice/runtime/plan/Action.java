package io.modelservice.runtime.plan;

import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.ServingPlan.Entry;

/** One thing that a pod does to come nearer to its plan. */
public sealed interface Action {

  /** Start to fetch the artifact. */
  record Fetch(Entry entry) implements Action {}

  /** Start to load and warm up what was fetched. */
  record Load(Entry entry) implements Action {}

  /** Answer users with this revision from now on. */
  record Answer(String revision) implements Action {}

  /** Take no new request, finish the running ones, then leave memory and disk. */
  record Retire(String revision) implements Action {}

  /** Stop its fetch, if there is one, and forget it with its files; it is not in memory. */
  record Drop(String revision) implements Action {}

  /** Leave memory, stop answering, keep only the failure. */
  record Fail(String revision, Failure failure) implements Action {}
}
