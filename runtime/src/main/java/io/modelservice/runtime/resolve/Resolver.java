package io.modelservice.runtime.resolve;

import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.Resolution;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.MemoryCheck;
import io.modelservice.runtime.engine.OnnxFile;
import io.modelservice.runtime.fetch.SourceFactory;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RangedInput;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Sentences;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.util.List;

/**
 * Finds out what is at a URI: first by what the source lists and by the parts of the ONNX file that
 * are no weights, then, if it is small enough, by a trial.
 */
public final class Resolver {
  private final SourceFactory sources;
  private final Trial trial;

  public Resolver(SourceFactory sources, Trial trial) {
    this.sources = sources;
    this.trial = trial;
  }

  /**
   * Blocks; interrupt its thread to stop it.
   *
   * @param entry as a plan would have it
   */
  public Resolution resolve(Entry entry) throws InterruptedException {
    try (var source = sources.open(entry)) {
      return resolve(entry, source);
    } catch (FetchException e) {
      return Resolution.refused(null, e.toFailure());
    }
  }

  private Resolution resolve(Entry entry, Source source)
      throws FetchException, InterruptedException {
    var files = source.list();
    var pin = Listings.pin(source, files);
    try {
      var model = preflight(source, files);
      return trial.takes(model.sizeBytes())
          ? trial.run(entry, pin, model)
          : Resolution.untried(pin, model);
    } catch (EngineException e) {
      return Resolution.refused(pin, new Failure(e.reason(), String.valueOf(e.getMessage())));
    } catch (FetchException e) {
      return Resolution.refused(pin, e.toFailure());
    }
  }

  private static ModelInfo preflight(Source source, List<RemoteFile> files)
      throws FetchException, EngineException {
    var model = read(source, files);
    model.check(files.stream().map(RemoteFile::path).toList());
    var bytes = Listings.bytes(files);
    return new ModelInfo(
        bytes,
        "onnx",
        model.opset(),
        Tensors.of(model.inputs()),
        Tensors.of(model.outputs()),
        MemoryCheck.estimate(bytes));
  }

  private static OnnxFile read(Source source, List<RemoteFile> files)
      throws FetchException, EngineException {
    var model = files.stream().filter(f -> f.path().equals(Source.MODEL)).findFirst().orElseThrow();
    try (var in = new RangedInput(source, model)) {
      return OnnxFile.read(in);
    } catch (IOException e) {
      throw e.getCause() instanceof FetchException refused ? refused : broken(source, e);
    }
  }

  private static FetchException broken(Source source, IOException e) {
    return new FetchException(
        Reason.StoreUnreachable,
        "reading model.onnx at %s failed: %s".formatted(source.place(), Sentences.of(e)));
  }
}
