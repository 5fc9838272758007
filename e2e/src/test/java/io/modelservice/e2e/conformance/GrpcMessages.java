package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import com.google.protobuf.ByteString;
import io.modelservice.e2e.conformance.wire.InferTensorContents;
import io.modelservice.e2e.conformance.wire.ModelInferRequest;
import io.modelservice.e2e.conformance.wire.ModelInferRequest.InferInputTensor;
import io.modelservice.e2e.conformance.wire.ModelInferRequest.InferRequestedOutputTensor;
import io.modelservice.e2e.conformance.wire.ModelInferResponse;
import java.util.Arrays;
import java.util.List;

/** Requests to the wire test model over gRPC, and what must come back. */
record GrpcMessages(SimpleModel model) {

  /** One row, its elements in the typed fields. */
  ModelInferRequest.Builder typed() {
    var request = ModelInferRequest.newBuilder().setModelName(model.name());
    for (var name : SimpleModel.INPUTS) {
      var contents = InferTensorContents.newBuilder();
      Arrays.stream(SimpleModel.values(name)).forEach(contents::addIntContents);
      request.addInputs(tensor(name).setContents(contents));
    }
    return request;
  }

  /** One row, its elements as raw bytes. */
  ModelInferRequest.Builder raw() {
    var request = ModelInferRequest.newBuilder().setModelName(model.name());
    for (var name : SimpleModel.INPUTS) {
      request.addInputs(tensor(name)).addRawInputContents(bytes(name));
    }
    return request;
  }

  /** Name, datatype and shape of one row. */
  static InferInputTensor.Builder tensor(String name) {
    return InferInputTensor.newBuilder()
        .setName(name)
        .setDatatype("INT32")
        .addShape(1)
        .addShape(SimpleModel.ROW);
  }

  static ByteString bytes(String input) {
    return ByteString.copyFrom(BinaryMessage.bytes(SimpleModel.values(input)));
  }

  static InferRequestedOutputTensor.Builder wish(String output) {
    return InferRequestedOutputTensor.newBuilder().setName(output);
  }

  /** The answer must have both outputs, right. */
  void verify(ModelInferResponse answer) {
    verify(answer, SimpleModel.OUTPUTS);
  }

  /** The answer must have exactly these outputs, right, typed or raw. */
  void verify(ModelInferResponse answer, List<String> outputs) {
    expect("model_name", model.name(), answer.getModelName());
    var names = answer.getOutputsList().stream().map(output -> output.getName()).toList();
    expect("the outputs", outputs, names);
    var raw = answer.getRawOutputContentsCount();
    unless(
        raw == 0 || raw == outputs.size(),
        "%d raw contents for %d outputs".formatted(raw, outputs.size()));
    for (var i = 0; i < outputs.size(); i++) {
      var output = answer.getOutputs(i);
      expect("datatype", "INT32", output.getDatatype());
      expect("shape", List.of(1L, (long) SimpleModel.ROW), output.getShapeList());
      SimpleModel.verify(outputs.get(i), elements(answer, i));
    }
  }

  private static int[] elements(ModelInferResponse answer, int output) {
    return answer.getRawOutputContentsCount() == 0
        ? answer.getOutputs(output).getContents().getIntContentsList().stream()
            .mapToInt(Integer::intValue)
            .toArray()
        : BinaryMessage.values(answer.getRawOutputContents(output).toByteArray());
  }
}
