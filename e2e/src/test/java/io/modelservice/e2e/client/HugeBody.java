package io.modelservice.e2e.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Arrays;

/** Streams a body of many bytes in chunks, without saying before how many there will be. */
public final class HugeBody {
  private static final int CHUNK = 1 << 20;
  private static final int TIMEOUT_MILLIS = 60_000;

  private HugeBody() {}

  /**
   * The answer's status line, headers and body.
   *
   * @param bytes to send, unless the server has enough of it before
   */
  public static String post(URI address, String path, long bytes) {
    var port = address.getPort() < 0 ? 80 : address.getPort();
    try (var socket = new Socket(address.getHost(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      var sender = Thread.ofVirtual().start(() -> send(socket, path, bytes));
      var answer = read(socket);
      sender.interrupt();
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that refuses may close before it has read everything: what it said counts. */
  private static String read(Socket socket) throws IOException {
    var answer = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(answer);
    } catch (SocketException e) {
      // closed
    }
    return answer.toString(US_ASCII);
  }

  private static void send(Socket socket, String path, long bytes) {
    try {
      var out = socket.getOutputStream();
      var head =
          """
          POST %s HTTP/1.1
          Host: model
          Content-Type: application/json
          Connection: close
          Transfer-Encoding: chunked

          """
              .formatted(path);
      out.write(head.replace("\n", "\r\n").getBytes(US_ASCII));
      var chunk = new byte[CHUNK];
      Arrays.fill(chunk, (byte) ' ');
      var size = (Integer.toHexString(CHUNK) + "\r\n").getBytes(US_ASCII);
      for (var sent = 0L; sent < bytes; sent += CHUNK) {
        out.write(size);
        out.write(chunk);
        out.write("\r\n".getBytes(US_ASCII));
      }
      out.write("0\r\n\r\n".getBytes(US_ASCII));
      out.flush();
    } catch (SocketException e) {
      // the server has answered and reads no more
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
