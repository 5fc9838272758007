package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The binary tensor data extension over REST. */
final class BinaryChapter {
  private static final Level LEVEL = new Level.Announced("binary_tensor_data");

  private final Http http;
  private final SimpleModel model;

  BinaryChapter(Http http, SimpleModel model) {
    this.http = http;
    this.model = model;
  }

  Chapter chapter() {
    return new Chapter(
        "binary",
        List.of(
            check("binary in, JSON out", this::in),
            check("JSON in, binary out", this::out),
            check("binary in and out", this::both),
            check("one input binary, one JSON", this::mixedIn),
            check("one output binary, one JSON", this::mixedOut),
            check("binary_data_output asks for all outputs", this::allOutputs),
            check("an output's own wish counts more", this::ownWish),
            check("a body that ends within a tensor is refused", this::truncated),
            check("bytes after the last tensor are refused", this::leftOver),
            check("a size other than the shape's is refused", this::size),
            check("a header length beyond the body is refused", () -> length("1000000")),
            check("a header length that is no number is refused", () -> length("many")),
            check("a header length within the JSON is refused", () -> length("10"))));
  }

  private static Check check(String name, Check.Probe probe) {
    return new Check(LEVEL, name, probe);
  }

  /** A request whose inputs are both binary. */
  private static ObjectNode header() {
    var request = SimpleModel.request();
    var inputs = request.putArray("inputs");
    SimpleModel.INPUTS.forEach(name -> inputs.add(binaryInput(name)));
    return request;
  }

  private static ObjectNode binaryInput(String name) {
    var input = SimpleModel.tensor(name, 1);
    input.putObject("parameters").put("binary_data_size", SimpleModel.ROW * Integer.BYTES);
    return input;
  }

  private static List<byte[]> tensors() {
    return SimpleModel.INPUTS.stream().map(BinaryChapter::tensor).toList();
  }

  private static byte[] tensor(String name) {
    return BinaryMessage.bytes(SimpleModel.values(name));
  }

  /** The request's answer, whose outputs are all to be JSON unless it wishes otherwise. */
  private Answer post(JsonNode header, List<byte[]> tensors)
      throws IOException, InterruptedException {
    var body = BinaryMessage.body(header, tensors);
    return http.post(model.infer(), body, BinaryMessage.headers(header));
  }

  private static void wish(ObjectNode request, String output, boolean binary) {
    var wish = SimpleModel.wish(output);
    wish.putObject("parameters").put("binary_data", binary);
    request.withArray("outputs").add(wish);
  }

  private void in() throws IOException, InterruptedException {
    model.verify(post(header(), tensors()).json());
  }

  private void out() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    SimpleModel.OUTPUTS.forEach(output -> wish(request, output, true));
    verify(http.post(model.infer(), request), SimpleModel.OUTPUTS);
  }

  private void both() throws IOException, InterruptedException {
    var request = header();
    SimpleModel.OUTPUTS.forEach(output -> wish(request, output, true));
    verify(post(request, tensors()), SimpleModel.OUTPUTS);
  }

  private void mixedIn() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    request.putArray("inputs").add(SimpleModel.input("INPUT0")).add(binaryInput("INPUT1"));
    model.verify(post(request, List.of(tensor("INPUT1"))).json());
  }

  private void mixedOut() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    wish(request, "OUTPUT0", false);
    wish(request, "OUTPUT1", true);
    verify(http.post(model.infer(), request), List.of("OUTPUT1"));
  }

  private void allOutputs() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    request.putObject("parameters").put("binary_data_output", true);
    verify(http.post(model.infer(), request), SimpleModel.OUTPUTS);
  }

  private void ownWish() throws IOException, InterruptedException {
    var request = SimpleModel.request();
    request.putObject("parameters").put("binary_data_output", true);
    wish(request, "OUTPUT0", false);
    wish(request, "OUTPUT1", true);
    verify(http.post(model.infer(), request), List.of("OUTPUT1"));
  }

  /** The answer has both outputs, right, and exactly {@code binary} of them as bytes. */
  private void verify(Answer answer, List<String> binary) {
    unless(
        answer.ok().headers().firstValue(BinaryMessage.HEADER_LENGTH).isPresent(),
        "the answer has no binary output: " + answer.said());
    var message = BinaryMessage.of(answer);
    expect("the binary outputs", Set.copyOf(binary), message.tensors().keySet());
    for (var name : SimpleModel.OUTPUTS) {
      var output = SimpleModel.output(message.header(), name);
      SimpleModel.verifyHead(output);
      var bytes = message.tensors().get(name);
      if (bytes == null) {
        SimpleModel.verify(name, output);
      } else {
        SimpleModel.verify(name, BinaryMessage.values(bytes));
      }
    }
  }

  /** Refusals say something only about a server that takes good binary requests. */
  private void refused(JsonNode header, List<byte[]> tensors, Map<String, String> headers)
      throws IOException, InterruptedException {
    in();
    http.post(model.infer(), BinaryMessage.body(header, tensors), headers).refused();
    in();
  }

  private void truncated() throws IOException, InterruptedException {
    var half = Arrays.copyOf(tensor("INPUT1"), 32);
    refused(header(), List.of(tensor("INPUT0"), half), BinaryMessage.headers(header()));
  }

  private void leftOver() throws IOException, InterruptedException {
    var more = Arrays.copyOf(tensor("INPUT1"), 68);
    refused(header(), List.of(tensor("INPUT0"), more), BinaryMessage.headers(header()));
  }

  private void size() throws IOException, InterruptedException {
    var header = header();
    var input = (ObjectNode) header.path("inputs").path(1);
    input.putObject("parameters").put("binary_data_size", 60);
    var shorter = Arrays.copyOf(tensor("INPUT1"), 60);
    refused(header, List.of(tensor("INPUT0"), shorter), BinaryMessage.headers(header));
  }

  private void length(String headerLength) throws IOException, InterruptedException {
    refused(header(), tensors(), BinaryMessage.headers(headerLength));
  }
}
