package io.modelservice.runtime.fetch;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Sentences;
import io.modelservice.runtime.source.peer.Patience;
import io.modelservice.runtime.source.peer.Peer;
import io.modelservice.runtime.source.peer.PeerSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings an artifact to this pod so that the source is read once for all pods of a service: the
 * plan's seed reads it, the others take the files from the seed, each as soon as it is there. Where
 * the seed comes no further, a pod reads the source itself.
 */
public final class Supply {
  /** How long a pod waits for a seed that comes no further. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Logger LOG = Logger.getLogger(Supply.class);

  /** Of a large service only some are asked. */
  private static final int MOST_ASKED = 8;

  private final String pod;
  private final Fetcher fetcher;
  private final Function<ServingPlan, List<Peer>> siblings;
  private final Duration limit;

  /**
   * The supply of one pod.
   *
   * @param pod its name
   * @param siblings finds the pods of the plan's service
   * @param limit how long to wait for a seed that comes no further
   */
  public Supply(
      String pod, Fetcher fetcher, Function<ServingPlan, List<Peer>> siblings, Duration limit) {
    this.pod = pod;
    this.fetcher = fetcher;
    this.siblings = siblings;
    this.limit = limit;
  }

  /** Where a pod takes an artifact from. */
  private sealed interface Way {}

  /** It reads the source, for all or for itself. */
  private record Origin() implements Way {}

  /** From another pod. */
  private record Sibling(Peer seed) implements Way {}

  /** The operator has not chosen a seed yet. */
  private record Unknown() implements Way {}

  /**
   * One attempt. Blocks; interrupt its thread to stop it.
   *
   * @param plan the one in force at each moment, because the seed may change meanwhile
   * @throws FetchException with the cause as one sentence
   * @throws InterruptedException if the thread was interrupted
   */
  public Artifact fetch(Entry entry, Progress progress, Supplier<Optional<ServingPlan>> plan)
      throws FetchException, InterruptedException {
    var kept = fetcher.kept(entry, progress);
    if (kept.isPresent()) {
      return kept.get();
    }
    if (!fetcher.isHere(entry)) {
      var taken = fromSeed(entry, progress, plan);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    return fetcher.read(entry, progress);
  }

  /** Empty if this pod is to read the source. */
  private Optional<Artifact> fromSeed(
      Entry entry, Progress progress, Supplier<Optional<ServingPlan>> plan)
      throws FetchException, InterruptedException {
    var patience = new Patience(limit, progress::done);
    Way before = new Unknown();
    while (true) {
      var way = way(plan.get());
      if (way instanceof Origin) {
        return Optional.empty();
      }
      if (!way.equals(before)) {
        patience = new Patience(limit, progress::done);
        before = way;
      }
      if (way instanceof Sibling(var seed)) {
        var source =
            new PeerSource(seed, current(entry, plan), patience, () -> way.equals(way(plan.get())));
        var taken = attempt(source, entry, progress);
        if (taken.isPresent()) {
          return taken;
        }
      }
      if (patience.over()) {
        return fromAny(current(entry, plan), progress, plan.get());
      }
      patience.pause();
    }
  }

  /** The last look around before the source is read once more. */
  private Optional<Artifact> fromAny(Entry entry, Progress progress, Optional<ServingPlan> plan)
      throws FetchException, InterruptedException {
    var able =
        plan.map(siblings).orElse(List.of()).stream()
            .limit(MOST_ASKED)
            .filter(peer -> peer.hasAll(entry))
            .findFirst();
    if (able.isEmpty()) {
      LOG.warnf("revision %s: no pod has it, its source is read", entry.revision());
      return Optional.empty();
    }
    var patience = new Patience(limit, progress::done);
    return attempt(new PeerSource(able.get(), entry, patience, () -> true), entry, progress);
  }

  private Optional<Artifact> attempt(PeerSource seed, Entry entry, Progress progress)
      throws FetchException, InterruptedException {
    try (seed) {
      var artifact = fetcher.from(seed, entry, progress);
      seed.confirm(artifact.digest());
      LOG.infof("revision %s: taken from %s", entry.revision(), seed.place());
      return Optional.of(artifact);
    } catch (FetchException | IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the fetch was stopped");
      }
      if (e instanceof FetchException failed && failed.reason() == Reason.DiskFull) {
        throw failed; // it would not fit from the source either
      }
      LOG.infof("revision %s: %s: %s", entry.revision(), seed.place(), Sentences.of(e));
      return Optional.empty();
    }
  }

  private Way way(Optional<ServingPlan> plan) {
    if (plan.isEmpty()) {
      return new Origin();
    }
    var seed = plan.get().seed();
    var address = plan.get().seedAddress();
    if (seed == null) {
      return new Unknown();
    }
    return address == null || seed.equals(pod)
        ? new Origin()
        : new Sibling(new Peer(seed, address, plan.get().token()));
  }

  /** The digest may have become known since the entry was read. */
  private static Entry current(Entry entry, Supplier<Optional<ServingPlan>> plan) {
    return plan.get().flatMap(now -> now.entry(entry.revision())).orElse(entry);
  }
}
