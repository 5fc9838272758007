package io.modelservice.runtime.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryRegisterRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryRegisterResponse;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryStatusRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryStatusResponse;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryStatusResponse.RegionStatus;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryUnregisterRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryUnregisterResponse;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.sharedmemory.Regions;
import io.modelservice.runtime.sharedmemory.Registration;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.sharedmemory.SharedMemoryException;
import java.util.List;

/** Triton's calls that register regions of shared memory. */
final class SharedMemoryCalls {
  private final SharedMemory memory;

  SharedMemoryCalls(SharedMemory memory) {
    this.memory = memory;
  }

  void status(
      SystemSharedMemoryStatusRequest request,
      StreamObserver<SystemSharedMemoryStatusResponse> to) {
    answer(
        to,
        regions -> {
          var name = request.getName();
          var registered =
              name.isEmpty()
                  ? regions.registrations()
                  : List.of(regions.region(name).registration());
          var status = SystemSharedMemoryStatusResponse.newBuilder();
          registered.forEach(region -> status.putRegions(region.name(), status(region)));
          return status.build();
        });
  }

  private static RegionStatus status(Registration region) {
    return RegionStatus.newBuilder()
        .setName(region.name())
        .setKey(region.key())
        .setOffset(region.offset())
        .setByteSize(region.byteSize())
        .build();
  }

  void register(
      SystemSharedMemoryRegisterRequest request,
      StreamObserver<SystemSharedMemoryRegisterResponse> to) {
    answer(
        to,
        regions -> {
          regions.register(
              new Registration(
                  request.getName(), request.getKey(), request.getOffset(), request.getByteSize()));
          return SystemSharedMemoryRegisterResponse.getDefaultInstance();
        });
  }

  void unregister(
      SystemSharedMemoryUnregisterRequest request,
      StreamObserver<SystemSharedMemoryUnregisterResponse> to) {
    answer(
        to,
        regions -> {
          if (request.getName().isEmpty()) {
            regions.unregisterAll();
          } else {
            regions.unregister(request.getName());
          }
          return SystemSharedMemoryUnregisterResponse.getDefaultInstance();
        });
  }

  /** What a call does where shared memory is offered. */
  @FunctionalInterface
  private interface Step<T> {
    T on(Regions regions) throws SharedMemoryException;
  }

  private <T> void answer(StreamObserver<T> to, Step<T> step) {
    if (!(memory instanceof Regions regions)) {
      var why = "this server offers no system shared memory";
      to.onError(Status.UNIMPLEMENTED.withDescription(why).asException());
      return;
    }
    try {
      to.onNext(step.on(regions));
      to.onCompleted();
    } catch (SharedMemoryException e) {
      to.onError(Codes.of(new RequestException(e.status(), e.sentence())).asException());
    }
  }
}
