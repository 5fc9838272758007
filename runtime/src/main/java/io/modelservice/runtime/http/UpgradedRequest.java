package io.modelservice.runtime.http;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A request that became a WebSocket. Quarkus 3.33 counts the requests that it has to wait for when
 * it stops, and never hears of the end of such a one: without this, the pod would wait for it until
 * it is killed.
 */
final class UpgradedRequest {
  private static final MethodHandle DONE = done();

  private final QuarkusRequestWrapper request;

  UpgradedRequest(HttpServerRequest request) {
    this.request = QuarkusRequestWrapper.get(request);
  }

  /** Its WebSocket is closed; again has no effect. */
  void end() {
    try {
      DONE.invokeExact(request);
    } catch (Throwable e) {
      throw new IllegalStateException("the end of a WebSocket cannot be told to Quarkus", e);
    }
  }

  private static MethodHandle done() {
    try {
      return MethodHandles.privateLookupIn(QuarkusRequestWrapper.class, MethodHandles.lookup())
          .findVirtual(QuarkusRequestWrapper.class, "done", MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another version of Quarkus: see UpgradedRequest", e);
    }
  }
}
