package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonGenerator;
import io.modelservice.runtime.batching.Batchable;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.tensor.Signature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One inference by KServe's first protocol. The answer has a prediction for each row: the values of
 * the only output, or an object by the names of the outputs.
 */
public final class PredictInference implements Batchable<byte[]> {
  private final Body body;
  private final Signature signature;
  private final Stopwatch watch;

  /**
   * An inference.
   *
   * @param watch of this request, which now waits for a lane
   */
  public PredictInference(Body body, Signature signature, Stopwatch watch) {
    this.body = body;
    this.signature = signature;
    this.watch = watch;
  }

  @Override
  public Inference<byte[]> read() throws RequestException {
    watch.end(Phase.QUEUE);
    var request = PredictRequest.read(body, signature);
    return Inference.of(request, signature, watch, PredictInference::write);
  }

  private static byte[] write(List<Output> outputs) throws RequestException {
    for (var output : outputs) {
      AnswerWriter.requireJsonForm(output.spec());
    }
    var bytes = new ByteArrayOutputStream(512);
    try (var json = AnswerWriter.JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeFieldName("predictions");
      if (outputs.size() == 1) {
        new ElementWriter(json, outputs.getFirst()).nested(outputs.getFirst().shape());
      } else {
        rows(outputs, json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void rows(List<Output> outputs, JsonGenerator json)
      throws IOException, RequestException {
    var count = count(outputs);
    var writers = outputs.stream().map(output -> new ElementWriter(json, output)).toList();
    json.writeStartArray();
    for (var row = 0L; row < count; row++) {
      json.writeStartObject();
      for (var i = 0; i < outputs.size(); i++) {
        var shape = outputs.get(i).shape();
        json.writeFieldName(outputs.get(i).spec().name());
        writers.get(i).nested(shape.subList(1, shape.size()));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static long count(List<Output> outputs) throws RequestException {
    var counts =
        outputs.stream().map(o -> o.shape().isEmpty() ? -1L : o.shape().getFirst()).distinct();
    var all = counts.toList();
    if (all.size() != 1 || all.getFirst() < 0) {
      throw bad("the outputs of this model are not rows: ask by /v2/models/NAME/infer");
    }
    return all.getFirst();
  }
}
