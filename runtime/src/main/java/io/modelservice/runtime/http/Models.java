package io.modelservice.runtime.http;

import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.serving.Served;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Finds the model that a path names. The pod serves one name; its versions are revisions. */
final class Models {
  private static final String REVISION = "X-ModelService-Revision";

  private final Pod pod;

  Models(Pod pod) {
    this.pod = pod;
  }

  /** The name in the protocol: the service's. */
  String name() {
    return pod.service().map(Models::withoutNamespace).orElse("");
  }

  private static String withoutNamespace(String service) {
    return service.substring(service.indexOf('/') + 1);
  }

  /**
   * The model, with a lease that the caller gives back.
   *
   * @throws RequestException 404 for another name or version, 503 if nothing is ready
   */
  Served lease(RoutingContext context) throws RequestException {
    checkName(context.pathParam("model"));
    var served =
        pod.lease()
            .orElseThrow(
                () ->
                    new RequestException(
                        503, "the model is not ready: its state is at :9000/state"));
    context.response().putHeader(REVISION, served.revision());
    var version = context.pathParam("version");
    if (version != null && !version.equals(served.revision())) {
      served.release();
      throw new RequestException(
          404,
          "model '%s' has no version '%s'; it has %s"
              .formatted(name(), version, served.revision()));
    }
    return served;
  }

  /** Throws if a request would wait too long, before its body is received. */
  void admit(RoutingContext context) throws RequestException {
    var answering = pod.answering();
    if (answering.isPresent()) {
      try {
        answering.get().admit();
      } catch (Overloaded e) {
        throw Replies.busy(context, e);
      }
    }
  }

  /** Says which revision answers now, so that a refusal says it too. */
  void nameRevision(RoutingContext context) {
    pod.answering().ifPresent(served -> context.response().putHeader(REVISION, served.revision()));
  }

  /** Throws if a path names another model; null means that it names none. */
  void checkName(@Nullable String wanted) throws RequestException {
    if (wanted != null && pod.service().isPresent() && !wanted.equals(name())) {
      throw new RequestException(
          404, "there is no model '%s' here; there is '%s'".formatted(wanted, name()));
    }
  }
}
