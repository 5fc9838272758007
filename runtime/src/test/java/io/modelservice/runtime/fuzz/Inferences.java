package io.modelservice.runtime.fuzz;

import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.batching.Batch;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.Inference;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.tensor.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests of inference, each read for several models: of numbers, of fractions and of texts. */
public final class Inferences implements Parser {
  private static final List<String> MODELS = List.of("simple", "identity-fp32", "identity-bytes");

  private final Way way;
  private final List<Lane> lanes;

  /** How requests come. */
  @FunctionalInterface
  public interface Way {
    /** Reads a request for a model. */
    Inference<?> read(byte[] request, Signature signature) throws RequestException;
  }

  /** A model and where it runs. */
  private record Lane(Model model, Workspace workspace) {}

  private Inferences(Way way, List<Lane> lanes) {
    this.way = way;
    this.lanes = lanes;
  }

  /** Requests that come in some way. */
  public static Inferences by(Way way) throws EngineException {
    var lanes = new ArrayList<Lane>();
    for (var name : MODELS) {
      var model =
          new OrtEngine().load(TestModels.folder(name).resolve("model.onnx"), Execution.single());
      lanes.add(new Lane(model, model.newWorkspace()));
    }
    return new Inferences(way, lanes);
  }

  /** Refused, if by every model; the engine may refuse what fits the model's signature. */
  @Override
  public Optional<String> refusal(byte[] input) throws Exception {
    var taken = false;
    Optional<String> refusal = Optional.empty();
    for (var lane : lanes) {
      try {
        var inference = way.read(input, lane.model().signature());
        Batch.alone(inference, lane.workspace(), new Cancel());
        taken = true;
      } catch (RequestException | EngineException e) {
        refusal = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return taken ? Optional.empty() : refusal;
  }

  @Override
  public long mostMemory(int length) {
    return MODELS.size() * Parser.super.mostMemory(length);
  }

  @Override
  public void close() {
    for (var lane : lanes) {
      lane.workspace().close();
      lane.model().close();
    }
  }
}
