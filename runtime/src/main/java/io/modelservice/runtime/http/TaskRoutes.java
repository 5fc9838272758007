package io.modelservice.runtime.http;

import io.modelservice.crds.Task;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.json.EmbeddingsRequest;
import io.modelservice.runtime.json.FeaturesAnswer;
import io.modelservice.runtime.json.InputsRequest;
import io.modelservice.runtime.json.RankingAnswer;
import io.modelservice.runtime.json.RerankRequest;
import io.modelservice.runtime.json.ScoresAnswer;
import io.modelservice.runtime.json.VoiceAnswer;
import io.modelservice.runtime.task.ImageClassifier;
import io.modelservice.runtime.task.ImageFeatureExtractor;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.task.audio.AudioClassifier;
import io.modelservice.runtime.task.audio.VoiceDetector;
import io.modelservice.runtime.task.text.FeatureExtractor;
import io.modelservice.runtime.task.text.TextClassifier;
import io.modelservice.runtime.task.text.TextRanker;
import io.vertx.ext.web.Router;
import java.util.List;

/** The paths of the tasks, {@code /v1/tasks/TASK}, and OpenAI's, with and without its prefix. */
final class TaskRoutes {
  private static final List<String> OPENAI = List.of("/v1", "/openai/v1");

  private final Models models;
  private final Exchange tasks;
  private final Exchange openAi;

  /**
   * The paths.
   *
   * @param tasks answers refusals in the protocol's form
   * @param openAi answers refusals in OpenAI's form
   */
  TaskRoutes(Models models, Exchange tasks, Exchange openAi) {
    this.models = models;
    this.tasks = tasks;
    this.openAi = openAi;
  }

  void addTo(Router router) {
    task(router, Task.IMAGE_CLASSIFICATION, ImageClassifier.class, TaskRoutes::image);
    task(router, Task.IMAGE_FEATURE_EXTRACTION, ImageFeatureExtractor.class, TaskRoutes::vector);
    task(router, Task.FEATURE_EXTRACTION, FeatureExtractor.class, TaskRoutes::features);
    task(router, Task.TEXT_CLASSIFICATION, TextClassifier.class, TaskRoutes::texts);
    task(router, Task.TEXT_RANKING, TextRanker.class, this::ranking);
    task(router, Task.AUDIO_CLASSIFICATION, AudioClassifier.class, TaskRoutes::sound);
    task(router, Task.VOICE_ACTIVITY_DETECTION, VoiceDetector.class, TaskRoutes::voice);
    var list = new OpenAiModels(models);
    for (var prefix : OPENAI) {
      router.get(prefix + "/models").handler(list::list);
      router.get(prefix + "/models/:model").handler(list::one);
      router
          .post(prefix + "/embeddings")
          .handler(openAi(Task.FEATURE_EXTRACTION, FeatureExtractor.class, this::embeddings));
      router
          .post(prefix + "/rerank")
          .handler(openAi(Task.TEXT_RANKING, TextRanker.class, this::ranking));
    }
  }

  /** Where a task is asked for. */
  static String path(Task task) {
    return "/v1/tasks/" + task.id();
  }

  private <T extends TaskModel> void task(
      Router router, Task task, Class<T> type, TaskCall.Step<T> step) {
    router.post(path(task)).handler(new TaskCall<>(models, tasks, task, type, step));
  }

  private <T extends TaskModel> TaskCall<T> openAi(
      Task task, Class<T> type, TaskCall.Step<T> step) {
    return new TaskCall<>(models, openAi, task, type, step);
  }

  private static byte[] image(
      ImageClassifier model, TaskCall.Request request, Workspace workspace, Cancel cancel)
      throws Exception {
    var body = request.body();
    return ScoresAnswer.one(model.classify(body.bytes(), body.length(), workspace, cancel));
  }

  private static byte[] vector(
      ImageFeatureExtractor model, TaskCall.Request request, Workspace workspace, Cancel cancel)
      throws Exception {
    var body = request.body();
    return FeaturesAnswer.one(model.extract(body.bytes(), body.length(), workspace, cancel));
  }

  private static byte[] sound(
      AudioClassifier model, TaskCall.Request request, Workspace workspace, Cancel cancel)
      throws Exception {
    var body = request.body();
    return ScoresAnswer.one(model.classify(body.bytes(), body.length(), workspace, cancel));
  }

  private static byte[] features(
      FeatureExtractor model, TaskCall.Request request, Workspace workspace, Cancel cancel)
      throws Exception {
    var inputs = InputsRequest.read(request.body());
    return FeaturesAnswer.lists(model.extract(inputs, workspace, cancel));
  }

  private byte[] embeddings(
      FeatureExtractor model, TaskCall.Request request, Workspace workspace, Cancel cancel)
      throws Exception {
    var embeddings = EmbeddingsRequest.read(request.body());
    models.checkName(embeddings.model());
    var features = model.extract(embeddings.inputs(), workspace, cancel);
    return FeaturesAnswer.embeddings(embeddings, features);
  }

  private static byte[] texts(
      TextClassifier model, TaskCall.Request request, Workspace workspace, Cancel cancel)
      throws Exception {
    var inputs = InputsRequest.read(request.body());
    return ScoresAnswer.lists(model.classify(inputs, workspace, cancel));
  }

  private byte[] ranking(
      TextRanker model, TaskCall.Request request, Workspace workspace, Cancel cancel)
      throws Exception {
    var wanted = RerankRequest.read(request.body());
    models.checkName(wanted.model());
    var ranking = model.rank(wanted.query(), wanted.documents(), workspace, cancel);
    return RankingAnswer.write(wanted, models.name(), ranking);
  }

  private static byte[] voice(
      VoiceDetector model, TaskCall.Request request, Workspace workspace, Cancel cancel)
      throws Exception {
    var body = request.body();
    var voice = model.detect(body.bytes(), body.length(), workspace, cancel);
    return "true".equals(request.query().get("probabilities"))
        ? VoiceAnswer.everything(voice)
        : VoiceAnswer.segments(voice);
  }
}
