package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Inference with JSON. */
final class InferChapter {
  private final Http http;
  private final SimpleModel model;

  InferChapter(Http http, SimpleModel model) {
    this.http = http;
    this.model = model;
  }

  Chapter chapter() {
    return new Chapter(
        "infer",
        List.of(
            Check.required("flat data", () -> verified(SimpleModel.request())),
            Check.required("nested data", this::nested),
            Check.required("inputs in any order", this::order),
            Check.required("two rows in one request", this::batch),
            Check.required("the id comes back", this::id),
            Check.required("one output, if only one is wished for", this::selection),
            Check.required("outputs wished for by name, all of them", this::allByName),
            Check.required("an unknown parameter of the request is ignored", this::parameters),
            Check.required("unknown parameters of tensors are ignored", this::parametersOfTensors),
            new Check(
                new Level.Unannounced("versions"), "a listed version answers", this::version)));
  }

  private JsonNode answer(ObjectNode request) throws IOException, InterruptedException {
    return http.post(model.infer(), request).json();
  }

  private JsonNode verified(ObjectNode request) throws IOException, InterruptedException {
    var answer = answer(request);
    model.verify(answer);
    return answer;
  }

  private void nested() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    for (var input : request.path("inputs")) {
      var flat = input.path("data").deepCopy();
      ((ObjectNode) input).putArray("data").add(flat);
    }
    verified(request);
  }

  private void order() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    request.putArray("inputs").add(SimpleModel.input("INPUT1")).add(SimpleModel.input("INPUT0"));
    verified(request);
  }

  private void batch() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    var inputs = request.putArray("inputs");
    for (var name : SimpleModel.INPUTS) {
      var input = SimpleModel.tensor(name, 2);
      var data = input.putArray("data");
      SimpleModel.data(data, SimpleModel.values(name));
      SimpleModel.data(data, new int[SimpleModel.ROW]);
      inputs.add(input);
    }
    var answer = answer(request);
    for (var name : SimpleModel.OUTPUTS) {
      var output = SimpleModel.output(answer, name);
      expect("shape", "[2,16]", output.path("shape").toString());
      var first = IntStream.of(SimpleModel.values(name));
      var rows = IntStream.concat(first, IntStream.of(new int[SimpleModel.ROW])).boxed().toList();
      var elements = IntStream.of(SimpleModel.elements(output.path("data"))).boxed().toList();
      expect(name, rows, elements);
    }
  }

  private void id() throws IOException, InterruptedException {
    var answer = verified(SimpleModel.request().put("id", "a request of mine"));
    expect("id", "a request of mine", answer.path("id").asText());
  }

  private void selection() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    request.putArray("outputs").add(SimpleModel.wish("OUTPUT1"));
    var answer = answer(request);
    expect("the outputs", List.of("OUTPUT1"), SimpleModel.outputs(answer));
    SimpleModel.verify("OUTPUT1", SimpleModel.output(answer, "OUTPUT1"));
  }

  private void allByName() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    request.putArray("outputs").add(SimpleModel.wish("OUTPUT0")).add(SimpleModel.wish("OUTPUT1"));
    verified(request);
  }

  private void parameters() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    unknown(request);
    verified(request);
  }

  private void parametersOfTensors() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    request.path("inputs").forEach(input -> unknown((ObjectNode) input));
    var wish = SimpleModel.wish("OUTPUT0");
    unknown(wish);
    request.putArray("outputs").add(wish);
    var answer = answer(request);
    SimpleModel.verify("OUTPUT0", SimpleModel.output(answer, "OUTPUT0"));
  }

  private static void unknown(ObjectNode holder) {
    holder
        .putObject("parameters")
        .put("a_word", "unheard of")
        .put("a_number", 3)
        .put("a_truth", true);
  }

  private void version() throws IOException, InterruptedException {
    var path = model.path() + "/versions/" + Versions.first(http, model) + "/infer";
    model.verify(http.post(path, SimpleModel.request()).json());
  }
}
