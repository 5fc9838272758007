package io.modelservice.e2e.bench.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.modelservice.e2e.client.Endpoint;
import io.modelservice.e2e.client.InferenceRequest;
import io.modelservice.e2e.client.Load.Outcome;
import io.modelservice.e2e.client.LoadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends the same request at a fixed rate and does not wait for answers. One thread
 * writes the same bytes over and over, so that it takes next to nothing from a server on the same
 * cores, however large the request.
 */
final class OpenLoad implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final long LONGEST_SELECT_MILLIS = 20;
  private static final long SHORT_NAP = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int RECEIVED_AT_ONCE = 1 << 18;

  private final InetSocketAddress address;
  private final ByteBuffer request;
  private final long period;
  private final Selector selector;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(RECEIVED_AT_ONCE);
  private final Deque<LoadConnection> idle = new ArrayDeque<>();
  private final Set<LoadConnection> busy = new HashSet<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("open-load").unstarted(this::run);
  private final AtomicInteger over = new AtomicInteger();
  private volatile boolean sending = true;

  private OpenLoad(InetSocketAddress address, ByteBuffer request, long period) throws IOException {
    this.address = address;
    this.request = request;
    this.period = period;
    this.selector = Selector.open();
  }

  /** Begins to send. */
  static OpenLoad start(Endpoint endpoint, InferenceRequest inference, int perSecond) {
    var uri = endpoint.address();
    var path = "/v2/models/" + endpoint.model() + "/infer";
    try {
      var load =
          new OpenLoad(
              new InetSocketAddress(uri.getHost(), uri.getPort()),
              request(path, inference),
              TimeUnit.SECONDS.toNanos(1) / perSecond);
      load.thread.start();
      return load;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer request(String path, InferenceRequest inference) {
    var body = inference.body();
    var kind =
        inference.isBinary()
            ? "application/octet-stream\r\n"
                + Endpoint.HEADER_LENGTH
                + ": "
                + inference.headerLength()
            : "application/json";
    var head =
        "POST %s HTTP/1.1\r\nHost: load\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, kind, body.length)
            .getBytes(ISO_8859_1);
    return ByteBuffer.allocateDirect(head.length + body.length).put(head).put(body).flip();
  }

  private void run() {
    var due = System.nanoTime();
    var patience = Long.MAX_VALUE;
    while (sending || (!busy.isEmpty() && System.nanoTime() < patience)) {
      if (!sending && patience == Long.MAX_VALUE) {
        patience = System.nanoTime() + PATIENCE;
      }
      while (sending && due - System.nanoTime() <= 0) {
        send(due);
        due += period;
      }
      progress(sending ? due - System.nanoTime() : PATIENCE);
    }
    busy.forEach(connection -> end(connection.failed("no answer")));
  }

  private void send(long due) {
    try {
      var connection =
          idle.isEmpty() ? LoadConnection.open(address, selector, request) : idle.removeLast();
      connection.begin(due);
      busy.add(connection);
    } catch (IOException e) {
      end(new Outcome(due, System.nanoTime(), "", String.valueOf(e)));
    }
  }

  private void progress(long nanos) {
    var millis = Math.min(LONGEST_SELECT_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos));
    try {
      if (millis <= 0) {
        LockSupport.parkNanos(
            Math.min(SHORT_NAP, nanos)); // to spin would take a core from the server
        selector.selectNow(this::progress);
      } else {
        selector.select(this::progress, millis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void progress(SelectionKey key) {
    var connection = (LoadConnection) key.attachment();
    var asked = busy.contains(connection);
    try {
      if (!connection.progress(scratch)) {
        return;
      }
      if (asked) {
        end(connection.outcome());
        busy.remove(connection);
      }
      if (asked && !connection.last()) {
        idle.addLast(connection);
        return;
      }
    } catch (IOException e) {
      if (asked) {
        end(connection.failed(String.valueOf(e)));
        busy.remove(connection);
      }
    }
    idle.remove(connection);
    connection.close();
  }

  private void end(Outcome outcome) {
    outcomes.add(outcome);
    over.incrementAndGet();
  }

  /** Requests so far that are over, well or not. */
  int over() {
    return over.get();
  }

  /** Sends no more and waits for what is on its way. */
  LoadReport stop() {
    sending = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new LoadReport(List.copyOf(outcomes));
  }

  @Override
  public void close() {
    stop();
    idle.forEach(LoadConnection::close);
    busy.forEach(LoadConnection::close);
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
