package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.transport.Refusals;
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
      return problem(new RequestException(400, "the message cannot be read"));
    } catch (StatusRuntimeException e) { // larger than allowed when it is no longer compressed
      return problem(new RequestException(413, String.valueOf(e.getStatus().getDescription())));
    } catch (OutOfMemoryError e) {
      return problem(Refusals.tooLargeForMemory());
    }
  }

  private static Received problem(RequestException why) {
    return new Received(ByteString.EMPTY, why);
  }

  @Override
  public InputStream stream(Received message) {
    return message.bytes().newInput();
  }
}
