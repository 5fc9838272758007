package io.modelservice.e2e.bench.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A figure that is published must be of answers. */
class FiguresTest {
  private static final Line LINE = Line.of("a server", Encoding.JSON, 16);

  @Test
  void theMedianRoundCounts() {
    var figures = new Figures();
    figures.add(LINE, point(10, 0));
    figures.add(LINE, point(30, 0));
    figures.add(LINE, point(20, 0));

    assertThat(figures.perSecond(LINE)).isEqualTo(20);
  }

  @Test
  void aRoundWithAFailedRequestMakesTheFigureInvalid() {
    var figures = new Figures();
    figures.add(LINE, point(10, 0));
    figures.add(LINE, point(99, 1));

    assertThat(figures.perSecond(LINE)).isNaN();
    assertThat(figures.failed(LINE)).isOne();
  }

  @Test
  void twoLinesAreComparedRoundByRound() {
    var other = Line.of("another", Encoding.JSON, 16);
    var figures = new Figures();
    for (var pace : List.of(10, 1000, 100)) { // the machine's, the same for both
      figures.add(LINE, point(2 * pace, 0));
      figures.add(other, point(pace, 0));
    }

    assertThat(figures.ratio(LINE, other, Point::perSecond)).isEqualTo(2);
  }

  private static Point point(double perSecond, long failed) {
    return new Point(1, 2, perSecond, 3, 4, failed);
  }
}
