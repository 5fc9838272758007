package io.modelservice.e2e.conformance;

import com.google.protobuf.ByteString;
import io.modelservice.e2e.conformance.wire.InferTensorContents;
import io.modelservice.e2e.conformance.wire.ModelInferRequest;
import io.modelservice.e2e.conformance.wire.ModelMetadataRequest;
import java.util.List;
import java.util.function.Supplier;

/** Bad calls over gRPC: the status blames the caller, and the server lives on. */
final class GrpcErrorChapter {
  private final Grpc grpc;
  private final GrpcMessages messages;

  GrpcErrorChapter(Grpc grpc, SimpleModel model) {
    this.grpc = grpc;
    this.messages = new GrpcMessages(model);
  }

  Chapter chapter() {
    return new Chapter(
        "grpc-errors",
        List.of(
            Check.required("metadata of an unknown model is refused", this::unknownMetadata),
            refused("an unknown model", () -> messages.raw().setModelName("no-such-model")),
            refused("an unknown version", () -> messages.raw().setModelVersion("no-such-version")),
            refused("an unknown input", this::unknownInput),
            refused("a missing input", this::missingInput),
            refused("another datatype", this::datatype),
            refused("a shape that the model does not take", this::shape),
            refused("fewer elements than the shape", this::elements),
            refused("fewer raw contents than inputs", this::missingContents),
            refused("raw contents shorter than the shape", this::shortContents),
            refused("typed and raw contents at once", this::bothContents),
            refused(
                "an unknown output", () -> messages.raw().addOutputs(GrpcMessages.wish("OUTPUT9"))),
            Check.required("good calls are answered after all that", this::alive)));
  }

  private Check refused(String what, Supplier<ModelInferRequest.Builder> request) {
    return Check.required(
        what + " is refused",
        () -> Grpc.refused(() -> grpc.service().modelInfer(request.get().build())));
  }

  private void unknownMetadata() {
    var request = ModelMetadataRequest.newBuilder().setName("no-such-model").build();
    Grpc.refused(() -> grpc.service().modelMetadata(request));
  }

  private ModelInferRequest.Builder unknownInput() {
    var request = messages.raw();
    request.getInputsBuilder(0).setName("INPUT9");
    return request;
  }

  private ModelInferRequest.Builder missingInput() {
    var request = messages.raw().removeInputs(1).clearRawInputContents();
    return request.addRawInputContents(GrpcMessages.bytes("INPUT0"));
  }

  private ModelInferRequest.Builder datatype() {
    var request = messages.raw();
    request.getInputsBuilder(0).setDatatype("FP32");
    return request;
  }

  private ModelInferRequest.Builder shape() {
    var request = messages.raw().clearRawInputContents();
    for (var i = 0; i < SimpleModel.INPUTS.size(); i++) {
      request.getInputsBuilder(i).setShape(1, SimpleModel.ROW - 1);
      request.addRawInputContents(shorter(SimpleModel.INPUTS.get(i)));
    }
    return request;
  }

  private static ByteString shorter(String input) {
    return GrpcMessages.bytes(input).substring(Integer.BYTES);
  }

  private ModelInferRequest.Builder elements() {
    var request = messages.typed();
    request
        .getInputsBuilder(0)
        .setContents(InferTensorContents.newBuilder().addIntContents(1).addIntContents(2));
    return request;
  }

  private ModelInferRequest.Builder missingContents() {
    return messages.raw().clearRawInputContents().addRawInputContents(GrpcMessages.bytes("INPUT0"));
  }

  private ModelInferRequest.Builder shortContents() {
    return messages.raw().setRawInputContents(1, shorter("INPUT1"));
  }

  private ModelInferRequest.Builder bothContents() {
    return messages
        .typed()
        .addRawInputContents(GrpcMessages.bytes("INPUT0"))
        .addRawInputContents(GrpcMessages.bytes("INPUT1"));
  }

  private void alive() {
    messages.verify(grpc.service().modelInfer(messages.raw().build()));
  }
}
