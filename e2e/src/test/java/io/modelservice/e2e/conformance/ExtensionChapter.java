package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Triton's extensions over REST, and compression. */
final class ExtensionChapter {
  private static final Level GZIP = new Level.Unannounced("gzip");

  /** Rows of an answer that is worth compressing. */
  private static final int MANY = 8;

  /** In microseconds. */
  private static final long A_MINUTE = 60_000_000;

  private final Http http;
  private final SimpleModel model;

  ExtensionChapter(Http http, SimpleModel model) {
    this.http = http;
    this.model = model;
  }

  Chapter chapter() {
    return new Chapter(
        "extensions",
        List.of(
            new Check(
                new Level.Announced("model_repository"), "the index has the model", this::index),
            new Check(new Level.Announced("statistics"), "a request is counted", this::statistics),
            new Check(
                new Level.Announced("model_configuration"), "the model's config", this::config),
            new Check(
                new Level.Announced("classification"), "the two largest, by name", this::largest),
            new Check(
                new Level.Announced("schedule_policy"),
                "a request with priority and timeout",
                this::scheduled),
            new Check(GZIP, "a compressed request is answered", this::compressedRequest),
            new Check(GZIP, "the answer is compressed on request", this::compressedAnswer)));
  }

  private void index() throws IOException, InterruptedException {
    var index = http.post("/v2/repository/index", "{}").json();
    for (var entry : index) {
      if (entry.path("name").asText().equals(model.name())) {
        expect("state", "READY", entry.path("state").asText());
        return;
      }
    }
    throw new ViolationException("the index has no " + model.name() + ": " + index);
  }

  private void statistics() throws IOException, InterruptedException {
    var before = successes();
    model.verify(http.post(model.infer(), SimpleModel.request()).json());
    unless(Soon.is(() -> successes() > before), "successes stay at %d".formatted(before));
  }

  private long successes() throws IOException, InterruptedException {
    var stats = http.get(model.path() + "/stats").json().path("model_stats").path(0);
    expect("name", model.name(), stats.path("name").asText());
    var count = stats.path("inference_stats").path("success").path("count");
    // a 64-bit number may be a string in the JSON of protobuf
    unless(count.isIntegralNumber() || count.isTextual(), "inference_stats has no success.count");
    return count.asLong();
  }

  private void config() throws IOException, InterruptedException {
    var config = http.get(model.path() + "/config").json();
    expect("name", model.name(), config.path("name").asText());
    expect("the inputs", SimpleModel.INPUTS, config.path("input").findValuesAsText("name"));
    expect("the outputs", SimpleModel.OUTPUTS, config.path("output").findValuesAsText("name"));
  }

  /** OUTPUT0 grows from place to place: its largest are the last two. */
  private void largest() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    var wish = SimpleModel.wish("OUTPUT0");
    wish.putObject("parameters").put("classification", 2);
    request.putArray("outputs").add(wish);
    var output = SimpleModel.output(http.post(model.infer(), request).json(), "OUTPUT0");
    expect("datatype", "BYTES", output.path("datatype").asText());
    var places = new ArrayList<String>();
    for (var entry : flat(output.path("data"))) {
      places.add(entry.asText().split(":", -1)[1]);
    }
    expect("the places", List.of("15", "14"), places);
  }

  private void scheduled() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    request.putObject("parameters").put("priority", 1).put("timeout", A_MINUTE);
    model.verify(http.post(model.infer(), request).json());
  }

  private static Iterable<JsonNode> flat(JsonNode data) {
    return data.path(0).isArray() ? data.path(0) : data;
  }

  private void compressedRequest() throws IOException, InterruptedException {
    var body = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(body)) {
      gzip.write(SimpleModel.request().toString().getBytes(StandardCharsets.UTF_8));
    }
    var headers = Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
    var answer = http.post(model.infer(), body.toByteArray(), headers);
    if (answer.status() >= 400 && answer.status() < 500) {
      throw new NotOfferedException(answer.said());
    }
    model.verify(answer.json());
  }

  private void compressedAnswer() throws IOException, InterruptedException {
    var body = SimpleModel.request(MANY).toString().getBytes(StandardCharsets.UTF_8);
    var headers = Map.of("Content-Type", "application/json", "Accept-Encoding", "gzip");
    var answer = http.post(model.infer(), body, headers).ok();
    if (answer.headers().firstValue("Content-Encoding").isEmpty()) {
      throw new NotOfferedException("the answer is not compressed");
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      var output = SimpleModel.output(answer.parse(gzip.readAllBytes()), "OUTPUT0");
      var elements = SimpleModel.elements(output.path("data"));
      expect("the number of elements", MANY * SimpleModel.ROW, elements.length);
      SimpleModel.verify("OUTPUT0", Arrays.copyOf(elements, SimpleModel.ROW));
    }
  }
}
