package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;

/** Takes messages unread. It throws nothing: gRPC would not tell the client what it was. */
final class ReceivedMarshaller implements Marshaller<Received> {

  @Override
  public Received parse(InputStream stream) {
    try {
      var bytes =
          stream instanceof KnownLength
              ? stream.readNBytes(stream.available())
              : stream.readAllBytes(); // compressed: the server bounds what comes out
      return new Received(UnsafeByteOperations.unsafeWrap(bytes), null);
    } catch (IOException e) {
      return problem(Status.INVALID_ARGUMENT.withDescription("the message cannot be read"));
    } catch (StatusRuntimeException e) {
      return problem(e.getStatus()); // larger than allowed when it is no longer compressed
    } catch (OutOfMemoryError e) {
      return problem(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "there is not enough memory for a request of this size"));
    }
  }

  private static Received problem(Status why) {
    return new Received(ByteString.EMPTY, why);
  }

  @Override
  public InputStream stream(Received message) {
    return message.bytes().newInput();
  }
}
