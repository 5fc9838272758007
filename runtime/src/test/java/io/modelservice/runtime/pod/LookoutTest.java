package io.modelservice.runtime.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.PodState.Revision;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.WebServer;
import io.modelservice.runtime.engine.Memory;
import io.modelservice.runtime.engine.MemoryCheck;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.fetch.ArtifactStore;
import io.modelservice.runtime.fetch.Fetcher;
import io.modelservice.runtime.fetch.SourceFactory;
import io.modelservice.runtime.fetch.Supply;
import io.modelservice.runtime.source.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod looks from time to time whether its model has been published anew. */
class LookoutTest {
  private static final String PATH = "/a/model.onnx";
  private static final String OFTEN = "20ms";

  private final WebServer web = new WebServer();
  private final Pod pod;
  private final Lookout lookout;

  LookoutTest(@TempDir Path folder) {
    var sources = new SourceFactory(new Credentials(folder.resolve("absent"), Map.of()));
    var store = new ArtifactStore(folder.resolve("disk"));
    var loader = new Loader(new OrtEngine(), new MemoryCheck(new Memory()), 1);
    var fetcher = new Fetcher(sources, store);
    var supply = new Supply("espresso-1", fetcher, plan -> List.of(), Supply.PATIENCE);
    pod = new Pod("espresso-1", new Workers(supply, store, loader));
    lookout = new Lookout(pod, sources);
  }

  @BeforeEach
  void aModelIsPublished() throws IOException {
    publish("simple");
  }

  @AfterEach
  void stop() {
    lookout.close();
    pod.close();
    web.close();
  }

  @Test
  void newContentIsToldAndTheOldGoesOnAnswering() throws IOException {
    serve(1, OFTEN);
    await().until(() -> Objects.equals(own().newest(), own().pin()));

    publish("product");

    await().until(() -> !Objects.equals(own().newest(), own().pin()));
    assertThat(pod.ready()).isTrue();
  }

  @Test
  void nobodyLooksAnyMoreWhenThePlanNoLongerSaysSo() {
    serve(1, OFTEN);
    web.forgetRequests();
    await().until(() -> web.requests().size() > 2);

    serve(2, null);

    await().during(Duration.ofMillis(300)).until(this::noRequestCame);
  }

  @Test
  void anOriginThatIsGoneForAWhileChangesNothing() throws IOException {
    serve(1, OFTEN);
    await().until(() -> own().newest() != null);
    web.answer(PATH, 503);
    web.forgetRequests();
    await().until(() -> web.requests().size() > 2);
    assertThat(own().newest()).isEqualTo(own().pin());

    web.answer(PATH, 200);
    publish("product");
    await().until(() -> !Objects.equals(own().newest(), own().pin()));
  }

  private boolean noRequestCame() {
    var quiet = web.requests().isEmpty();
    web.forgetRequests();
    return quiet;
  }

  private void serve(long sequence, @Nullable String lookEvery) {
    var settings = new Settings(null, null, 1, null, null, null);
    var entry = new Entry("a", Role.Stable, web.uri(PATH), null, null, settings);
    pod.accept(
        new ServingPlan(
            1,
            sequence,
            "default/espresso",
            "token",
            "espresso-1",
            null,
            lookEvery,
            List.of(entry)));
    await().until(pod::ready);
  }

  private void publish(String model) throws IOException {
    web.put(PATH, Files.readAllBytes(TestModels.folder(model).resolve("model.onnx")));
  }

  private Revision own() {
    return pod.state().revision("a").orElseThrow();
  }
}
