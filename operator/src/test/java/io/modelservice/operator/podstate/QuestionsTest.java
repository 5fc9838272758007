package io.modelservice.operator.podstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A pod is asked again when it has answered, or when its answer must be lost. */
class QuestionsTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final Questions questions = new Questions(now::get);

  @Test
  void aPodIsNotAskedTwiceAtOnce() {
    questions.begin("a");

    assertThat(questions.open("a")).isTrue();
    assertThat(questions.open("b")).isFalse();
  }

  @Test
  void anAnswerAllowsTheNextQuestion() {
    questions.begin("a");
    questions.end("a");

    assertThat(questions.open("a")).isFalse();
  }

  @Test
  void aQuestionWhoseEndIsNeverToldSilencesNoPod() {
    questions.begin("a");

    now.updateAndGet(begun -> begun.plus(Questions.LOST));

    assertThat(questions.open("a")).isFalse();
  }

  @Test
  void podsThatAreGoneAreForgotten() {
    questions.begin("a");
    questions.begin("b");

    questions.keepOnly(Set.of("b"));

    assertThat(questions.open("a")).isFalse();
    assertThat(questions.open("b")).isTrue();
  }
}
