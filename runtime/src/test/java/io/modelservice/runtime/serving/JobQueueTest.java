package io.modelservice.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.engine.Workspace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order jobs that wait come to a lane. */
class JobQueueTest {
  private final JobQueue queue = new JobQueue();

  /** A job that is known by its name. */
  private record Named(String name, Priority priority) implements Job {
    @Override
    public void run(Workspace workspace) {}
  }

  private void add(String name, Priority priority) {
    queue.add(new Named(name, priority));
  }

  private Named next() {
    return (Named) Objects.requireNonNull(queue.poll());
  }

  private List<String> all() {
    var names = new ArrayList<String>();
    while (queue.size() > 0) {
      names.add(next().name());
    }
    return names;
  }

  @Test
  void theHighestPriorityGoesFirstAndWithinOneWhatCameFirst() {
    add("low", Priority.LOW);
    add("normal", Priority.NORMAL);
    add("next normal", Priority.NORMAL);
    add("high", Priority.HIGH);
    add("next high", Priority.HIGH);

    assertThat(all()).containsExactly("high", "next high", "normal", "next normal", "low");
  }

  @Test
  void noPriorityWaitsForEverWhereHigherOnesKeepComing() {
    add("normal", Priority.NORMAL);
    add("low", Priority.LOW);
    IntStream.range(0, 20).forEach(i -> add("high", Priority.HIGH));

    var expected = new ArrayList<>(Collections.nCopies(JobQueue.MOST_PASSED, "high"));
    expected.addAll(List.of("normal", "low"));
    assertThat(all()).startsWith(expected.toArray(String[]::new));
  }

  @Test
  void aPriorityThatHadItsTurnIsPassedOverAgain() {
    IntStream.range(0, 100).forEach(i -> add("high", Priority.HIGH));
    IntStream.range(0, 100).forEach(i -> add("low", Priority.LOW));

    var taken = all().subList(0, 90);
    assertThat(Collections.frequency(taken, "low")).isEqualTo(90 / (JobQueue.MOST_PASSED + 1));
  }

  @Test
  void aJobThatIsGivenBackHasTheNextTurn() {
    add("low", Priority.LOW);
    add("next low", Priority.LOW);
    var taken = next();
    add("high", Priority.HIGH);

    queue.putBack(taken);

    assertThat(all()).containsExactly("low", "high", "next low");
  }

  @Test
  void whoWaitsForAJobGetsTheFirstThatComes() throws Exception {
    var lane = new FutureTask<>(queue::take);
    var thread = Thread.ofPlatform().start(lane);
    await().until(() -> thread.getState() == Thread.State.WAITING);

    add("first", Priority.LOW);

    assertThat(lane.get()).isEqualTo(new Named("first", Priority.LOW));
    assertThat(queue.poll()).isNull();
  }
}
