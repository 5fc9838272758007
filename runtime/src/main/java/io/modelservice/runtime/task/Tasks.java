package io.modelservice.runtime.task;

import io.modelservice.crds.Task;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.task.audio.AudioClassifier;
import io.modelservice.runtime.task.audio.VoiceDetector;
import io.modelservice.runtime.task.text.FeatureExtractor;
import io.modelservice.runtime.task.text.TextClassifier;
import io.modelservice.runtime.task.text.TextRanker;
import io.modelservice.runtime.tensor.Signature;
import java.nio.file.Path;

/** The tasks that this runtime knows. */
public final class Tasks {
  private Tasks() {}

  /**
   * Makes a model one of a task.
   *
   * @param folder of the artifact, with the files that describe the task
   * @throws EngineException if a file is missing or damaged, or the model's inputs and outputs are
   *     not those of the task
   */
  public static TaskModel of(Task task, Path folder, Signature signature) throws EngineException {
    return switch (task) {
      case IMAGE_CLASSIFICATION -> ImageClassifier.of(folder, signature);
      case IMAGE_FEATURE_EXTRACTION -> ImageFeatureExtractor.of(folder, signature);
      case FEATURE_EXTRACTION -> FeatureExtractor.of(folder, signature);
      case TEXT_CLASSIFICATION -> TextClassifier.of(folder, signature);
      case TEXT_RANKING -> TextRanker.of(folder, signature);
      case AUDIO_CLASSIFICATION -> AudioClassifier.of(folder, signature);
      case VOICE_ACTIVITY_DETECTION -> VoiceDetector.of(signature);
    };
  }
}
