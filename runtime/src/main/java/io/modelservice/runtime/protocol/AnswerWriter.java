package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.protocol.InferRequest.Form;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.sharedmemory.Slice;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes an answer: JSON, followed by the tensors that were wanted in binary form. */
final class AnswerWriter {
  static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final JsonGenerator json;
  private final List<ByteBuffer> binary = new ArrayList<>();

  private AnswerWriter(JsonGenerator json) {
    this.json = json;
  }

  static Answer write(InferRequest request, List<Output> outputs, Target target)
      throws RequestException {
    var header = new ByteArrayOutputStream(512);
    try (var json = JSON.createGenerator(header)) {
      var writer = new AnswerWriter(json);
      writer.header(request, outputs, target);
      json.flush();
      return writer.finish(header);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header(InferRequest request, List<Output> outputs, Target target)
      throws IOException, RequestException {
    json.writeStartObject();
    json.writeStringField("model_name", target.model());
    json.writeStringField("model_version", target.version());
    if (request.id() != null) {
      json.writeStringField("id", request.id());
    }
    json.writeArrayFieldStart("outputs");
    for (var i = 0; i < outputs.size(); i++) {
      var wish = request.outputs().get(i);
      output(Classification.asWanted(outputs.get(i), wish, target.labels()), wish);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void output(Output output, Wish wish) throws IOException, RequestException {
    var spec = output.spec();
    json.writeStartObject();
    json.writeStringField("name", spec.name());
    json.writeStringField("datatype", spec.datatype().name());
    json.writeArrayFieldStart("shape");
    for (var size : output.shape()) {
      json.writeNumber(size);
    }
    json.writeEndArray();
    if (wish.into() != null) {
      shared(output, wish.into());
    } else if (wish.form() == Form.BINARY) {
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", append(output));
      json.writeEndObject();
    } else {
      requireJsonForm(spec);
      json.writeFieldName("data");
      var count = Math.toIntExact(Shapes.elements(output.shape()));
      new ElementWriter(json, output).flat(count);
    }
    json.writeEndObject();
  }

  private void shared(Output output, Slice into) throws IOException, RequestException {
    json.writeObjectFieldStart("parameters");
    json.writeStringField(SharedParameters.REGION, into.region().registration().name());
    json.writeNumberField(SharedParameters.OFFSET, into.offset());
    json.writeNumberField(SharedParameters.BYTE_SIZE, BinaryOutput.write(output, into));
    json.writeEndObject();
  }

  private int append(Output output) {
    var data = BinaryOutput.bytes(output);
    binary.add(data);
    return data.remaining();
  }

  /** Refuses to write a tensor as JSON that has no such form. */
  static void requireJsonForm(TensorSpec spec) throws RequestException {
    if (!spec.datatype().hasJsonForm()) {
      throw bad(
          "output '%s' is %s, which has no JSON form: ask for it with \"binary_data\": true",
          spec.name(), spec.datatype());
    }
  }

  private Answer finish(ByteArrayOutputStream header) {
    if (binary.isEmpty()) {
      return new Answer(header.toByteArray(), RestInference.ALL_JSON);
    }
    var size = header.size() + binary.stream().mapToInt(ByteBuffer::remaining).sum();
    var all = ByteBuffer.allocate(size).put(header.toByteArray());
    binary.forEach(all::put);
    return new Answer(all.array(), header.size());
  }
}
