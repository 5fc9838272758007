package io.modelservice.e2e.bench.servers;

import static io.modelservice.e2e.bench.Report.number;

import ai.onnxruntime.OrtEnvironment;
import io.modelservice.e2e.bench.Report;
import io.modelservice.e2e.client.LoadReport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The runtime when three times as many requests come as it can answer. */
final class Overload implements ServerBench {
  private static final int TIMES = 3;
  private static final int MEBIBYTES = 1024;
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(500);
  private static final List<Subject> SUBJECTS =
      List.of(Subject.LONG_TEXT, Subject.MINILM, Subject.EFFICIENTNET);
  private static final List<String> HEAD =
      List.of(
          "model",
          "peak/s",
          "offered/s",
          "answered/s",
          "of the peak",
          "answered p50, p99 ms",
          "refused p50, p99 ms",
          "failed",
          "RSS MB before, most",
          "server's cores");

  private final Setup setup;

  Overload(Setup setup) {
    this.setup = setup;
  }

  @Override
  public String title() {
    return "overload";
  }

  @Override
  public String setting() {
    return """
        ONNX Runtime %s; the runtime as its image starts it, with its defaults: a request that would wait longer than 2 s is refused. It may take %d MiB, as a pod's limit, and would be killed beyond that.
        Peak: answers of wrk's closed loop on %d connections. Then %d times as many requests are sent for %d s, each at its time, whether the ones before are answered or not.
        The client works on the same cores as the server, and what it takes is missing there; "server's cores" is what was left.\
        """
        .formatted(
            OrtEnvironment.getEnvironment().getVersion(),
            MEBIBYTES,
            Comparison.MANY,
            TIMES,
            setup.overload());
  }

  @Override
  public void measure(Report report) {
    report.table(
        "Three times the peak",
        "Failed: neither answered nor refused with status 503.",
        HEAD,
        SUBJECTS.stream().map(this::row).toList());
  }

  private List<String> row(Subject subject) {
    var log = setup.work().resolve("overload-" + subject.name() + ".log");
    try (var server =
        ServerProcess.start(
            port -> Server.confined(setup, subject, port, MEBIBYTES), subject.name(), log)) {
      var wrk = new Wrk(setup, subject);
      wrk.measure(server, Encoding.BINARY, Comparison.MANY); // warms up
      var peak = wrk.measure(server, Encoding.BINARY, Comparison.MANY).perSecond();
      return row(subject, peak, flood(server, subject, (int) Math.ceil(TIMES * peak)));
    }
  }

  /**
   * What was seen.
   *
   * @param cores that the server used
   */
  private record Flood(LoadReport seen, double before, double most, double cores) {}

  private Flood flood(ServerProcess server, Subject subject, int perSecond) {
    var request = Encoding.BINARY.request(subject);
    var before = server.tree().residentMegabytes();
    var cpu = server.tree().cpuMillis();
    var most = before;
    var begin = System.nanoTime();
    try (var load = OpenLoad.start(server.endpoint(), request, perSecond)) {
      while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(setup.overload())) {
        LockSupport.parkNanos(LOOK);
        most = Math.max(most, server.tree().residentMegabytes());
      }
      var cores = (server.tree().cpuMillis() - cpu) / ((System.nanoTime() - begin) / 1e6);
      return new Flood(load.stop(), before, most, cores);
    }
  }

  private List<String> row(Subject subject, double peak, Flood flood) {
    var answered = flood.seen().answered();
    var refused = flood.seen().refused();
    var all = flood.seen().outcomes().size();
    var perSecond = answered.size() / (double) setup.overload();
    return List.of(
        subject.about(),
        number(peak),
        number(all / (double) setup.overload()),
        number(perSecond),
        Aims.percent(perSecond / peak),
        times(answered),
        times(refused),
        String.valueOf(all - answered.size() - refused.size()),
        "%s, %s".formatted(number(flood.before()), number(flood.most())),
        number(flood.cores()));
  }

  private static String times(List<Double> millis) {
    return millis.isEmpty()
        ? "-"
        : number(LoadReport.quantile(millis, 0.5))
            + ", "
            + number(LoadReport.quantile(millis, 0.99));
  }
}
