package io.modelservice.runtime.fuzz;

import io.modelservice.crds.Task;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OnnxFile;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.task.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of an artifact: the task of a good model is made with them, and tried. */
final class ArtifactFiles implements Parser {
  private static final int PICTURES = 512 << 20;

  private final Task task;
  private final List<String> names;
  private final Path folder;
  private final Model model;
  private final Workspace workspace;

  private ArtifactFiles(Task task, List<String> names, Path folder) throws EngineException {
    this.task = task;
    this.names = names;
    this.folder = folder;
    this.model = new OrtEngine().load(folder.resolve("model.onnx"), Execution.single());
    this.workspace = model.newWorkspace();
  }

  /** {@code model.onnx}, as it is read before the engine sees it. */
  static Parser onnx() throws IOException {
    var file = Files.createTempFile("fuzz", ".onnx");
    file.toFile().deleteOnExit();
    return input -> {
      try {
        OnnxFile.read(Files.write(file, input));
        return Optional.empty();
      } catch (EngineException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    };
  }

  /**
   * Files of the same content in the artifact of a test model.
   *
   * @param names of the files, relative to the artifact's folder
   */
  static Parser of(Task task, String model, String... names) throws IOException, EngineException {
    var folder = Files.createTempDirectory("fuzz");
    try (var files = Files.list(TestModels.folder(model))) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return new ArtifactFiles(task, List.of(names), folder);
  }

  @Override
  public Optional<String> refusal(byte[] input) throws IOException {
    for (var name : names) {
      Files.write(folder.resolve(name), input);
    }
    try (var made = Tasks.of(task, folder, model.signature())) {
      made.warmUp(workspace);
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** A preprocessor may ask for large pictures, of 4096 x 4096 pixels at most. */
  @Override
  public long mostMemory(int length) {
    return Parser.super.mostMemory(length) + PICTURES;
  }

  @Override
  public void close() {
    workspace.close();
    model.close();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
