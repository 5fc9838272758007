package io.modelservice.runtime.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server, and once cuts the connection after some bytes. */
final class CuttingProxy implements AutoCloseable {
  private final URI server;
  private final AtomicLong left;
  private final AtomicLong sent = new AtomicLong();
  private final ServerSocket door;

  /** Cuts after the first so many bytes of the server; from then on all goes through. */
  CuttingProxy(URI server, long bytes) {
    this.server = server;
    this.left = new AtomicLong(bytes);
    try {
      door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  String uri() {
    return "http://localhost:" + door.getLocalPort();
  }

  /** Bytes that the client has been sent. */
  long sent() {
    return sent.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = door.accept();
        var upstream = new Socket(server.getHost(), server.getPort());
        Thread.ofVirtual().start(() -> pass(client, upstream, new byte[1 << 12]));
        Thread.ofVirtual().start(() -> answer(upstream, client));
      }
    } catch (IOException e) {
      // the door is closed
    }
  }

  private static void pass(Socket from, Socket to, byte[] chunk) {
    try (from;
        to) {
      copy(from.getInputStream(), to.getOutputStream(), chunk);
    } catch (IOException e) {
      // one of them has hung up
    }
  }

  private static void copy(InputStream in, OutputStream out, byte[] chunk) throws IOException {
    for (var read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      out.write(chunk, 0, read);
    }
  }

  private void answer(Socket upstream, Socket client) {
    var chunk = new byte[1 << 12];
    try (upstream;
        client) {
      var in = upstream.getInputStream();
      for (var read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        client.getOutputStream().write(chunk, 0, read);
        sent.addAndGet(read);
        var before = left.getAndAdd(-read);
        if (before > 0 && before <= read) {
          return;
        }
      }
    } catch (IOException e) {
      // one of them has hung up
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
