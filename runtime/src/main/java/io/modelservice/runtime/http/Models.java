package io.modelservice.runtime.http;

import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.transport.Refusals;
import io.modelservice.runtime.transport.ServedModel;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the model that a path names, and says in the answer which revision it is. */
final class Models {
  /** The header that says which revision answers. */
  static final String REVISION = "X-ModelService-Revision";

  private final Pod pod;
  private final ServedModel model;

  Models(Pod pod) {
    this.pod = pod;
    this.model = new ServedModel(pod);
  }

  /** The name in the protocol: the service's. */
  String name() {
    return model.name();
  }

  /** Whether users get answers. */
  boolean ready() {
    return model.ready();
  }

  /**
   * The model, with a lease that the caller gives back.
   *
   * @throws RequestException 404 for another name or version, 503 if nothing is ready
   */
  Served lease(RoutingContext context) throws RequestException {
    checkName(context.pathParam("model"));
    var served = model.lease();
    context.response().putHeader(REVISION, served.revision());
    try {
      model.checkVersion(context.pathParam("version"), served);
      return served;
    } catch (RequestException e) {
      served.release();
      throw e;
    }
  }

  /** The model that answers; only to look at. */
  Optional<Served> answering() {
    return pod.answering();
  }

  /** Throws if a request would wait too long, before its body is received. */
  void admit(RoutingContext context) throws RequestException {
    var answering = pod.answering();
    if (answering.isPresent()) {
      try {
        answering.get().admit();
      } catch (Overloaded e) {
        throw Refusals.overloaded(e);
      }
    }
  }

  /** Says which revision answers now, so that a refusal says it too. */
  void nameRevision(RoutingContext context) {
    pod.answering().ifPresent(served -> context.response().putHeader(REVISION, served.revision()));
  }

  /** Throws if a path names another model; null means that it names none. */
  void checkName(@Nullable String wanted) throws RequestException {
    model.checkName(wanted);
  }
}
