package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** KServe's older protocol, version 1. */
final class KServeChapter {
  private static final Level LEVEL = new Level.Unannounced("KServe v1");

  private final Http http;
  private final SimpleModel model;

  KServeChapter(Http http, SimpleModel model) {
    this.http = http;
    this.model = model;
  }

  Chapter chapter() {
    return new Chapter(
        "kserve-v1",
        List.of(
            new Check(LEVEL, "the model is ready", this::ready),
            new Check(LEVEL, ":predict answers each instance", this::predict),
            new Check(LEVEL, "an instance without an input is refused", this::refused)));
  }

  private String path() {
    return "/v1/models/" + model.name();
  }

  private void ready() throws IOException, InterruptedException {
    var answer = http.get(path()).json();
    expect("name", model.name(), answer.path("name").asText());
    // the Python server says it with a capital, in a string
    expect("ready", "true", answer.path("ready").asText().toLowerCase(Locale.ROOT));
  }

  /** Instances that are objects: a row of each input by its name. */
  private static JsonNode instances(List<String> inputs) {
    var request = JsonNodeFactory.instance.objectNode();
    var instance = request.putArray("instances").addObject();
    inputs.forEach(name -> SimpleModel.data(instance.putArray(name), SimpleModel.values(name)));
    return request;
  }

  private void predict() throws IOException, InterruptedException {
    var answer = http.post(path() + ":predict", instances(SimpleModel.INPUTS)).json();
    expect("the number of predictions", 1, answer.path("predictions").size());
    for (var name : SimpleModel.OUTPUTS) {
      var row = answer.path("predictions").path(0).path(name);
      SimpleModel.verify(name, SimpleModel.elements(row));
    }
  }

  private void refused() throws IOException, InterruptedException {
    predict();
    http.post(path() + ":predict", instances(List.of("INPUT0"))).refused();
  }
}
