package io.modelservice.runtime.management;

import static io.modelservice.runtime.management.ManagementReply.bearer;
import static io.modelservice.runtime.management.ManagementReply.end;
import static io.modelservice.runtime.management.ManagementReply.error;
import static io.modelservice.runtime.management.ManagementReply.unauthorized;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.runtime.fetch.ArtifactStore;
import io.modelservice.runtime.fetch.Offer;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Optional;

/**
 * Gives the files of artifacts to the other pods of the service: {@code GET
 * :9000/artifacts/ID/manifest} and {@code /artifacts/ID/files/PATH}, where ID is a revision or a
 * digest. Files go from the disk to the socket, not through the heap.
 */
@ApplicationScoped
public class ArtifactsApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArtifactStore store;
  private final PlanReceiver receiver;

  ArtifactsApi(ArtifactStore store, PlanReceiver receiver) {
    this.store = store;
    this.receiver = receiver;
  }

  void routes(@Observes ManagementInterface management) {
    var router = management.router();
    router.get("/artifacts/*").handler(this::authorize);
    router.get("/artifacts/:id/manifest").handler(this::manifest);
    router.get("/artifacts/:id/files/*").handler(this::file);
  }

  private void authorize(RoutingContext context) {
    if (receiver.authorized(bearer(context))) {
      context.next();
    } else {
      unauthorized(context);
    }
  }

  private Optional<Offer> offer(RoutingContext context) {
    return Optional.ofNullable(context.pathParam("id")).flatMap(store::offer);
  }

  private void manifest(RoutingContext context) {
    offer(context)
        .ifPresentOrElse(
            offer -> end(context, 200, json(offer)),
            () -> error(context, 404, "this pod has nothing of this artifact"));
  }

  private static String json(Offer offer) {
    try {
      return JSON.writeValueAsString(offer.manifest());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest has no JSON form", e);
    }
  }

  private void file(RoutingContext context) {
    offer(context)
        .flatMap(offer -> offer.file(path(context)))
        .ifPresentOrElse(
            file -> send(context, file),
            () -> error(context, 404, "this pod does not have all of this file"));
  }

  /** What follows {@code /artifacts/ID/files/}, decoded; an offer knows only sound paths. */
  private static String path(RoutingContext context) {
    try {
      return URI.create(context.request().path()).getPath().split("/", 5)[4];
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void send(RoutingContext context, Offer.Given file) {
    var range = ByteRange.of(context.request().getHeader("Range"), file.size());
    if (range.isEmpty()) {
      error(context, 416, "the file has %d bytes".formatted(file.size()));
      return;
    }
    var part = range.get();
    var response = context.response();
    response.putHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.putHeader(HttpHeaders.ETAG, "\"" + file.sha256() + "\"");
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
    if (!part.isAll(file.size())) {
      response.setStatusCode(206).putHeader(HttpHeaders.CONTENT_RANGE, part.of(file.size()));
    }
    response
        .sendFile(file.file().toString(), part.from(), part.length())
        .onFailure(gone -> response.reset());
  }
}
