package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Raw binary requests: a body that is nothing but the bytes of the one input. The model has one
 * input of a datatype of fixed size, with at most one dimension that is not fixed.
 */
final class RawChapter {
  private static final Level LEVEL = new Level.Announced("binary_tensor_data");

  private final Http http;
  private final String path;

  RawChapter(Http http, String singleInput) {
    this.http = http;
    this.path = "/v2/models/" + singleInput;
  }

  Chapter chapter() {
    return new Chapter(
        "raw",
        List.of(
            new Check(LEVEL, "a raw binary request is answered in binary", this::answered),
            new Check(LEVEL, "a part of an element is refused", this::partOfAnElement)));
  }

  private Answer post(byte[] body) throws IOException, InterruptedException {
    return http.post(path + "/infer", body, BinaryMessage.headers("0"));
  }

  /** Zeros of the smallest shape that the model takes. */
  private byte[] zeros() throws IOException, InterruptedException {
    var inputs = http.get(path).json().path("inputs");
    expect("the number of inputs", 1, inputs.size());
    var bytes = width(inputs.path(0).path("datatype").asText());
    for (var size : inputs.path(0).path("shape")) {
      bytes = Math.multiplyExact(bytes, Math.max(1, size.asInt()));
    }
    return new byte[bytes];
  }

  private static int width(String datatype) {
    return switch (datatype) {
      case "BOOL", "INT8", "UINT8" -> 1;
      case "INT16", "UINT16", "FP16", "BF16" -> 2;
      case "INT32", "UINT32", "FP32" -> 4;
      case "INT64", "UINT64", "FP64" -> 8;
      default -> throw new ViolationException("no raw request is made of " + datatype);
    };
  }

  private JsonNode answered() throws IOException, InterruptedException {
    var message = BinaryMessage.of(post(zeros()));
    var outputs = SimpleModel.outputs(message.header());
    unless(!outputs.isEmpty(), "the answer has no output");
    expect("the binary outputs", outputs, List.copyOf(message.tensors().keySet()));
    return message.header();
  }

  private void partOfAnElement() throws IOException, InterruptedException {
    var _ = answered();
    var zeros = zeros();
    post(Arrays.copyOf(zeros, zeros.length + 1)).refused();
  }
}
