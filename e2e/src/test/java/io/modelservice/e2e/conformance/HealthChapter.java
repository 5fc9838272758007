package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** Health and metadata over REST. */
final class HealthChapter {
  private final Http http;
  private final SimpleModel model;

  HealthChapter(Http http, SimpleModel model) {
    this.http = http;
    this.model = model;
  }

  Chapter health() {
    return new Chapter(
        "health",
        List.of(
            Check.required("live is 200", () -> http.get("/v2/health/live").ok()),
            Check.required("ready is 200", () -> http.get("/v2/health/ready").ok()),
            Check.required(
                "the model's ready is 200", () -> http.get(model.path() + "/ready").ok()),
            Check.required("an unknown model is not ready", this::unknownIsNotReady)));
  }

  Chapter metadata() {
    return new Chapter(
        "metadata",
        List.of(
            Check.required("the server's name, version and extensions", this::server),
            Check.required("the model's name and platform", this::model),
            Check.required("the model's inputs", () -> tensors("inputs", SimpleModel.INPUTS)),
            Check.required("the model's outputs", () -> tensors("outputs", SimpleModel.OUTPUTS)),
            Check.required(
                "an unknown model is refused",
                () -> http.get("/v2/models/no-such-model").refused()),
            new Check(
                new Level.Unannounced("versions"),
                "a listed version has metadata",
                this::version)));
  }

  private void unknownIsNotReady() throws IOException, InterruptedException {
    var answer = http.get("/v2/models/no-such-model/ready");
    unless(
        answer.status() >= 400 || answer.parse(answer.body()).path("ready").isBoolean(),
        "it says " + answer.said());
    unless(
        answer.status() >= 400 || !answer.parse(answer.body()).path("ready").booleanValue(),
        "it says " + answer.said());
  }

  private void server() throws IOException, InterruptedException {
    var server = http.get("/v2").json();
    text(server, "name");
    text(server, "version");
    unless(server.path("extensions").isArray(), "extensions is no list: " + server);
  }

  private void model() throws IOException, InterruptedException {
    var metadata = http.get(model.path()).json();
    expect("name", model.name(), metadata.path("name").asText());
    unless(metadata.path("platform").isTextual(), "platform is no string");
  }

  private static void text(JsonNode node, String field) {
    unless(!node.path(field).asText().isBlank(), field + " is missing or empty");
  }

  private void tensors(String field, List<String> names) throws IOException, InterruptedException {
    var tensors = http.get(model.path()).json().path(field);
    expect("the names", names, tensors.findValuesAsText("name"));
    for (var tensor : tensors) {
      expect("datatype", "INT32", tensor.path("datatype").asText());
      expect("shape", "[-1,16]", tensor.path("shape").toString());
    }
  }

  private void version() throws IOException, InterruptedException {
    var version = Versions.first(http, model);
    var metadata = http.get(model.path() + "/versions/" + version).json();
    expect("name", model.name(), metadata.path("name").asText());
  }
}
