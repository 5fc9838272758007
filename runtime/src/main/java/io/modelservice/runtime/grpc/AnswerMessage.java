package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.grpc.proto.InferParameter;
import io.modelservice.runtime.grpc.proto.InferTensorContents;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import io.modelservice.runtime.grpc.proto.ModelInferResponse.InferOutputTensor;
import io.modelservice.runtime.protocol.BinaryOutput;
import io.modelservice.runtime.protocol.Classification;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.SharedParameters;
import io.modelservice.runtime.protocol.Strings;
import io.modelservice.runtime.protocol.Target;
import io.modelservice.runtime.sharedmemory.Slice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes the answer of an inference; what it holds no longer belongs to the lane. */
final class AnswerMessage {
  private AnswerMessage() {}

  /**
   * The answer in the form of the request. Datatypes without typed contents make it raw, because an
   * answer has one form for all its outputs.
   *
   * @param wishes one for each output
   * @throws RequestException if an output cannot be had as it is wanted
   */
  static ModelInferResponse of(
      InferMessage request, List<Wish> wishes, List<Output> outputs, Target target)
      throws RequestException {
    var wanted = wanted(wishes, outputs, target);
    var typed =
        request.typed()
            && wanted.stream().allMatch(output -> output.spec().datatype().hasJsonForm());
    var answer = named(request, target);
    for (var i = 0; i < wanted.size(); i++) {
      var output = wanted.get(i);
      var into = wishes.get(i).into();
      if (into != null) {
        answer.addOutputs(shared(output, into));
      } else if (typed) {
        answer.addOutputs(tensor(output).setContents(contents(output)));
      } else {
        answer.addOutputs(tensor(output));
      }
      if (!typed) { // one for each output: they are found by their place
        answer.addRawOutputContents(into == null ? raw(output) : ByteString.EMPTY);
      }
    }
    return answer.build();
  }

  private static ModelInferResponse.Builder named(InferMessage request, Target target) {
    return ModelInferResponse.newBuilder()
        .setModelName(target.model())
        .setModelVersion(target.version())
        .setId(request.id());
  }

  private static List<Output> wanted(List<Wish> wishes, List<Output> outputs, Target target)
      throws RequestException {
    var wanted = new ArrayList<Output>(outputs.size());
    for (var i = 0; i < outputs.size(); i++) {
      wanted.add(Classification.asWanted(outputs.get(i), wishes.get(i), target.labels()));
    }
    return wanted;
  }

  private static InferOutputTensor.Builder tensor(Output output) {
    return InferOutputTensor.newBuilder()
        .setName(output.spec().name())
        .setDatatype(output.spec().datatype().name())
        .addAllShape(output.shape());
  }

  private static InferOutputTensor.Builder shared(Output output, Slice into)
      throws RequestException {
    var region = into.region().registration().name();
    return tensor(output)
        .putParameters(
            SharedParameters.REGION, InferParameter.newBuilder().setStringParam(region).build())
        .putParameters(SharedParameters.OFFSET, number(into.offset()))
        .putParameters(SharedParameters.BYTE_SIZE, number(BinaryOutput.write(output, into)));
  }

  private static InferParameter number(long value) {
    return InferParameter.newBuilder().setInt64Param(value).build();
  }

  private static ByteString raw(Output output) {
    return switch (output) {
      case Output.Fixed fixed -> ByteString.copyFrom(fixed.data());
      case Output.Strings strings ->
          UnsafeByteOperations.unsafeWrap(Strings.write(strings.elements()));
    };
  }

  private static InferTensorContents contents(Output output) {
    var contents = InferTensorContents.newBuilder();
    switch (output) {
      case Output.Fixed fixed -> {
        for (var data = fixed.data(); data.hasRemaining(); ) {
          add(contents, fixed, data);
        }
      }
      case Output.Strings strings ->
          strings.elements().forEach(it -> contents.addBytesContents(ByteString.copyFromUtf8(it)));
    }
    return contents.build();
  }

  private static void add(InferTensorContents.Builder to, Output.Fixed output, ByteBuffer data) {
    switch (output.spec().datatype()) {
      case BOOL -> to.addBoolContents(data.get() != 0);
      case INT8 -> to.addIntContents(data.get());
      case INT16 -> to.addIntContents(data.getShort());
      case INT32 -> to.addIntContents(data.getInt());
      case INT64 -> to.addInt64Contents(data.getLong());
      case UINT8 -> to.addUintContents(Byte.toUnsignedInt(data.get()));
      case UINT16 -> to.addUintContents(Short.toUnsignedInt(data.getShort()));
      case UINT32 -> to.addUintContents(data.getInt());
      case UINT64 -> to.addUint64Contents(data.getLong());
      case FP32 -> to.addFp32Contents(data.getFloat());
      case FP64 -> to.addFp64Contents(data.getDouble());
      case FP16, BF16, BYTES -> throw new IllegalStateException("has no numbers here");
    }
  }
}
