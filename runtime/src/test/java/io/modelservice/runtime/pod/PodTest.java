package io.modelservice.runtime.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.PodState.Revision;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.PodClient;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod follows its plan while sources come and go. */
class PodTest {
  private static final Settings SETTINGS = new Settings(null, null, 1, null, null, null);

  private final Path disk;
  private final Path cgroup;
  private final WebServer web = new WebServer();
  private final Pod pod;

  PodTest(@TempDir Path folder) {
    disk = folder.resolve("disk");
    cgroup = folder;
    var sources = new SourceFactory(new Credentials(folder.resolve("absent"), Map.of()));
    var store = new ArtifactStore(disk);
    var memory =
        new MemoryCheck(new Memory(cgroup, cgroup.resolve("meminfo"), cgroup.resolve("status")));
    var loader = new Loader(new OrtEngine(), memory, 2);
    var supply =
        new Supply("espresso-1", new Fetcher(sources, store), plan -> List.of(), Supply.PATIENCE);
    pod = new Pod("espresso-1", new Workers(supply, store, loader));
  }

  @AfterEach
  void stop() {
    pod.close();
    web.close();
  }

  @Test
  void anArtifactThatIsUploadedLaterIsServed() throws IOException {
    pod.accept(plan(1, stable("a", "/a/model.onnx")));
    await()
        .untilAsserted(
            () -> {
              assertThat(revision("a").phase()).isEqualTo(Phase.Fetching);
              assertThat(PodClient.reason(revision("a").failure()))
                  .isEqualTo(Reason.ArtifactNotFound);
            });
    assertThat(pod.ready()).isFalse();

    upload("/a/model.onnx");

    await().until(pod::ready);
    assertThat(revision("a").phase()).isEqualTo(Phase.Serving);
    assertThat(revision("a").failure()).isNull();
    assertThat(revision("a").timings().warmUpMillis()).isNotNull();
  }

  @Test
  void aRevisionThatLeftThePlanIsDroppedWithItsFiles() throws IOException {
    upload("/a/model.onnx");
    upload("/b/model.onnx");
    pod.accept(plan(1, stable("a", "/a/model.onnx")));
    await().until(pod::ready);
    assertThat(disk.resolve("a")).exists();

    pod.accept(plan(2, stable("b", "/b/model.onnx")));

    await().untilAsserted(() -> assertThat(pod.state().models()).hasSize(1));
    assertThat(revision("b").phase()).isEqualTo(Phase.Serving);
    assertThat(disk.resolve("a")).doesNotExist();
  }

  @Test
  void aFetchThatNeverSucceedsIsStoppedWhenThePlanChanges() throws IOException {
    upload("/b/model.onnx");
    pod.accept(plan(1, stable("a", "/absent.onnx")));
    pod.accept(plan(2, stable("b", "/b/model.onnx")));
    await().until(pod::ready);
    await().untilAsserted(() -> assertThat(pod.state().models()).hasSize(1));
  }

  @Test
  void aModelThatDoesNotFitIsNotLoaded() throws IOException {
    Files.writeString(cgroup.resolve("memory.max"), "67108864\n");
    Files.writeString(cgroup.resolve("memory.current"), "40000000\n");
    upload("/a/model.onnx");
    pod.accept(plan(1, stable("a", "/a/model.onnx")));
    await().untilAsserted(() -> assertThat(revision("a").phase()).isEqualTo(Phase.Failed));
    assertThat(PodClient.reason(revision("a").failure())).isEqualTo(Reason.DoesNotFit);
    assertThat(pod.ready()).isFalse();
  }

  @Test
  void filesOfAnEarlierProcessThatNobodyWantsAreDeleted() throws IOException {
    Files.createDirectories(disk.resolve("old/files"));
    upload("/a/model.onnx");
    pod.accept(plan(1, stable("a", "/a/model.onnx")));
    assertThat(disk.resolve("old")).doesNotExist();
  }

  @Test
  void aCandidateIsFetchedOnlyWhenStableAnswers() throws IOException {
    upload("/b/model.onnx");
    upload("/a/model.onnx");
    var candidate = stable("b", "/b/model.onnx").withRole(Role.Candidate);
    pod.accept(plan(1, stable("a", "/a/model.onnx"), candidate));
    assertThat(revision("b").phase()).isEqualTo(Phase.Waiting);
    await().untilAsserted(() -> assertThat(revision("b").phase()).isEqualTo(Phase.Serving));
    assertThat(pod.answering().orElseThrow().revision()).isEqualTo("a");
  }

  private void upload(String path) throws IOException {
    web.put(path, Files.readAllBytes(TestModels.folder("simple").resolve("model.onnx")));
  }

  private Entry stable(String revision, String path) {
    return new Entry(revision, Role.Stable, web.uri(path), null, null, SETTINGS);
  }

  private static ServingPlan plan(long sequence, Entry... entries) {
    return new ServingPlan(
        1, sequence, "default/espresso", "token", "espresso-1", List.of(entries));
  }

  private Revision revision(String name) {
    return pod.state().revision(name).orElseThrow();
  }
}
