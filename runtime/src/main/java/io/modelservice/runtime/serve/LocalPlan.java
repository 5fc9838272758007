package io.modelservice.runtime.serve;

import io.modelservice.crds.RuntimeSpec.Batching;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.RuntimeConfig;
import io.modelservice.runtime.command.Terminal;
import io.modelservice.runtime.pod.Pod;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives the pod a plan for one folder and tells the user how it went. */
@ApplicationScoped
public class LocalPlan {
  private static final String REVISION = "local";
  private static final long LOOK_MILLIS = 50;

  private final RuntimeConfig config;
  private final Pod pod;
  private final int port;
  private final PrintStream terminal = System.out;

  LocalPlan(RuntimeConfig config, Pod pod, @ConfigProperty(name = "quarkus.http.port") int port) {
    this.config = config;
    this.pod = pod;
    this.port = port;
  }

  void start(@Observes StartupEvent event) {
    config
        .serve()
        .folder()
        .map(folder -> new ModelFolder(folder, config.serve().task()))
        .ifPresent(
            folder -> {
              pod.accept(plan(folder));
              Thread.ofPlatform().daemon().name("serve").start(() -> tell(folder));
            });
  }

  private ServingPlan plan(ModelFolder folder) {
    var entry =
        new Entry(
            REVISION, Role.Stable, folder.path().toUri().toString(), null, null, settings(folder));
    var token = UUID.randomUUID().toString();
    return new ServingPlan(
        ServingPlan.VERSION, 1, "local/" + folder.model(), token, config.pod(), List.of(entry));
  }

  private Settings settings(ModelFolder folder) {
    var maxBatch = config.serve().maxBatch();
    var batching = maxBatch.isPresent() ? new Batching(maxBatch.getAsInt()) : null;
    return new Settings(folder.task().orElse(null), null, null, null, batching, null);
  }

  private void tell(ModelFolder folder) {
    try {
      while (!pod.ready()) {
        var failed =
            pod.state()
                .revision(REVISION)
                .filter(revision -> revision.phase() == PodState.Phase.Failed);
        if (failed.isPresent() && failed.get().failure() != null) {
          System.err.println(failed.get().failure().message());
          Quarkus.asyncExit(1);
          return;
        }
        Thread.sleep(LOOK_MILLIS);
      }
      pod.state().revision(REVISION).ifPresent(revision -> greet(folder, revision));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private void greet(ModelFolder folder, PodState.Revision revision) {
    var url = "http://localhost:" + port;
    terminal.printf("%s answers at %s/v2/models/%s%n", folder.path(), url, folder.model());
    terminal.printf("  gRPC at localhost:%d%n", config.grpc().port());
    if (revision.model() != null) {
      Terminal.tell(terminal, revision.model());
    }
    terminal.println(
        folder
            .task()
            .map(task -> "  curl " + body(task) + " " + url + "/v1/tasks/" + task.id())
            .orElse("  curl " + url + "/v2/models/" + folder.model()));
  }

  private static String body(Task task) {
    return switch (task) {
      case IMAGE_CLASSIFICATION, IMAGE_FEATURE_EXTRACTION -> "--data-binary @photo.jpg";
      case FEATURE_EXTRACTION, TEXT_CLASSIFICATION -> "-d '{\"inputs\": \"a text\"}'";
      case TEXT_RANKING -> "-d '{\"query\": \"a question\", \"documents\": [\"a text\"]}'";
      case AUDIO_CLASSIFICATION, VOICE_ACTIVITY_DETECTION -> "--data-binary @sound.wav";
    };
  }
}
