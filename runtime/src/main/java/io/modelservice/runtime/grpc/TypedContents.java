package io.modelservice.runtime.grpc;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.modelservice.runtime.grpc.proto.InferTensorContents;
import io.modelservice.runtime.protocol.Elements;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.tensor.Datatype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Elements in the field of their datatype. They are read where they lie in the request: numbers of
 * fixed size have the same bytes there as in the memory of an input.
 *
 * @param bytes of an {@link InferTensorContents}
 */
record TypedContents(ByteString bytes) implements Elements {

  @Override
  public void check(Input input, int count) throws RequestException {
    var counter =
        new Object() {
          long elements;
        };
    runs(input, run -> counter.elements += elements(input, run));
    if (counter.elements != count) {
      throw bad(
          "input '%s' has %d elements in %s, its shape %s says %d",
          input.name(), counter.elements, fieldName(input.datatype()), input.shape(), count);
    }
  }

  @Override
  public void copy(Input input, ByteBuffer memory) throws RequestException {
    runs(
        input,
        run -> {
          if (input.datatype() == Datatype.FP32 || input.datatype() == Datatype.FP64) {
            memory.put(run.asReadOnlyByteBuffer());
            return;
          }
          for (var in = run.newCodedInput(); !in.isAtEnd(); ) {
            put(input, in, memory);
          }
        });
  }

  @Override
  public List<String> strings(Input input) throws RequestException {
    var strings = new ArrayList<String>();
    runs(
        input,
        run -> {
          if (!run.isValidUtf8()) {
            throw bad("input '%s' has a string that is not UTF-8", input.name());
          }
          strings.add(run.toStringUtf8());
        });
    return strings;
  }

  /** Takes elements that follow each other without tags; of BYTES one alone. */
  @FunctionalInterface
  private interface Run {
    void take(ByteString run) throws IOException, RequestException;
  }

  private void runs(Input input, Run each) throws RequestException {
    var field = field(input);
    try {
      var in = bytes.newCodedInput();
      in.enableAliasing(true);
      for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
        var number = WireFormat.getTagFieldNumber(tag);
        if (number == field) {
          each.take(run(in, tag, input));
        } else if (number <= InferTensorContents.BYTES_CONTENTS_FIELD_NUMBER) {
          throw bad(
              "input '%s' is %s: its elements belong in %s",
              input.name(), input.datatype(), fieldName(input.datatype()));
        } else if (!in.skipField(tag)) {
          throw damaged(input);
        }
      }
    } catch (IOException e) {
      throw damaged(input);
    }
  }

  private ByteString run(CodedInputStream in, int tag, Input input)
      throws IOException, RequestException {
    var type = WireFormat.getTagWireType(tag);
    if (type == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return in.readBytes();
    }
    if (type != wireType(input.datatype())) {
      throw damaged(input);
    }
    var from = in.getTotalBytesRead();
    in.skipField(tag);
    return bytes.substring(from, in.getTotalBytesRead());
  }

  private static long elements(Input input, ByteString run) throws RequestException {
    return switch (wireType(input.datatype())) {
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> 1;
      case WireFormat.WIRETYPE_VARINT -> varints(input, run);
      default -> {
        if (run.size() % input.datatype().size() != 0) {
          throw damaged(input);
        }
        yield run.size() / input.datatype().size();
      }
    };
  }

  /** Each ends with the first byte whose highest bit is not set. */
  private static long varints(Input input, ByteString run) throws RequestException {
    var count = 0L;
    byte last = 0;
    for (var bytes = run.asReadOnlyByteBuffer(); bytes.hasRemaining(); ) {
      last = bytes.get();
      if (last >= 0) {
        count++;
      }
    }
    if (last < 0) {
      throw damaged(input);
    }
    return count;
  }

  private static void put(Input input, CodedInputStream in, ByteBuffer memory)
      throws IOException, RequestException {
    switch (input.datatype()) {
      case BOOL -> memory.put((byte) (in.readBool() ? 1 : 0));
      case INT8 -> memory.put((byte) ranged(input, in.readInt32(), Byte.MIN_VALUE, Byte.MAX_VALUE));
      case UINT8 -> memory.put((byte) ranged(input, in.readUInt32(), 0, 0xFF));
      case INT16 ->
          memory.putShort((short) ranged(input, in.readInt32(), Short.MIN_VALUE, Short.MAX_VALUE));
      case UINT16 -> memory.putShort((short) ranged(input, in.readUInt32(), 0, 0xFFFF));
      case INT32 -> memory.putInt(in.readInt32());
      case UINT32 -> memory.putInt(in.readUInt32());
      case INT64 -> memory.putLong(in.readInt64());
      case UINT64 -> memory.putLong(in.readUInt64());
      case FP32, FP64, FP16, BF16, BYTES -> throw new IllegalStateException("not a varint");
    }
  }

  private static int ranged(Input input, int value, int least, int most) throws RequestException {
    if (value < least || value > most) {
      throw bad("input '%s' has an element out of the range of %s", input.name(), input.datatype());
    }
    return value;
  }

  private static int field(Input input) throws RequestException {
    if (!input.datatype().hasJsonForm()) {
      throw bad(
          "input '%s' is %s, which has no typed contents: send it in raw_input_contents",
          input.name(), input.datatype());
    }
    return fieldNumber(input.datatype());
  }

  /** The field of {@link InferTensorContents}, by the table of the protocol. */
  private static int fieldNumber(Datatype datatype) {
    return switch (datatype) {
      case BOOL -> InferTensorContents.BOOL_CONTENTS_FIELD_NUMBER;
      case INT8, INT16, INT32 -> InferTensorContents.INT_CONTENTS_FIELD_NUMBER;
      case INT64 -> InferTensorContents.INT64_CONTENTS_FIELD_NUMBER;
      case UINT8, UINT16, UINT32 -> InferTensorContents.UINT_CONTENTS_FIELD_NUMBER;
      case UINT64 -> InferTensorContents.UINT64_CONTENTS_FIELD_NUMBER;
      case FP32 -> InferTensorContents.FP32_CONTENTS_FIELD_NUMBER;
      case FP64 -> InferTensorContents.FP64_CONTENTS_FIELD_NUMBER;
      case BYTES -> InferTensorContents.BYTES_CONTENTS_FIELD_NUMBER;
      case FP16, BF16 -> throw new IllegalStateException("checked before");
    };
  }

  private static String fieldName(Datatype datatype) {
    return InferTensorContents.getDescriptor().findFieldByNumber(fieldNumber(datatype)).getName();
  }

  private static int wireType(Datatype datatype) {
    return switch (datatype) {
      case FP32 -> WireFormat.WIRETYPE_FIXED32;
      case FP64 -> WireFormat.WIRETYPE_FIXED64;
      case BYTES -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
      default -> WireFormat.WIRETYPE_VARINT;
    };
  }

  private static RequestException damaged(Input input) {
    return bad("the contents of input '%s' are damaged", input.name());
  }
}
