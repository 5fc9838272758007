package io.modelservice.e2e.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The command that checks a server; {@code --help} tells its options. */
public final class Conformance {
  private Conformance() {}

  /** Runs the checks, prints the table and ends with the status that {@code --help} tells. */
  public static void main(String[] arguments) {
    var given = List.of(arguments);
    if (given.isEmpty() || given.contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    try {
      var report = report(Options.of(given));
      System.exit(report.conforms() ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println("conformance: " + e.getMessage() + "; see --help");
      System.exit(2);
    } catch (IOException e) {
      System.err.println("conformance: " + e.getMessage());
      System.exit(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs the checks that arguments ask for, and prints the table.
   *
   * @return the names of the required checks that failed
   */
  public static List<String> failures(List<String> arguments)
      throws IOException, InterruptedException {
    return report(Options.of(arguments)).failures();
  }

  private static Report report(Options options) throws IOException, InterruptedException {
    var http = new Http(options.http());
    var server = server(http);
    var report = new Report(server, results(options, http, new Judge(extensions(server))));
    System.out.print(report.table());
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), report.json().toPrettyString() + "\n");
    }
    return report;
  }

  private static List<Result> results(Options options, Http http, Judge judge) {
    var rest = rest(options, http);
    if (options.grpc().isEmpty()) {
      return judge.results(wanted(options, rest));
    }
    try (var grpc = new Grpc(options.grpc().get())) {
      var all = Stream.concat(rest.stream(), grpc(options, grpc).stream()).toList();
      return judge.results(wanted(options, all));
    }
  }

  /** What the server says of itself; one that does not is still checked. */
  private static JsonNode server(Http http) throws IOException, InterruptedException {
    try {
      return http.get("/v2").json();
    } catch (ViolationException | NotOfferedException e) {
      return MissingNode.getInstance();
    }
  }

  private static Set<String> extensions(JsonNode server) {
    var names = new HashSet<String>();
    server.path("extensions").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static List<Chapter> wanted(Options options, List<Chapter> chapters) {
    var names = chapters.stream().map(Chapter::name).toList();
    if (!names.containsAll(options.chapters())) {
      throw new IllegalArgumentException(
          "--chapters takes %s; raw needs --single-input, those of gRPC need --grpc"
              .formatted(String.join(",", names)));
    }
    return chapters.stream().filter(options::wants).toList();
  }

  private static List<Chapter> rest(Options options, Http http) {
    var model = new SimpleModel(options.model());
    var health = new HealthChapter(http, model);
    var chapters =
        new ArrayList<>(
            List.of(
                health.health(),
                health.metadata(),
                new InferChapter(http, model).chapter(),
                new ErrorChapter(http, model).chapter(),
                new BinaryChapter(http, model).chapter()));
    Optional<Chapter> raw = options.singleInput().map(name -> new RawChapter(http, name).chapter());
    raw.ifPresent(chapters::add);
    chapters.add(new ExtensionChapter(http, model).chapter());
    chapters.add(new SharedMemoryChapter(http, model).chapter());
    chapters.add(new KServeChapter(http, model).chapter());
    return chapters;
  }

  private static List<Chapter> grpc(Options options, Grpc grpc) {
    var model = new SimpleModel(options.model());
    return List.of(
        new GrpcChapter(grpc, model).chapter(),
        new GrpcErrorChapter(grpc, model).chapter(),
        new GrpcServicesChapter(grpc).chapter(),
        new GrpcExtensionChapter(grpc, model).chapter(),
        new StreamChapter(grpc, model).chapter());
  }
}
