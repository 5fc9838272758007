package io.modelservice.runtime.management;

import io.modelservice.runtime.RuntimeConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the mounted plan at start and whenever its content changes. The kubelet swaps a link and
 * tells nobody, so the file is looked at again and again.
 */
@ApplicationScoped
public class PlanFile {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Path file;
  private final boolean used;
  private final PlanReceiver receiver;
  private byte[] last = {};
  private @Nullable Thread watcher;

  PlanFile(RuntimeConfig config, PlanReceiver receiver) {
    this.file = config.plan().file();
    this.used = config.serve().folder().isEmpty();
    this.receiver = receiver;
  }

  void start(@Observes StartupEvent event) {
    if (used) {
      look();
      watcher = Thread.ofPlatform().daemon().name("plan-file").start(this::watch);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (watcher != null) {
      watcher.interrupt();
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped
    }
  }

  private void look() {
    try {
      var now = Files.readAllBytes(file);
      if (!Arrays.equals(now, last)) {
        last = now;
        receiver.file(now);
      }
    } catch (IOException e) {
      last = new byte[0]; // not mounted yet: the next look finds it
    }
  }
}
