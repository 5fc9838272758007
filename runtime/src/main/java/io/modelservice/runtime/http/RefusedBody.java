package io.modelservice.runtime.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * Reads away what a client still sends of a body that was refused. A connection that is closed with
 * unread bytes resets, and the client would lose the answer.
 *
 * <p>Under overload most bodies are refused. So on HTTP/1.1 their bytes are dropped as they come
 * from the socket: Vert.x would copy each into the heap first.
 */
final class RefusedBody extends ChannelInboundHandlerAdapter {
  /** How long a client may go on sending, so that it can read why it was refused. */
  private static final long LINGER_MILLIS = TimeUnit.SECONDS.toMillis(15);

  private RefusedBody() {}

  /** Reads away the rest of the body; the connection is closed if that takes too long. */
  static void drain(RoutingContext context) {
    var request = context.request();
    if (request.isEnded()) {
      return;
    }
    var vertx = context.vertx();
    var timer = vertx.setTimer(LINGER_MILLIS, expired -> request.connection().close());
    request.handler(ignored -> {});
    request.exceptionHandler(ignored -> vertx.cancelTimer(timer));
    request.endHandler(ended -> vertx.cancelTimer(timer));
    dropAtTheSocket(request);
    request.resume();
  }

  private static void dropAtTheSocket(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2
        && request.connection() instanceof ConnectionBase connection) {
      var vertx = connection.channelHandlerContext();
      vertx.pipeline().addBefore(vertx.name(), null, new RefusedBody());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpContent
        && !(message instanceof LastHttpContent)
        && !(message instanceof HttpRequest)) {
      ReferenceCountUtil.release(message);
    } else { // the end of the body, or the next request if the end was on its way already
      context.pipeline().remove(this);
      context.fireChannelRead(message);
    }
  }
}
