package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.WebServer;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.peer.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source is read once for all pods of a service, and never instead of other content. */
class SupplyTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final WebServer web = new WebServer();
  private final AtomicReference<Optional<ServingPlan>> plan =
      new AtomicReference<>(Optional.empty());
  private List<Peer> siblings = List.of();
  private Entry entry = Entries.of("http://localhost", null);

  @BeforeEach
  void start() {
    web.put("/m/model.onnx", "0123456789");
    web.put("/m/labels.txt", "one");
    entry = Entries.of(web.uri("/m/"), null);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void aPodTakesFromTheSeedWhatItHas() throws Exception {
    var there = new ArtifactStore(folder.resolve("seed"));
    var read = fetcher(there).fetch(entry, new Progress());
    try (var seed = new SeedPod(there)) {
      plan.set(seed.plan(entry));
      web.forgetRequests();

      var taken = supply(LONG).fetch(entry, new Progress(), plan::get);

      assertThat(web.requests()).isEmpty();
      assertThat(taken.files()).isEqualTo(read.files());
      assertThat(taken.model()).hasContent("0123456789");
      assertThat(seed.given()).containsExactly("labels.txt", "model.onnx");
    }
  }

  @Test
  void aPodWaitsForFilesThatTheSeedStillReads() throws Exception {
    var there = halfRead();
    try (var seed = new SeedPod(there)) {
      plan.set(seed.plan(entry));
      var taken = inTheBackground(LONG);
      await().until(() -> seed.given().contains("labels.txt"));
      assertThat(taken).isNotDone();

      var read = fetcher(there).fetch(entry, new Progress());

      assertThat(taken.get().digest()).isEqualTo(read.digest());
      assertThat(web.requests().stream().filter("GET /m/model.onnx"::equals)).hasSize(1);
    }
  }

  @Test
  void theSeedReadsTheSource() throws Exception {
    try (var seed = new SeedPod(new ArtifactStore(folder.resolve("seed")))) {
      plan.set(seed.plan(entry));
      var supply = new Supply(SeedPod.NAME, mine(), service -> siblings, LONG);
      assertThat(supply.fetch(entry, new Progress(), plan::get).model()).hasContent("0123456789");
      assertThat(seed.given()).isEmpty();
    }
  }

  @Test
  void aPodThatIsChosenWhileItWaitsReadsTheSource() throws Exception {
    plan.set(planWithoutSeed());
    var taken = inTheBackground(LONG);
    try (var seed = new SeedPod(new ArtifactStore(folder.resolve("seed")))) {
      plan.set(seed.plan(entry)); // it has nothing yet
      plan.set(planNaming("espresso-1"));
      assertThat(taken.get().model()).hasContent("0123456789");
    }
  }

  @Test
  void aSeedThatComesNoFurtherIsNotWaitedFor() throws Exception {
    try (var seed = new SeedPod(new ArtifactStore(folder.resolve("seed")))) {
      plan.set(seed.plan(entry));
      assertThat(supply(SHORT).fetch(entry, new Progress(), plan::get).model())
          .hasContent("0123456789");
    }
  }

  @Test
  void withoutASeedAPodDoesNotWaitForEver() throws Exception {
    plan.set(planWithoutSeed());
    assertThat(supply(SHORT).fetch(entry, new Progress(), plan::get).model())
        .hasContent("0123456789");
  }

  @Test
  void whereNoSeedIsNamedAnotherPodThatHasAllIsFound() throws Exception {
    var there = new ArtifactStore(folder.resolve("seed"));
    fetcher(there).fetch(entry, new Progress());
    try (var without = new SeedPod(new ArtifactStore(folder.resolve("empty")));
        var other = new SeedPod(there)) {
      siblings = List.of(without.peer(), other.peer());
      plan.set(planWithoutSeed());
      web.forgetRequests();

      supply(SHORT).fetch(entry, new Progress(), plan::get);

      assertThat(web.requests()).isEmpty();
      assertThat(other.given()).containsExactly("labels.txt", "model.onnx");
    }
  }

  @Test
  void whatWasTakenIsNotReadAgainWhenTheSeedIsGone() throws Exception {
    var there = halfRead();
    try (var seed = new SeedPod(there)) {
      plan.set(seed.plan(entry));
      web.forgetRequests();

      supply(SHORT).fetch(entry, new Progress(), plan::get);

      assertThat(web.requests()).contains("GET /m/model.onnx").doesNotContain("GET /m/labels.txt");
    }
  }

  @Test
  void aSeedWithOtherContentThanThePlansIsNotUsed() throws Exception {
    var before = mine().fetch(entry, new Progress());
    new ArtifactStore(folder.resolve("mine")).delete("aaaaaaaaaa");
    var confirmed = Entries.confirmed(web.uri("/m/"), before);
    var there = new ArtifactStore(folder.resolve("seed"));
    web.put("/m/model.onnx", "ABCDEFGHIJ");
    fetcher(there).fetch(entry, new Progress());
    web.put("/m/model.onnx", "0123456789");
    try (var seed = new SeedPod(there)) {
      plan.set(seed.plan(confirmed));

      var taken = supply(SHORT).fetch(confirmed, new Progress(), plan::get);

      assertThat(seed.given()).isEmpty();
      assertThat(taken.digest()).isEqualTo(before.digest());
    }
  }

  @Test
  void aFileThatComesDamagedIsTakenAgain() throws Exception {
    var there = new ArtifactStore(folder.resolve("seed"));
    var read = fetcher(there).fetch(entry, new Progress());
    try (var seed = new SeedPod(there)) {
      plan.set(seed.plan(entry));
      seed.damageTheNextFile();

      assertThat(supply(LONG).fetch(entry, new Progress(), plan::get).digest())
          .isEqualTo(read.digest());
      assertThat(seed.given()).containsExactly("labels.txt", "labels.txt", "model.onnx");
    }
  }

  @Test
  void filesOfAnEarlierProcessNeedNobody() throws Exception {
    var before = mine().fetch(entry, new Progress());
    plan.set(planWithoutSeed());
    web.forgetRequests();

    var confirmed = Entries.confirmed(web.uri("/m/"), before);
    supply(LONG).fetch(confirmed, new Progress(), plan::get);

    assertThat(web.requests()).isEmpty();
  }

  /** The store of a pod whose connection to the source was cut within the model. */
  private ArtifactStore halfRead() {
    var there = new ArtifactStore(folder.resolve("seed"));
    web.cut("/m/model.onnx", 4);
    assertThatThrownBy(() -> fetcher(there).fetch(entry, new Progress()))
        .isInstanceOf(FetchException.class);
    return there;
  }

  private CompletableFuture<Artifact> inTheBackground(Duration patience) {
    var artifact = new CompletableFuture<Artifact>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                artifact.complete(supply(patience).fetch(entry, new Progress(), plan::get));
              } catch (FetchException | InterruptedException e) {
                artifact.completeExceptionally(e);
              }
            });
    return artifact;
  }

  private Optional<ServingPlan> planWithoutSeed() {
    return Optional.of(new ServingPlan(1, 1, "default/espresso", "token", null, List.of(entry)));
  }

  private Optional<ServingPlan> planNaming(String pod) {
    return Optional.of(
        new ServingPlan(
            1, 2, "default/espresso", "token", pod, "localhost:1", null, List.of(entry)));
  }

  private Supply supply(Duration patience) {
    return new Supply("espresso-1", mine(), service -> siblings, patience);
  }

  private Fetcher mine() {
    return fetcher(new ArtifactStore(folder.resolve("mine")));
  }

  private Fetcher fetcher(ArtifactStore store) {
    return new Fetcher(
        new SourceFactory(new Credentials(folder.resolve("absent"), Map.of())), store);
  }
}
