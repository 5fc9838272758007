package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RegistrationReader;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.sharedmemory.Regions;
import io.modelservice.runtime.sharedmemory.Registration;
import io.modelservice.runtime.sharedmemory.SharedMemoryException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;

/** Triton's extension "system shared memory": which objects of this machine hold tensors. */
final class SharedMemoryHandlers {
  /** Bytes of a registration, at most. */
  static final int LARGEST = 1 << 14;

  private static final String ALL = "/v2/systemsharedmemory";
  private static final String ONE = ALL + "/region/:region";

  private final Regions regions;
  private final BodyReader bodies;

  /**
   * Handlers.
   *
   * @param bodies reads up to {@link #LARGEST} bytes
   */
  SharedMemoryHandlers(Regions regions, BodyReader bodies) {
    this.regions = regions;
    this.bodies = bodies;
  }

  void addTo(Router router) {
    router.get(ALL + "/status").handler(context -> status(context, regions.registrations()));
    router.get(ONE + "/status").handler(this::one);
    router.post(ONE + "/register").handler(this::receive);
    router.post(ONE + "/unregister").handler(this::unregister);
    router.post(ALL + "/unregister").handler(this::unregisterAll);
  }

  private void one(RoutingContext context) {
    try {
      status(context, List.of(regions.region(name(context)).registration()));
    } catch (SharedMemoryException e) {
      refuse(context, e);
    }
  }

  private static void status(RoutingContext context, List<Registration> registered) {
    var all = new JsonArray();
    for (var region : registered) {
      all.add(
          new JsonObject()
              .put("name", region.name())
              .put("key", region.key())
              .put("offset", region.offset())
              .put("byte_size", region.byteSize()));
    }
    Replies.json(context, 200, all.encode());
  }

  private void receive(RoutingContext context) {
    if (context.request().headers().contains(HttpHeaders.ORIGIN)) {
      // any page in a developer's browser could send this to localhost, and then read and write
      Replies.error(
          context, new RequestException(403, "a web page may not register shared memory"));
      return;
    }
    bodies
        .read(context)
        .onSuccess(body -> register(context, body))
        .onFailure(problem -> Replies.error(context, refusal(problem)));
  }

  private void register(RoutingContext context, Body body) {
    try {
      regions.register(RegistrationReader.read(name(context), body));
      Replies.json(context, 200, "{}");
    } catch (RequestException e) {
      Replies.error(context, e);
    } catch (SharedMemoryException e) {
      refuse(context, e);
    }
  }

  private void unregister(RoutingContext context) {
    context.request().resume(); // its body, if any, says nothing
    regions.unregister(name(context));
    Replies.json(context, 200, "{}");
  }

  private void unregisterAll(RoutingContext context) {
    context.request().resume();
    regions.unregisterAll();
    Replies.json(context, 200, "{}");
  }

  private static String name(RoutingContext context) {
    return Objects.requireNonNull(context.pathParam("region")); // all paths have one
  }

  private static void refuse(RoutingContext context, SharedMemoryException why) {
    Replies.error(context, new RequestException(why.status(), why.sentence()));
  }

  private static RequestException refusal(Throwable problem) {
    return problem instanceof RequestException refused
        ? refused
        : new RequestException(400, "the request could not be received");
  }
}
