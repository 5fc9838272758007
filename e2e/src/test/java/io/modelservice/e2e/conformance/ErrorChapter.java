package io.modelservice.e2e.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Bad requests over REST: the answer blames the client, says why, and the server lives on. */
final class ErrorChapter {
  private final Http http;
  private final SimpleModel model;

  ErrorChapter(Http http, SimpleModel model) {
    this.http = http;
    this.model = model;
  }

  Chapter chapter() {
    return new Chapter(
        "errors",
        List.of(
            refused("an unknown model", "/v2/models/no-such-model/infer"),
            Check.required("an unknown version is refused", this::unknownVersion),
            refused("an unknown input", first(input -> input.put("name", "INPUT9"))),
            refused("a missing input", request -> request.withArray("inputs").remove(1)),
            refused("a request without inputs", request -> request.remove("inputs")),
            refused("another datatype", first(input -> input.put("datatype", "FP32"))),
            refused("a datatype that does not exist", first(input -> input.put("datatype", "X1"))),
            refused("a shape that the model does not take", this::shape),
            refused("another rank", first(input -> input.putArray("shape").add(16))),
            refused("a negative size", first(input -> input.putArray("shape").add(-1).add(16))),
            refused("fewer elements than the shape", first(ErrorChapter::shorten)),
            refused("a word for a number", first(input -> input.withArray("data").set(0, "one"))),
            refused("a number out of range", first(ErrorChapter::overflow)),
            refused("an input without data", first(input -> input.remove("data"))),
            refused("an unknown output", ErrorChapter::unknownOutput),
            Check.required(
                "a body that is no JSON is refused", () -> post("this is no JSON").refused()),
            Check.required("half of the JSON is refused", () -> post("{\"inputs\": [").refused()),
            Check.required("an empty body is refused", () -> post("").refused()),
            Check.required("good requests are answered after all that", this::alive)));
  }

  private Answer post(String body) throws IOException, InterruptedException {
    return http.post(model.infer(), body);
  }

  private Check refused(String what, String path) {
    return Check.required(
        what + " is refused", () -> http.post(path, SimpleModel.request()).refused());
  }

  private Check refused(String what, Consumer<ObjectNode> spoil) {
    return Check.required(
        what + " is refused",
        () -> {
          var request = SimpleModel.request();
          spoil.accept(request);
          http.post(model.infer(), request).refused();
        });
  }

  private static Consumer<ObjectNode> first(Consumer<ObjectNode> spoil) {
    return request -> spoil.accept((ObjectNode) request.path("inputs").path(0));
  }

  /** Both inputs agree with each other, and neither with the model. */
  private void shape(ObjectNode request) {
    for (var input : request.path("inputs")) {
      ((ObjectNode) input).putArray("shape").add(1).add(SimpleModel.ROW - 1);
      shorten((ObjectNode) input);
    }
  }

  private static void shorten(ObjectNode input) {
    input.withArray("data").remove(SimpleModel.ROW - 1);
  }

  private static void overflow(ObjectNode input) {
    input.withArray("data").set(0, 3_000_000_000L);
  }

  private static void unknownOutput(ObjectNode request) {
    request.putArray("outputs").add(SimpleModel.wish("OUTPUT9"));
  }

  /** A server without versions may say that it does not support them. */
  private void unknownVersion() throws IOException, InterruptedException {
    var path = model.path() + "/versions/no-such-version/infer";
    var answer = http.post(path, SimpleModel.request());
    if (answer.status() != 501) {
      answer.refused();
    }
  }

  private void alive() throws IOException, InterruptedException {
    model.verify(http.post(model.infer(), SimpleModel.request()).json());
  }
}
