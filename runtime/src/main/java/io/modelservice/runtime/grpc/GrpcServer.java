package io.modelservice.runtime.grpc;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.modelservice.runtime.RuntimeConfig;
import io.modelservice.runtime.pod.Pod;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The gRPC port: opens with the process, and leaves with it without cutting a call off. */
@ApplicationScoped
public class GrpcServer {
  private static final Logger LOG = Logger.getLogger(GrpcServer.class);

  /** Bytes on their way to a call before it reads them; the default of 64 KiB is for small ones. */
  private static final int FLOW_CONTROL_WINDOW = 4 << 20;

  /** The longest timeout that a model may have, so that its age never cuts a call off. */
  private static final Duration LONGEST_CALL = Duration.ofHours(1);

  private static final Duration SHORTEST_KEEPALIVE = Duration.ofSeconds(10);

  /** For calls that end with the connection, such as a watch of the health. */
  private static final Duration LAST = Duration.ofSeconds(1);

  private final Instance<GrpcServices> services;
  private final RuntimeConfig config;
  private final Pod pod;
  private final String host;
  private final CompletableFuture<Opened> opened = new CompletableFuture<>();
  private long leftAt;

  /** The port and what is served there. */
  private record Opened(Server server, GrpcServices services) {}

  GrpcServer(
      Instance<GrpcServices> services,
      RuntimeConfig config,
      Pod pod,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this.services = services;
    this.config = config;
    this.pod = pod;
    this.host = host;
  }

  /** Its classes take some time to load; REST and the model do not wait for them. */
  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().daemon().name("grpc-start").start(this::open);
  }

  private void open() {
    try {
      var served = services.get();
      opened.complete(new Opened(server(served).start(), served));
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.errorf(
          e,
          "gRPC cannot be served at port %d: free it, or set modelservice.grpc.port",
          config.grpc().port());
      opened.completeExceptionally(e);
      Quarkus.asyncExit(1);
    }
  }

  private Server server(GrpcServices served) {
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, config.grpc().port()))
            .directExecutor() // calls only hand over to lanes
            .flowControlWindow(FLOW_CONTROL_WINDOW)
            .maxInboundMessageSize(config.grpc().maxMessage())
            .maxConnectionAge(GrpcServices.OLDEST.toSeconds(), TimeUnit.SECONDS)
            .maxConnectionAgeGrace(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveTime(SHORTEST_KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .withChildOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
    served.all().forEach(builder::addService);
    return builder.build();
  }

  /** Whether calls are taken. */
  boolean isOpen() {
    return opened.state() == State.SUCCESS;
  }

  /** The port that it listens at; waits until it does. */
  public int port() {
    return opened.join().server().getPort();
  }

  /** SIGTERM: not ready at once; calls are taken on while endpoints change. */
  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    var _ = opened.thenAccept(port -> port.services().health().leave());
    var delay = config.drain().delay().toMillis();
    var later = CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS);
    var _ = opened.thenAcceptAsync(this::goAway, later);
  }

  private synchronized void goAway(Opened port) {
    if (!port.server().isShutdown()) {
      leftAt = System.nanoTime();
      port.server().shutdown(); // tells the clients: GOAWAY
      port.services().calls().leave();
    }
  }

  /** What was received is answered before the models close. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (!isOpen()) {
      return;
    }
    var port = opened.join();
    goAway(port);
    var gone = Duration.ofNanos(System.nanoTime() - leftAt);
    var timeout = pod.answering().map(served -> served.limits().timeout()).orElse(Duration.ZERO);
    port.services().calls().awaitNone(timeout.minus(gone));
    if (!port.server().awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
      port.server().shutdownNow();
    }
  }
}
