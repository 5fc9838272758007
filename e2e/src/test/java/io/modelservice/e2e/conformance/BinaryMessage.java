package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.unless;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message of the binary tensor data extension: JSON, then the tensors, little-endian, row-major.
 *
 * @param header the JSON
 * @param tensors bytes of each binary tensor by its name, in the order of the body
 */
record BinaryMessage(JsonNode header, Map<String, byte[]> tensors) {
  /** The length of the JSON in bytes. */
  static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  static byte[] bytes(int[] values) {
    var buffer = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(values);
    return buffer.array();
  }

  static int[] values(byte[] bytes) {
    var values = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }

  /** A request's body. */
  static byte[] body(JsonNode header, List<byte[]> tensors) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(json(header));
    tensors.forEach(body::writeBytes);
    return body.toByteArray();
  }

  /** A request's headers. */
  static Map<String, String> headers(String headerLength) {
    return Map.of("Content-Type", "application/octet-stream", HEADER_LENGTH, headerLength);
  }

  static Map<String, String> headers(JsonNode header) {
    return headers(String.valueOf(json(header).length));
  }

  private static byte[] json(JsonNode header) {
    return header.toString().getBytes(UTF_8);
  }

  /** The successful answer of a server, which must be whole: no byte missing, none left over. */
  static BinaryMessage of(Answer answer) {
    var body = answer.ok().body();
    var length = headerLength(answer);
    var header = answer.parse(Arrays.copyOf(body, length));
    var tensors = new LinkedHashMap<String, byte[]>();
    var at = length;
    for (var output : header.path("outputs")) {
      var size = output.path("parameters").path("binary_data_size");
      if (!size.isMissingNode()) {
        var end = at + size.asInt();
        unless(end <= body.length, "the body ends within output " + output.path("name"));
        tensors.put(output.path("name").asText(), Arrays.copyOfRange(body, at, end));
        at = end;
      }
    }
    unless(at == body.length, (body.length - at) + " bytes follow the last output");
    return new BinaryMessage(header, tensors);
  }

  private static int headerLength(Answer answer) {
    var header = answer.headers().firstValueAsLong(HEADER_LENGTH);
    unless(header.isPresent(), "the answer has no header " + HEADER_LENGTH);
    var length = header.getAsLong();
    unless(
        length > 0 && length <= answer.body().length,
        "%s is %d in an answer of %d bytes".formatted(HEADER_LENGTH, length, answer.body().length));
    return (int) length;
  }
}
