package io.modelservice.e2e.bench.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.modelservice.e2e.client.Load.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.regex.Pattern;

/**
 * A connection that sends one HTTP request after the other; used by the thread of its load only.
 */
final class LoadConnection implements AutoCloseable {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CLOSE =
      Pattern.compile("\r\nconnection: *close", Pattern.CASE_INSENSITIVE);

  private static final String END = "\r\n\r\n";
  private static final int HEAD = 1 << 12;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer request;
  private final ByteBuffer begin = ByteBuffer.allocate(HEAD);
  private long due;
  private long received;
  private boolean last;

  private LoadConnection(SocketChannel channel, Selector selector, ByteBuffer request)
      throws IOException {
    this.channel = channel;
    this.request = request.duplicate().limit(0);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /**
   * Connects.
   *
   * @param request head and body
   */
  static LoadConnection open(InetSocketAddress address, Selector selector, ByteBuffer request)
      throws IOException {
    return new LoadConnection(SocketChannel.open(address), selector, request);
  }

  /**
   * Begins to send the request.
   *
   * @param time when it should have been sent, by {@link System#nanoTime()}
   */
  void begin(long time) {
    due = time;
    received = 0;
    begin.clear();
    request.rewind().limit(request.capacity());
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  /**
   * Sends and receives what is possible now.
   *
   * @param scratch where answers are received and forgotten
   * @return whether the request is over
   */
  boolean progress(ByteBuffer scratch) throws IOException {
    if (request.hasRemaining()) {
      channel.write(request);
    }
    if (!request.hasRemaining()) {
      key.interestOps(SelectionKey.OP_READ);
    }
    var count = channel.read(scratch.clear());
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    received += count;
    begin.put(scratch.flip().limit(Math.min(count, begin.remaining())));
    return received > 0 && over();
  }

  private boolean over() throws IOException {
    var text = text();
    var head = text.indexOf(END);
    if (head < 0) {
      return false;
    }
    var length = LENGTH.matcher(text).region(0, head);
    if (!length.find()) {
      throw new IOException("an answer without Content-Length");
    }
    last = CLOSE.matcher(text).region(0, head).find();
    var answered = received >= head + END.length() + Long.parseLong(length.group(1));
    return answered && (last || !request.hasRemaining());
  }

  private String text() {
    return new String(begin.array(), 0, begin.position(), ISO_8859_1);
  }

  /** Whether the server asks for another connection. */
  boolean last() {
    return last;
  }

  /** What became of the request, which is over. */
  Outcome outcome() {
    var text = text();
    var status = STATUS.matcher(text);
    if (!status.lookingAt()) {
      return failed("no HTTP answer");
    }
    return status.group(1).equals("200")
        ? new Outcome(due, System.nanoTime(), "", null)
        : failed(status.group(1) + " " + text.substring(text.indexOf(END) + END.length()));
  }

  /** The outcome of a request that has no answer of status 200. */
  Outcome failed(String why) {
    return new Outcome(due, System.nanoTime(), "", why);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      key.cancel(); // it is of no use any more
    }
  }
}
