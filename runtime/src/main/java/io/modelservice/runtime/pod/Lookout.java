package io.modelservice.runtime.pod;

import io.modelservice.crds.Durations;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.runtime.fetch.SourceFactory;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks what is at the URI of the stable model, as often as the plan says, and tells the pod. An
 * upload of many files is not over after the first: content counts when two looks in a row see it,
 * so there are two in each interval.
 */
public final class Lookout implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Lookout.class);

  private final Pod pod;
  private final SourceFactory sources;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lookout").factory());
  private @Nullable String interval;
  private @Nullable Future<?> looks;
  private @Nullable SourcePin seen; // only the timer's thread

  public Lookout(Pod pod, SourceFactory sources) {
    this.pod = pod;
    this.sources = sources;
    pod.watch(this::follow);
  }

  /** Takes over the interval of the plan in force. */
  private synchronized void follow() {
    var wanted = pod.plan().map(ServingPlan::lookEvery).orElse(null);
    if (Objects.equals(interval, wanted)) {
      return;
    }
    interval = wanted;
    if (looks != null) {
      looks.cancel(false);
      looks = null;
    }
    if (wanted != null) {
      var pause = Durations.parse(wanted).dividedBy(2).toMillis();
      looks = timer.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    pod.stableEntry().ifPresent(this::look);
  }

  private void look(Entry stable) {
    try (var source = sources.open(stable.unpinned())) {
      var now = Listings.pin(source, source.list());
      if (now.equals(seen)) {
        pod.found(stable.revision(), now);
      }
      seen = now;
    } catch (FetchException e) {
      LOG.warnf("looking for new content failed: %s: %s", e.reason(), e.getMessage());
    } catch (RuntimeException e) { // the next look must come all the same
      LOG.error("looking for new content failed", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
