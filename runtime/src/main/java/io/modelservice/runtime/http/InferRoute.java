package io.modelservice.runtime.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * The way of an inference past all other routes: a request of a tiny model would spend more time in
 * the router than in the model. A path that is written in any unusual way takes the router's.
 */
final class InferRoute implements Handler<RoutingContext> {
  private static final String MODELS = "/v2/models/";
  private static final String VERSIONS = "/versions/";
  private static final String INFER = "/infer";

  private final InferHandler infer;

  InferRoute(InferHandler infer) {
    this.infer = infer;
  }

  @Override
  public void handle(RoutingContext context) {
    var path = context.request().path();
    var post = context.request().method().equals(HttpMethod.POST);
    if (post && path != null && found(context, path)) {
      infer.handle(context);
    } else {
      context.next();
    }
  }

  /** Whether the path is an inference's; then its parameters are set. */
  private static boolean found(RoutingContext context, String path) {
    if (!path.startsWith(MODELS) || !path.endsWith(INFER) || path.indexOf('%') >= 0) {
      return false;
    }
    var rest = path.substring(MODELS.length(), path.length() - INFER.length());
    var slash = rest.indexOf('/');
    if (slash < 0) {
      context.pathParams().put("model", rest);
      return !rest.isEmpty();
    }
    var version = slash + VERSIONS.length();
    if (!rest.startsWith(VERSIONS, slash) || rest.indexOf('/', version) >= 0) {
      return false;
    }
    context.pathParams().put("model", rest.substring(0, slash));
    context.pathParams().put("version", rest.substring(version));
    return slash > 0 && version < rest.length();
  }
}
