package io.modelservice.runtime.grpc;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import io.modelservice.runtime.observability.Ended;
import io.modelservice.runtime.observability.Ended.Bytes;
import io.modelservice.runtime.observability.Ended.Call;
import io.modelservice.runtime.observability.Ended.Caller;
import io.modelservice.runtime.observability.Ended.Inference;
import io.modelservice.runtime.observability.Journal;
import io.modelservice.runtime.transport.ServedModel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Tells the journal of the inferences of the gRPC port, if it wants to know. */
final class Journalled {
  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> TRACESTATE =
      Metadata.Key.of("tracestate", Metadata.ASCII_STRING_MARSHALLER);

  private final Journal journal;
  private final ServedModel model;

  Journalled(Journal journal, ServedModel model) {
    this.journal = journal;
    this.model = model;
  }

  /** A request was answered. */
  void answered(
      ServerCall<?, ?> call, Metadata headers, Running request, ModelInferResponse answer) {
    if (journal.isOn()) {
      var bytes = new Bytes(request.size(), answer.getSerializedSize());
      journal.add(ended(call, headers, request, Status.OK, bytes));
    }
  }

  /** A request was refused or failed, or its client left. */
  void refused(ServerCall<?, ?> call, Metadata headers, Running request, Status why) {
    if (journal.isOn()) {
      journal.add(ended(call, headers, request, why, new Bytes(request.size(), 0)));
    }
  }

  private Ended ended(
      ServerCall<?, ?> call, Metadata headers, Running request, Status status, Bytes bytes) {
    return new Ended(
        new Call.Grpc(call.getMethodDescriptor().getFullMethodName(), status.getCode().name()),
        new Caller(address(call), headers.get(TRACEPARENT), headers.get(TRACESTATE)),
        new Inference(model.name(), request.revision(), request.watch()),
        bytes,
        request.watch().age());
  }

  private static @Nullable String address(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress ip
            && !ip.isUnresolved()
        ? ip.getAddress().getHostAddress()
        : null;
  }
}
