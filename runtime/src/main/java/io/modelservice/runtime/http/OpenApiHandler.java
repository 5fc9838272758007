package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.crds.Task;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.openapi.DescribedModel;
import io.modelservice.runtime.openapi.Examples;
import io.modelservice.runtime.openapi.OpenApiDocument;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.RestInference;
import io.modelservice.runtime.protocol.Target;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.task.ImageClassifier;
import io.modelservice.runtime.task.ImageFeatureExtractor;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.task.audio.AudioClassifier;
import io.modelservice.runtime.task.audio.VoiceDetector;
import io.modelservice.runtime.task.text.FeatureExtractor;
import io.modelservice.runtime.task.text.TextClassifier;
import io.modelservice.runtime.task.text.TextRanker;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code GET /openapi.json}: the document of the model that answers now. Its examples of tensors
 * are run once for each model, so that none is shown that does not work.
 */
final class OpenApiHandler implements Handler<RoutingContext> {
  private final Models models;
  private final OpenApiDocument document = new OpenApiDocument();
  private final AtomicReference<Optional<Written>> last = new AtomicReference<>(Optional.empty());

  private record Written(DescribedModel model, String document) {}

  OpenApiHandler(Models models) {
    this.models = models;
  }

  @Override
  public void handle(RoutingContext context) {
    try {
      var model = model(context);
      var known = last.get().filter(written -> written.model().equals(model));
      known
          .map(Future::succeededFuture)
          .orElseGet(() -> write(context, model))
          .onSuccess(written -> Replies.json(context, 200, written.document()))
          .onFailure(problem -> Replies.error(context, refusal(problem)));
    } catch (RequestException e) {
      Replies.error(context, e);
    }
  }

  private DescribedModel model(RoutingContext context) throws RequestException {
    var served = models.lease(context);
    try {
      return new DescribedModel(models.name(), served.revision(), served.signature(), task(served));
    } finally {
      served.release();
    }
  }

  private Future<Written> write(RoutingContext context, DescribedModel model) {
    return working(context, Examples.of(model.signature()).iterator())
        .map(
            examples -> {
              var written = new Written(model, document.of(model, examples).toString());
              last.set(Optional.of(written));
              return written;
            });
  }

  /** The first examples that the model answers. */
  private Future<Optional<Examples>> working(
      RoutingContext context, Iterator<Examples> candidates) {
    if (!candidates.hasNext()) {
      return Future.succeededFuture(Optional.empty());
    }
    var examples = candidates.next();
    return run(context, examples)
        .map(answer -> Optional.of(examples))
        .recover(
            problem ->
                refusal(problem).status() == 503
                    ? Future.failedFuture(problem) // says nothing about the example
                    : working(context, candidates));
  }

  private Future<?> run(RoutingContext context, Examples examples) {
    try {
      var bytes = examples.infer().toString().getBytes(UTF_8);
      var body = new Body(bytes, bytes.length);
      var served = models.lease(context);
      var target =
          new Target(models.name(), served.revision(), served.signature(), served.labels());
      var inference =
          new RestInference(
              body, RestInference.ALL_JSON, target, new SharedMemory.Off(), new Stopwatch());
      return LaneCall.run(context, served, body.length(), inference);
    } catch (RequestException e) {
      return Future.failedFuture(e);
    }
  }

  private static RequestException refusal(Throwable problem) {
    return problem instanceof RequestException refused
        ? refused
        : new RequestException(500, "internal error: see the log of the pod");
  }

  private static Optional<Task> task(Served served) {
    return Arrays.stream(Task.values())
        .filter(task -> served.task(type(task)).isPresent())
        .findFirst();
  }

  private static Class<? extends TaskModel> type(Task task) {
    return switch (task) {
      case IMAGE_CLASSIFICATION -> ImageClassifier.class;
      case IMAGE_FEATURE_EXTRACTION -> ImageFeatureExtractor.class;
      case FEATURE_EXTRACTION -> FeatureExtractor.class;
      case TEXT_CLASSIFICATION -> TextClassifier.class;
      case TEXT_RANKING -> TextRanker.class;
      case AUDIO_CLASSIFICATION -> AudioClassifier.class;
      case VOICE_ACTIVITY_DETECTION -> VoiceDetector.class;
    };
  }
}
