package io.modelservice.runtime.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.tensor.Datatype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/** Writes the elements of an output as JSON, one after the other. */
final class ElementWriter {
  private final JsonGenerator json;
  private final Source source;

  /** The elements that are left. */
  private sealed interface Source {
    record Numbers(Datatype datatype, ByteBuffer data) implements Source {}

    record Strings(Iterator<String> elements) implements Source {}
  }

  ElementWriter(JsonGenerator json, Output output) {
    this.json = json;
    source =
        switch (output) {
          case Output.Fixed fixed ->
              new Source.Numbers(
                  output.spec().datatype(), fixed.data().duplicate().order(fixed.data().order()));
          case Output.Strings strings -> new Source.Strings(strings.elements().iterator());
        };
  }

  /** All that are left, flat. */
  void flat(int count) throws IOException {
    json.writeStartArray();
    for (var i = 0; i < count; i++) {
      next();
    }
    json.writeEndArray();
  }

  /** As many as the shape says, nested by its dimensions. */
  void nested(List<Long> shape) throws IOException {
    if (shape.isEmpty()) {
      next();
      return;
    }
    json.writeStartArray();
    for (var i = 0L; i < shape.getFirst(); i++) {
      nested(shape.subList(1, shape.size()));
    }
    json.writeEndArray();
  }

  private void next() throws IOException {
    switch (source) {
      case Source.Strings(var elements) -> json.writeString(elements.next());
      case Source.Numbers(var datatype, var data) -> number(datatype, data);
    }
  }

  private void number(Datatype datatype, ByteBuffer data) throws IOException {
    switch (datatype) {
      case BOOL -> json.writeBoolean(data.get() != 0);
      case INT8 -> json.writeNumber(data.get());
      case UINT8 -> json.writeNumber(Byte.toUnsignedInt(data.get()));
      case INT16 -> json.writeNumber(data.getShort());
      case UINT16 -> json.writeNumber(Short.toUnsignedInt(data.getShort()));
      case INT32 -> json.writeNumber(data.getInt());
      case UINT32 -> json.writeNumber(Integer.toUnsignedLong(data.getInt()));
      case INT64 -> json.writeNumber(data.getLong());
      case UINT64 -> json.writeNumber(Long.toUnsignedString(data.getLong()));
      case FP32 -> json.writeNumber(data.getFloat()); // NaN and Infinity become strings
      case FP64 -> json.writeNumber(data.getDouble());
      case FP16, BF16, BYTES -> throw new IllegalStateException("they have no such form");
    }
  }
}
