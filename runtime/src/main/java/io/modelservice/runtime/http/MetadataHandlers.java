package io.modelservice.runtime.http;

import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.tensor.TensorSpec;
import io.modelservice.runtime.transport.ServerMetadata;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Health and metadata of the Open Inference Protocol. */
final class MetadataHandlers {
  private final Models models;
  private final Pod pod;
  private final ServerMetadata server;

  MetadataHandlers(Models models, Pod pod, ServerMetadata server) {
    this.models = models;
    this.pod = pod;
    this.server = server;
  }

  void live(RoutingContext context) {
    Replies.json(context, 200, "{\"live\":true}");
  }

  void ready(RoutingContext context) {
    var ready = pod.ready();
    Replies.json(context, ready ? 200 : 503, "{\"ready\":" + ready + "}");
  }

  void server(RoutingContext context) {
    var answer =
        new JsonObject()
            .put("name", server.name())
            .put("version", server.version())
            .put("extensions", new JsonArray(server.extensions()));
    Replies.json(context, 200, answer.encode());
  }

  void model(RoutingContext context) {
    withModel(context, served -> Replies.json(context, 200, metadata(served).encode()));
  }

  void configuration(RoutingContext context) {
    withModel(
        context,
        served ->
            Replies.json(context, 200, ModelConfiguration.of(models.name(), served).encode()));
  }

  void statistics(RoutingContext context) {
    withModel(
        context,
        served -> Replies.json(context, 200, ModelStatistics.of(models.name(), served).encode()));
  }

  /** Triton's repository index: the revision that answers; others are in the pod's state. */
  void index(RoutingContext context) {
    context.request().resume(); // its body, {"ready": true}, changes nothing: all that is here is
    var all = new JsonArray();
    pod.answering().ifPresent(served -> all.add(indexed(served)));
    Replies.json(context, 200, all.encode());
  }

  private JsonObject indexed(Served served) {
    return new JsonObject()
        .put("name", models.name())
        .put("version", served.revision())
        .put("state", "READY")
        .put("reason", "");
  }

  void modelReady(RoutingContext context) {
    if (!pod.ready()) {
      var body = new JsonObject().put("name", models.name()).put("ready", false);
      Replies.json(context, 503, body.encode());
      return;
    }
    var body = new JsonObject().put("name", models.name()).put("ready", true);
    withModel(context, served -> Replies.json(context, 200, body.encode()));
  }

  private interface Use {
    void of(Served served);
  }

  private void withModel(RoutingContext context, Use use) {
    try {
      var served = models.lease(context);
      try {
        use.of(served);
      } finally {
        served.release();
      }
    } catch (RequestException e) {
      Replies.error(context, e);
    }
  }

  private JsonObject metadata(Served served) {
    return new JsonObject()
        .put("name", models.name())
        .put("versions", JsonArray.of(served.revision()))
        .put("platform", "onnx_onnxv1")
        .put("inputs", tensors(served.signature().inputs()))
        .put("outputs", tensors(served.signature().outputs()));
  }

  private static JsonArray tensors(List<TensorSpec> specs) {
    var array = new JsonArray();
    for (var spec : specs) {
      array.add(
          new JsonObject()
              .put("name", spec.name())
              .put("datatype", spec.datatype().name())
              .put("shape", new JsonArray(spec.shape())));
    }
    return array;
  }
}
