package io.modelservice.runtime.fuzz;

import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.ImageClassifier;
import io.modelservice.runtime.task.audio.AudioClassifier;
import java.util.Optional;

/** Photos and sounds, each classified by a small model. */
final class TaskRequests implements Parser {
  private final Model model;
  private final Workspace workspace;
  private final Classifier classifier;
  private final long decoded;

  /** Classifies one input. */
  @FunctionalInterface
  private interface Classifier {
    Object classify(byte[] input, Workspace workspace) throws RequestException, EngineException;
  }

  /** Makes a classifier for a model. */
  @FunctionalInterface
  private interface Maker {
    Classifier of(Model model) throws EngineException;
  }

  private TaskRequests(Model model, Maker maker, long decoded) throws EngineException {
    this.model = model;
    this.workspace = model.newWorkspace();
    this.classifier = maker.of(model);
    this.decoded = decoded;
  }

  private static Model load(String name) throws EngineException {
    return new OrtEngine().load(TestModels.folder(name).resolve("model.onnx"), Execution.single());
  }

  /** A header alone may promise pixels for half of the heap, but not more. */
  static Parser images() throws EngineException {
    return new TaskRequests(
        load("colours"),
        model -> {
          var task = ImageClassifier.of(TestModels.folder("colours"), model.signature());
          return (input, workspace) -> task.classify(input, input.length, workspace, new Cancel());
        },
        Runtime.getRuntime().maxMemory() / 2);
  }

  /** A sound of a low rate has up to 24 times as many samples at a high one. */
  static Parser sounds() throws EngineException {
    return new TaskRequests(
        load("hum-or-hiss"),
        model -> {
          var task = AudioClassifier.of(TestModels.folder("hum-or-hiss"), model.signature());
          return (input, workspace) -> task.classify(input, input.length, workspace, new Cancel());
        },
        0);
  }

  @Override
  public Optional<String> refusal(byte[] input) {
    try {
      classifier.classify(input, workspace);
      return Optional.empty();
    } catch (RequestException | EngineException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public long mostMemory(int length) {
    return Parser.super.mostMemory(length) + decoded;
  }

  @Override
  public void close() {
    workspace.close();
    model.close();
  }
}
