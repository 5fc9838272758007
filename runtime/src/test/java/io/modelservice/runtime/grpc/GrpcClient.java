package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import io.modelservice.runtime.grpc.proto.InferParameter;
import io.modelservice.runtime.grpc.proto.InferTensorContents;
import io.modelservice.runtime.grpc.proto.ModelInferRequest;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferInputTensor;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A user of the gRPC port. */
public final class GrpcClient implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;
  private static final int LARGEST_ANSWER = 64 << 20;

  private final ManagedChannel channel;

  public GrpcClient(int port) {
    channel =
        NettyChannelBuilder.forAddress("localhost", port)
            .usePlaintext()
            .maxInboundMessageSize(LARGEST_ANSWER)
            .build();
  }

  public ManagedChannel channel() {
    return channel;
  }

  /** Calls that wait for their answer. */
  public GRPCInferenceServiceBlockingStub calls() {
    return GRPCInferenceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Calls that come back later. */
  public GRPCInferenceServiceStub asyncCalls() {
    return GRPCInferenceServiceGrpc.newStub(channel);
  }

  public ModelInferResponse infer(ModelInferRequest request) {
    return calls().modelInfer(request);
  }

  /** The refusal of a request that must be refused. */
  public StatusRuntimeException refusal(ModelInferRequest request) {
    try {
      var answer = infer(request);
      throw new AssertionError("answered with " + answer);
    } catch (StatusRuntimeException e) {
      return e;
    }
  }

  /** Both inputs of the model simple, in typed contents; INPUT0 counts from first, INPUT1 is 1. */
  public static ModelInferRequest.Builder simple(int first) {
    return espresso()
        .addInputs(row("INPUT0").setContents(ints(IntStream.range(first, first + 16))))
        .addInputs(row("INPUT1").setContents(ints(IntStream.generate(() -> 1).limit(16))));
  }

  /** The same in raw contents. */
  public static ModelInferRequest.Builder simpleRaw(int first) {
    return espresso()
        .addInputs(row("INPUT0"))
        .addInputs(row("INPUT1"))
        .addRawInputContents(raw(IntStream.range(first, first + 16)))
        .addRawInputContents(raw(IntStream.generate(() -> 1).limit(16)));
  }

  /** A request of the model slow. */
  public static ModelInferRequest slow(long rounds) {
    var contents = InferTensorContents.newBuilder().addInt64Contents(rounds);
    return espresso().addInputs(one("rounds", "INT64", 1).setContents(contents)).build();
  }

  public static ModelInferRequest.Builder espresso() {
    return ModelInferRequest.newBuilder().setModelName("espresso");
  }

  /** An input of one dimension. */
  public static InferInputTensor.Builder one(String name, String datatype, long size) {
    return InferInputTensor.newBuilder().setName(name).setDatatype(datatype).addShape(size);
  }

  private static InferInputTensor.Builder row(String name) {
    return InferInputTensor.newBuilder()
        .setName(name)
        .setDatatype("INT32")
        .addAllShape(List.of(1L, 16L));
  }

  private static InferTensorContents ints(IntStream values) {
    var contents = InferTensorContents.newBuilder();
    values.forEach(contents::addIntContents);
    return contents.build();
  }

  private static ByteString raw(IntStream values) {
    var bytes = ByteBuffer.allocate(16 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(bytes::putInt);
    return ByteString.copyFrom(bytes.flip());
  }

  /** The parameters of a tensor in shared memory. */
  public static Map<String, InferParameter> place(String region, int offset, int byteSize) {
    return Map.of(
        "shared_memory_region",
        text(region),
        "shared_memory_offset",
        number(offset),
        "shared_memory_byte_size",
        number(byteSize));
  }

  public static InferParameter text(String value) {
    return InferParameter.newBuilder().setStringParam(value).build();
  }

  public static InferParameter number(long value) {
    return InferParameter.newBuilder().setInt64Param(value).build();
  }

  /** Raw contents as integers. */
  public static List<Integer> ints(ByteString raw) {
    var numbers = new int[raw.size() / Integer.BYTES];
    raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
    return Arrays.stream(numbers).boxed().toList();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
