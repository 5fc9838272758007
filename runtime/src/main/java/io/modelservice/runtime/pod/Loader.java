package io.modelservice.runtime.pod;

import io.modelservice.crds.Durations;
import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.crds.contract.Tensor;
import io.modelservice.runtime.engine.Engine;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Memory;
import io.modelservice.runtime.engine.MemoryCheck;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OnnxFile;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.engine.WarmUp;
import io.modelservice.runtime.fetch.Artifact;
import io.modelservice.runtime.serving.Limits;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.task.Tasks;
import io.modelservice.runtime.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns fetched files into a model that can serve, by the user's settings and this machine. */
public final class Loader {
  /** Runs of one session follow each other on a GPU; a second lane copies while the first runs. */
  private static final int LANES_OF_A_DEVICE = 2;

  private final Engine engine;
  private final MemoryCheck memory;
  private final int cores;

  /**
   * A loader.
   *
   * @param cores that this container may use
   */
  public Loader(Engine engine, MemoryCheck memory, int cores) {
    this.engine = engine;
    this.memory = memory;
    this.cores = cores;
  }

  /** One for ONNX Runtime, the memory and the cores of this container. */
  public static Loader ofThisContainer() {
    return new Loader(
        new OrtEngine(), new MemoryCheck(new Memory()), Runtime.getRuntime().availableProcessors());
  }

  /** A model that is in memory but has not run yet. */
  public record Loaded(Served served, ModelInfo info) {}

  /**
   * Loads a model.
   *
   * @throws EngineException if it cannot be served
   */
  public Loaded load(Entry entry, Artifact artifact) throws EngineException {
    var file = OnnxFile.read(artifact.model());
    file.check(artifact.paths());
    memory.admit(artifact.size());
    var settings = entry.settings();
    var model = engine.load(artifact.model(), execution(settings));
    try {
      var description =
          new Served.Description(
              entry.revision(), limits(settings), task(settings, artifact, model));
      var served =
          new Served(description, model, lanes(settings, model.provider()), memory::couldDouble);
      return new Loaded(served, info(artifact, file, model));
    } catch (EngineException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Runs what was loaded. With variable dimensions a model may rightly refuse the sizes that are
   * guessed here.
   *
   * @return why it was not warmed up, if that says nothing against it
   * @throws EngineException if it cannot run
   */
  public Optional<String> warmUp(Served served) throws EngineException {
    try {
      served.warmUp();
      return Optional.empty();
    } catch (EngineException e) {
      if (WarmUp.binding(served.signature())) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Execution execution(Settings settings) {
    var wanted = settings.executionProvider();
    return new Execution(
        wanted == null ? ExecutionProvider.Auto : wanted,
        Math.max(1, cores / lanes(settings, ExecutionProvider.CPU)));
  }

  private int lanes(Settings settings, ExecutionProvider provider) {
    if (settings.instances() != null) {
      return settings.instances();
    }
    return provider == ExecutionProvider.CPU ? cores : LANES_OF_A_DEVICE;
  }

  private static Limits limits(Settings settings) {
    var usual = Limits.DEFAULT;
    return new Limits(
        settings.timeout() == null ? usual.timeout() : Durations.parse(settings.timeout()),
        settings.maxWait().map(Durations::parse).orElse(usual.maxWait()),
        settings.maxBatch().orElse(usual.maxBatch()));
  }

  private static @Nullable TaskModel task(Settings settings, Artifact artifact, Model model)
      throws EngineException {
    return settings.task() == null
        ? null
        : Tasks.of(settings.task(), artifact.folder(), model.signature());
  }

  private static ModelInfo info(Artifact artifact, OnnxFile file, Model model) {
    var signature = model.signature();
    return new ModelInfo(
        artifact.size(),
        "onnx",
        file.opset(),
        contract(signature.inputs()),
        contract(signature.outputs()),
        MemoryCheck.estimate(artifact.size()));
  }

  private static List<Tensor> contract(List<TensorSpec> specs) {
    return specs.stream().map(TensorSpec::toContract).toList();
  }
}
