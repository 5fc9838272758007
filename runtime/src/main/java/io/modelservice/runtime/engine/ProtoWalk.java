package io.modelservice.runtime.engine;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.List;

/** Walks protobuf messages of which most fields are skipped. */
final class ProtoWalk {
  private static final int DEEPEST = 64;
  private static final int MOST_NUMBERS = 64;

  private final CodedInputStream in;
  private int wireType;
  private int depth;

  ProtoWalk(CodedInputStream in) {
    this.in = in;
  }

  /** What to do with one field; false leaves it to be skipped. */
  @FunctionalInterface
  interface Field {
    boolean read(int number) throws IOException, EngineException;
  }

  /** All fields to the end of the message. */
  void fields(Field field) throws IOException, EngineException {
    for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
      wireType = WireFormat.getTagWireType(tag);
      if (!field.read(WireFormat.getTagFieldNumber(tag)) && !in.skipField(tag)) {
        return;
      }
    }
  }

  /**
   * The fields of a message within another; always true.
   *
   * @throws EngineException if messages are nested too deeply or do not end where they say
   */
  boolean message(Field field) throws IOException, EngineException {
    if (++depth > DEEPEST) {
      throw OnnxFile.invalid("the model's graphs are nested too deeply");
    }
    var limit = in.pushLimit(in.readRawVarint32());
    fields(field);
    if (in.getBytesUntilLimit() != 0) {
      throw OnnxFile.invalid("model.onnx is damaged");
    }
    in.popLimit(limit);
    depth--;
    return true;
  }

  long number() throws IOException {
    return in.readInt64();
  }

  String text() throws IOException {
    return in.readStringRequireUtf8();
  }

  /**
   * A repeated number, which writers pack or do not.
   *
   * @param all the list that it is added to
   * @throws EngineException if there are more than any tensor has dimensions
   */
  void numbers(List<Long> all) throws IOException, EngineException {
    if (wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      add(all, in.readInt64());
      return;
    }
    var limit = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      add(all, in.readInt64());
    }
    in.popLimit(limit);
  }

  static void add(List<Long> all, long number) throws EngineException {
    if (all.size() == MOST_NUMBERS) {
      throw OnnxFile.invalid(
          "model.onnx has a tensor of more than %d dimensions".formatted(MOST_NUMBERS));
    }
    all.add(number);
  }

  /** Skips bytes, and tells how many there were. */
  long bytes() throws IOException {
    var length = in.readRawVarint32();
    in.skipRawBytes(length);
    return length;
  }
}
