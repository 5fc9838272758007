package io.modelservice.e2e.bench.servers;

import io.modelservice.e2e.bench.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured of one model, by the lines of its table. */
final class Figures {
  private final Map<Line, List<Point>> points = new LinkedHashMap<>();

  void add(Line line, Point point) {
    points.computeIfAbsent(line, key -> new ArrayList<>()).add(point);
  }

  /** In the order of their first points. */
  List<Line> lines() {
    return List.copyOf(points.keySet());
  }

  /** In the order of the rounds. */
  List<Point> of(Line line) {
    return List.copyOf(points.getOrDefault(line, List.of()));
  }

  /** Requests of all rounds that failed. */
  long failed(Line line) {
    return of(line).stream().mapToLong(Point::failed).sum();
  }

  /** The median of the rounds; NaN if it was not measured or if a request failed. */
  double median(Line line, ToDoubleFunction<Point> figure) {
    return of(line).isEmpty() || failed(line) > 0
        ? Double.NaN
        : Report.median(of(line).stream().map(figure::applyAsDouble).toList());
  }

  /**
   * How a figure of one line is to that of another that was measured in the same rounds: the median
   * of the rounds' ratios; NaN as {@link #median} says.
   */
  double ratio(Line one, Line other, ToDoubleFunction<Point> figure) {
    if (of(one).isEmpty()
        || of(one).size() != of(other).size()
        || failed(one) + failed(other) > 0) {
      return Double.NaN;
    }
    var ratios = new ArrayList<Double>();
    for (var round = 0; round < of(one).size(); round++) {
      ratios.add(
          figure.applyAsDouble(of(one).get(round)) / figure.applyAsDouble(of(other).get(round)));
    }
    return Report.median(ratios);
  }

  /** Requests or runs in a second, the median of the rounds; NaN as {@link #median} says. */
  double perSecond(Line line) {
    return median(line, Point::perSecond);
  }

  /** A figure as a table has it. */
  static String cell(double figure) {
    return Double.isNaN(figure) ? "-" : Report.number(figure);
  }
}
