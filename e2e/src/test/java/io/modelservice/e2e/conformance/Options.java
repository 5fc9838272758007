package io.modelservice.e2e.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line.
 *
 * @param http base address of the REST side
 * @param grpc {@code HOST:PORT}; absent: gRPC is not checked
 * @param singleInput a model for raw binary requests; absent: they are not checked
 * @param chapters names; empty: all
 * @param json file for the machine form
 */
record Options(
    URI http,
    Optional<String> grpc,
    String model,
    Optional<String> singleInput,
    Set<String> chapters,
    Optional<Path> json) {

  static final String USAGE =
      """
      Checks a server of the Open Inference Protocol, version 2, from outside.

      usage: Conformance --http http://HOST:PORT [--grpc HOST:PORT] [--model NAME] [--single-input NAME]
                         [--chapters NAME,...] [--json FILE]

        --http ADDRESS        the server's REST side
        --grpc HOST:PORT      its gRPC side, without TLS; left out: gRPC is not checked
        --model NAME          Triton's wire test model `simple` under its name there, default simple:
                              INPUT0, INPUT1 INT32 [-1,16] -> OUTPUT0 = their sum, OUTPUT1 = their difference
        --single-input NAME   a model with one input of a datatype of fixed size, at most one dimension of
                              which is not fixed; left out: raw binary requests are not checked
        --chapters NAME,...   only these: health, metadata, infer, errors, binary, raw, extensions,
                              shared-memory, kserve-v1, grpc, grpc-errors, grpc-services, grpc-extensions, stream
        --json FILE           writes the results as JSON, too

      Each check is REQUIRED by the protocol or belongs to the extension that the column LEVEL names. An
      extension that the server neither announces nor has is `not offered`, which is no failure.
      Exit status: 0 no required check failed, 1 one did, 2 the command line is wrong.
      """;

  private static final List<String> NAMES =
      List.of("--http", "--grpc", "--model", "--single-input", "--chapters", "--json");

  Options {
    chapters = Set.copyOf(chapters);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is wrong; the message says what to do
   */
  static Options of(List<String> arguments) {
    var given = pairs(arguments);
    var http = Optional.ofNullable(given.get("--http"));
    return new Options(
        address(http.orElseThrow(() -> new IllegalArgumentException("--http is missing"))),
        Optional.ofNullable(given.get("--grpc")),
        given.getOrDefault("--model", "simple"),
        Optional.ofNullable(given.get("--single-input")),
        Optional.ofNullable(given.get("--chapters"))
            .map(names -> Set.of(names.split(",", -1)))
            .orElse(Set.of()),
        Optional.ofNullable(given.get("--json")).map(Path::of));
  }

  private static Map<String, String> pairs(List<String> arguments) {
    var pairs = new LinkedHashMap<String, String>();
    for (var i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("there is no option " + name);
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      pairs.put(name, arguments.get(i + 1));
    }
    return pairs;
  }

  private static URI address(String text) {
    var address = URI.create(text);
    if (address.getHost() == null || address.getScheme() == null) {
      throw new IllegalArgumentException("--http is %s, not http://HOST:PORT".formatted(text));
    }
    return address;
  }

  /** Whether a chapter was asked for. */
  boolean wants(Chapter chapter) {
    return chapters.isEmpty() || chapters.contains(chapter.name());
  }
}
