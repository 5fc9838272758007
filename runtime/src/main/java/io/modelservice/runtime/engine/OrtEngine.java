package io.modelservice.runtime.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.contract.Reason;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime by its official Java binding. */
public final class OrtEngine implements Engine {
  private static final Logger LOG = Logger.getLogger(OrtEngine.class);

  private final OrtEnvironment environment =
      // every failure comes as an exception, too; its log would only tell it twice
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "modelservice");

  @Override
  public Model load(Path file, Execution execution) throws EngineException {
    var providers =
        Providers.toTry(execution.provider(), OrtEnvironment.getAvailableProviders()).iterator();
    while (true) {
      var provider = providers.next();
      try {
        return load(file, Providers.threads(execution, provider), provider);
      } catch (EngineException e) {
        if (e.reason() != Reason.ProviderUnavailable || !providers.hasNext()) {
          throw e;
        }
        LOG.warnf("%s; the model runs on the CPU", e.getMessage());
      }
    }
  }

  private Model load(Path file, int threads, ExecutionProvider provider) throws EngineException {
    SessionOptions options = new SessionOptions();
    @Nullable OrtSession session = null;
    try {
      configure(options, threads);
      add(options, provider);
      session = environment.createSession(file.toString(), options);
      return new OrtModel(environment, session, options, provider);
    } catch (OrtException e) {
      closeAll(session, options);
      throw OrtErrors.onLoad(e);
    } catch (EngineException | RuntimeException e) {
      closeAll(session, options);
      throw e;
    }
  }

  private static void configure(SessionOptions options, int threads) throws OrtException {
    options.setExecutionMode(ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(OptLevel.ALL_OPT);
    options.setInterOpNumThreads(1);
    options.setIntraOpNumThreads(threads);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // weights outside the arena, so that they go back to the system when the model leaves
    options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
  }

  private static void add(SessionOptions options, ExecutionProvider provider)
      throws EngineException {
    try {
      Providers.add(options, provider);
    } catch (OrtException e) {
      throw OrtErrors.onProvider(provider, e);
    }
  }

  private static void closeAll(@Nullable OrtSession session, SessionOptions options) {
    try (options) {
      if (session != null) {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("a session that was never used does not close", e);
    }
  }
}
