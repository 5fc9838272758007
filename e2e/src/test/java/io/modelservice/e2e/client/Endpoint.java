package io.modelservice.e2e.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The address of a served model, as an application uses it. */
public record Endpoint(URI address, String model) {
  /** Bytes of JSON in front of binary tensors. */
  public static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  /** The revision that answered. */
  public static final String REVISION = "X-ModelService-Revision";

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /** A label and its probability. */
  public record Score(String label, double score) {}

  public HttpResponse<byte[]> get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).build());
  }

  public HttpRequest inference(InferenceRequest request) {
    var http = post("/v2/models/" + model + "/infer", "application/json", request.body());
    if (request.isBinary()) {
      http.setHeader("Content-Type", "application/octet-stream");
      http.header(HEADER_LENGTH, String.valueOf(request.headerLength()));
    }
    return http.build();
  }

  public HttpRequest classification(byte[] image) {
    return post("/v1/tasks/image-classification", "application/octet-stream", image).build();
  }

  /** The JSON answer of a request with a body, which must succeed. */
  public JsonNode ask(String path, String type, byte[] body) {
    return json(succeeded(send(post(path, type, body).build())).body());
  }

  private HttpRequest.Builder post(String path, String type, byte[] body) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(TIMEOUT)
        .header("Content-Type", type)
        .POST(BodyPublishers.ofByteArray(body));
  }

  /** The answer, whatever its status. */
  public HttpResponse<byte[]> infer(InferenceRequest request) {
    return send(inference(request));
  }

  /** The answer, whatever its status. */
  public HttpResponse<byte[]> classify(byte[] image) {
    return send(classification(image));
  }

  /** The outputs of a request that must succeed. */
  public List<Tensor> outputs(InferenceRequest request) {
    return outputs(succeeded(infer(request)));
  }

  /** The scores of an image, highest first. */
  public List<Score> scores(byte[] image) {
    var scores = new ArrayList<Score>();
    for (var score : json(succeeded(classify(image)).body())) {
      scores.add(new Score(score.path("label").asText(), score.path("score").asDouble()));
    }
    return scores;
  }

  /** No answer at all is an {@link AssertionError}, which a test may wait to pass. */
  private static HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static HttpResponse<byte[]> succeeded(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(
          "%s: %d %s"
              .formatted(
                  response.uri(), response.statusCode(), new String(response.body(), UTF_8)));
    }
    return response;
  }

  public static JsonNode json(byte[] body) {
    try {
      return MAPPER.readTree(new String(body, UTF_8));
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + new String(body, UTF_8), e);
    }
  }

  private static List<Tensor> outputs(HttpResponse<byte[]> response) {
    var body = ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
    var headerLength =
        Math.toIntExact(response.headers().firstValueAsLong(HEADER_LENGTH).orElse(body.capacity()));
    var header = new byte[headerLength];
    body.get(header);
    var tensors = new ArrayList<Tensor>();
    for (var output : json(header).path("outputs")) {
      tensors.add(
          output.has("data")
              ? tensor(output, elements(output))
              : tensor(output, binary(output, body)));
    }
    return tensors;
  }

  private static Tensor tensor(JsonNode output, ByteBuffer data) {
    var shape = new ArrayList<Long>();
    output.path("shape").forEach(size -> shape.add(size.asLong()));
    return new Tensor(
        output.path("name").asText(), output.path("datatype").asText(), List.copyOf(shape), data);
  }

  private static ByteBuffer binary(JsonNode output, ByteBuffer body) {
    var size = output.path("parameters").path("binary_data_size").asInt();
    var data = Tensor.buffer(size);
    data.put(0, body, body.position(), size);
    body.position(body.position() + size);
    return data;
  }

  private static ByteBuffer elements(JsonNode output) {
    var array = output.path("data");
    var data = Tensor.buffer(array.size() * 4);
    for (var i = 0; i < array.size(); i++) {
      if (output.path("datatype").asText().equals("FP32")) {
        data.putFloat(i * 4, (float) array.path(i).asDouble());
      } else {
        data.putInt(i * 4, array.path(i).asInt());
      }
    }
    return data;
  }
}
