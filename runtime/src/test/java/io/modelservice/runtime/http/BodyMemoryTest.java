package io.modelservice.runtime.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.transport.BodyBudget;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
  private static final int PHOTO = 602_112;

  @Test
  void theArrayOfABodyThatIsOverServesTheNextOfAboutItsSize() {
    var memory = new BodyMemory(new BodyBudget(1 << 20));
    var first = requireNonNull(memory.take(PHOTO));

    memory.recycle(first);

    assertThat(memory.take(PHOTO + 1)).isSameAs(first);
  }

  @Test
  void anArrayThatSomebodyMayStillReadServesNoOther() {
    var memory = new BodyMemory(new BodyBudget(1 << 20));
    var first = requireNonNull(memory.take(PHOTO));

    memory.drop(first);

    assertThat(memory.take(PHOTO)).isNotNull().isNotSameAs(first);
  }

  @Test
  void allBodiesTogetherAreBounded() {
    var memory = new BodyMemory(new BodyBudget(1_000_000));
    var first = requireNonNull(memory.take(PHOTO));

    assertThat(memory.take(PHOTO)).isNull();

    memory.recycle(first);
    assertThat(memory.take(PHOTO)).isNotNull();
  }

  @Property
  void anArrayIsLargeEnoughAndSparesLittle(@ForAll @IntRange(min = 0, max = 6_000_000) int least) {
    var array = requireNonNull(new BodyMemory(new BodyBudget(1 << 24)).take(least));

    assertThat(array.length).isBetween(least, least + least / 8);
  }
}
