package io.modelservice.runtime.grpc;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.grpc.InferMessage.Tensor;
import io.modelservice.runtime.grpc.InferMessage.Wanted;
import io.modelservice.runtime.grpc.proto.ModelInferRequest;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferInputTensor;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.modelservice.runtime.protocol.RequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@code ModelInferRequest} from its bytes. The generated class would copy the tensors and
 * make an object of each parameter, so that a small message could take much memory; here the
 * tensors stay where they are, and parameters that nobody knows are passed over.
 */
final class MessageReader {
  private static final int MOST_TENSORS = 1024;
  private static final int HIGHEST_RANK = 32;
  private static final int NEAR = 4096;
  private static final int PARAMETERS_TAG =
      ModelInferRequest.PARAMETERS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private String model = "";
  private String version = "";
  private String id = "";
  private final ParameterReader parameters = new ParameterReader();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Wanted> outputs = new ArrayList<>();
  private final List<ByteString> raw = new ArrayList<>();

  private MessageReader() {}

  /**
   * Reads a request.
   *
   * @throws RequestException if it is damaged or has too many parts
   */
  static InferMessage read(ByteString bytes) throws RequestException {
    var reader = new MessageReader();
    try {
      fields(bytes, reader::field);
    } catch (IOException e) {
      throw bad("the request is not a ModelInferRequest: its bytes are damaged");
    }
    return new InferMessage(
        reader.model,
        reader.version,
        reader.id,
        reader.parameters,
        reader.inputs,
        reader.outputs,
        reader.raw);
  }

  /** The id of a request that may be damaged; empty if there is none to be found. */
  static String id(ByteString bytes) {
    var reader = new MessageReader();
    try {
      fields(
          bytes,
          (in, number) -> number == ModelInferRequest.ID_FIELD_NUMBER && reader.field(in, number));
    } catch (IOException | RequestException e) {
      return reader.id; // as far as it was found
    }
    return reader.id;
  }

  /**
   * The priority of a request that is not read yet. Protobuf writes fields by their numbers, so the
   * parameters come before the tensors, and those are not walked through; nor is more than {@value
   * #NEAR} bytes.
   */
  static Priority priority(ByteString bytes) {
    var parameters = new ParameterReader();
    var in = bytes.substring(0, Math.min(bytes.size(), NEAR)).newCodedInput();
    in.enableAliasing(true);
    try {
      for (var tag = in.readTag(); isBeforeTensors(tag); tag = in.readTag()) {
        if (tag == PARAMETERS_TAG) {
          parameters.entry(in.readBytes());
        } else if (!in.skipField(tag)) {
          break;
        }
      }
    } catch (IOException | RequestException e) {
      return Priority.NORMAL; // it is refused when it is read
    }
    return parameters.priority();
  }

  private static boolean isBeforeTensors(int tag) {
    return tag != 0
        && WireFormat.getTagFieldNumber(tag) <= ModelInferRequest.PARAMETERS_FIELD_NUMBER;
  }

  /** Reads a field, or says that it does not know it. */
  @FunctionalInterface
  private interface Field {
    boolean read(CodedInputStream in, int number) throws IOException, RequestException;
  }

  private static void fields(ByteString bytes, Field field) throws IOException, RequestException {
    var in = bytes.newCodedInput();
    in.enableAliasing(true);
    for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
      // every field that is read has a length; a shape does because it is packed, as proto3 demands
      var known =
          WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
              && field.read(in, WireFormat.getTagFieldNumber(tag));
      if (!known && !in.skipField(tag)) {
        throw bad("the request is not a ModelInferRequest: its bytes are damaged");
      }
    }
  }

  private boolean field(CodedInputStream in, int number) throws IOException, RequestException {
    switch (number) {
      case ModelInferRequest.MODEL_NAME_FIELD_NUMBER -> model = in.readStringRequireUtf8();
      case ModelInferRequest.MODEL_VERSION_FIELD_NUMBER -> version = in.readStringRequireUtf8();
      case ModelInferRequest.ID_FIELD_NUMBER -> id = in.readStringRequireUtf8();
      case ModelInferRequest.PARAMETERS_FIELD_NUMBER -> parameters.entry(in.readBytes());
      case ModelInferRequest.INPUTS_FIELD_NUMBER -> add(inputs, input(in.readBytes()));
      case ModelInferRequest.OUTPUTS_FIELD_NUMBER -> add(outputs, output(in.readBytes()));
      case ModelInferRequest.RAW_INPUT_CONTENTS_FIELD_NUMBER -> add(raw, in.readBytes());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static <T> void add(List<T> to, T part) throws RequestException {
    if (to.size() == MOST_TENSORS) {
      throw bad("the request has more than %d inputs or outputs", MOST_TENSORS);
    }
    to.add(part);
  }

  private static Tensor input(ByteString bytes) throws IOException, RequestException {
    var input = new InputReader();
    fields(bytes, input);
    return input.tensor();
  }

  /** Reads one input. */
  private static final class InputReader implements Field {
    private String name = "";
    private String datatype = "";
    private final List<Long> shape = new ArrayList<>();
    private final ParameterReader parameters = new ParameterReader();
    private ByteString contents = ByteString.EMPTY;

    @Override
    public boolean read(CodedInputStream in, int number) throws IOException, RequestException {
      switch (number) {
        case InferInputTensor.NAME_FIELD_NUMBER -> name = in.readStringRequireUtf8();
        case InferInputTensor.DATATYPE_FIELD_NUMBER -> datatype = in.readStringRequireUtf8();
        case InferInputTensor.SHAPE_FIELD_NUMBER -> shape(in.readBytes().newCodedInput());
        case InferInputTensor.PARAMETERS_FIELD_NUMBER -> parameters.entry(in.readBytes());
        case InferInputTensor.CONTENTS_FIELD_NUMBER -> contents(in.readBytes());
        default -> {
          return false;
        }
      }
      return true;
    }

    private void shape(CodedInputStream in) throws IOException, RequestException {
      while (!in.isAtEnd()) {
        var size = in.readInt64();
        if (size < 0 || shape.size() == HIGHEST_RANK) {
          throw bad("a shape has a negative dimension or more than %d dimensions", HIGHEST_RANK);
        }
        shape.add(size);
      }
    }

    private void contents(ByteString bytes) throws RequestException {
      if (!contents.isEmpty()) {
        throw bad("an input has contents twice");
      }
      contents = bytes;
    }

    Tensor tensor() {
      return new Tensor(name, datatype, shape, contents, parameters.shared());
    }
  }

  private static Wanted output(ByteString bytes) throws IOException, RequestException {
    var output = new OutputReader();
    fields(bytes, output);
    return new Wanted(output.name, output.parameters);
  }

  /** Reads one output that is wanted. */
  private static final class OutputReader implements Field {
    private final ParameterReader parameters = new ParameterReader();
    private String name = "";

    @Override
    public boolean read(CodedInputStream in, int number) throws IOException, RequestException {
      switch (number) {
        case InferRequestedOutputTensor.NAME_FIELD_NUMBER -> name = in.readStringRequireUtf8();
        case InferRequestedOutputTensor.PARAMETERS_FIELD_NUMBER -> parameters.entry(in.readBytes());
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
