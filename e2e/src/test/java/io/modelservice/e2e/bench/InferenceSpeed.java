package io.modelservice.e2e.bench;

import static io.modelservice.e2e.bench.Report.number;

import io.modelservice.e2e.client.InferenceRequest;
import io.modelservice.e2e.client.Reference;
import io.modelservice.e2e.client.Tensor;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.Space;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One request after the other over REST, beside the same inputs in a loop around ONNX Runtime. */
final class InferenceSpeed {
  private static final int ROUNDS = 5;

  private final Space space;
  private final List<List<String>> rows = new ArrayList<>();

  private InferenceSpeed(Space space) {
    this.space = space;
  }

  static void measure(Space space, Report report) {
    var speed = new InferenceSpeed(space);
    speed.compare(
        new Subject("tiny", Models.SIMPLE, 400),
        space.cluster().settings().smallModel("simple"),
        List.of(Tensor.ints("INPUT0", new int[16]), Tensor.ints("INPUT1", new int[16])));
    speed.compare(
        new Subject("efficientnet", Models.EFFICIENTNET, 40),
        space.cluster().settings().samples().resolve("efficientnet-lite0/model.onnx"),
        List.of(Tensor.noise("image", 5, List.of(1L, 3L, 224L, 224L))));
    report.table(
        "One request after the other",
        "Median of "
            + ROUNDS
            + " rounds' medians, each round one after the other on the same cores; milliseconds."
            + " The loop calls ONNX Runtime in this process with one thread, as a lane does.",
        List.of("model", "loop", "REST binary", "ratio", "REST JSON", "ratio"),
        speed.rows);
  }

  /**
   * A model to measure.
   *
   * @param requests of each round
   */
  private record Subject(String service, String spec, int requests) {}

  private void compare(Subject subject, Path model, List<Tensor> inputs) {
    space.apply(subject.service(), subject.spec());
    space.awaitReady(subject.service());
    var endpoint = space.endpoint(subject.service());
    var binary = InferenceRequest.binary(inputs);
    var json = InferenceRequest.json(inputs);
    var loops = new ArrayList<Double>();
    var binaries = new ArrayList<Double>();
    var jsons = new ArrayList<Double>();
    try (var reference = Reference.load(model)) {
      for (var round = 0; round <= ROUNDS; round++) { // the first one warms up
        var loop = median(subject.requests(), () -> reference.run(inputs));
        var overBinary = median(subject.requests(), () -> endpoint.infer(binary));
        var overJson = median(subject.requests(), () -> endpoint.infer(json));
        if (round > 0) {
          loops.add(loop);
          binaries.add(overBinary);
          jsons.add(overJson);
        }
      }
    }
    rows.add(row(subject.service(), loops, binaries, jsons));
    space.kubectl("delete", "ms", subject.service());
  }

  private static List<String> row(
      String name, List<Double> loops, List<Double> binaries, List<Double> jsons) {
    var loop = Report.median(loops);
    var binary = Report.median(binaries);
    var json = Report.median(jsons);
    return List.of(
        name,
        number(loop),
        number(binary),
        number(binary / loop),
        number(json),
        number(json / loop));
  }

  /** Milliseconds of one call. */
  private static double median(int calls, Runnable call) {
    var times = new ArrayList<Double>();
    for (var i = 0; i < calls; i++) {
      var begin = System.nanoTime();
      call.run();
      times.add((System.nanoTime() - begin) / 1e6);
    }
    return Report.median(times);
  }
}
