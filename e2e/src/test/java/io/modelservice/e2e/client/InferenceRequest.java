package io.modelservice.e2e.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** A body of an inference request. */
public final class InferenceRequest {
  private static final int ALL_JSON = -1;

  private final byte[] body;
  private final int headerLength;

  /**
   * A body as it is.
   *
   * @param headerLength bytes of JSON in front of binary tensors; -1 if all is JSON
   */
  public InferenceRequest(byte[] body, int headerLength) {
    this.body = body.clone();
    this.headerLength = headerLength;
  }

  public byte[] body() {
    return body.clone();
  }

  public int headerLength() {
    return headerLength;
  }

  public static InferenceRequest json(String body) {
    return new InferenceRequest(body.getBytes(UTF_8), ALL_JSON);
  }

  public static InferenceRequest json(List<Tensor> inputs) {
    return json(
        inputs.stream()
            .map(input -> head(input) + ",\"data\":" + input.json() + "}")
            .collect(joining(",", "{\"inputs\":[", "]}")));
  }

  /** Tensors behind the JSON, in both directions. */
  public static InferenceRequest binary(List<Tensor> inputs) {
    var header =
        inputs.stream()
            .map(
                input ->
                    "%s,\"parameters\":{\"binary_data_size\":%d}}"
                        .formatted(head(input), input.data().capacity()))
            .collect(
                joining(",", "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[", "]}"))
            .getBytes(UTF_8);
    var body = new ByteArrayOutputStream();
    body.writeBytes(header);
    for (var input : inputs) {
      var bytes = new byte[input.data().capacity()];
      input.data().get(0, bytes);
      body.writeBytes(bytes);
    }
    return new InferenceRequest(body.toByteArray(), header.length);
  }

  private static String head(Tensor input) {
    return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":%s"
        .formatted(input.name(), input.datatype(), input.shape());
  }

  public boolean isBinary() {
    return headerLength != ALL_JSON;
  }
}
