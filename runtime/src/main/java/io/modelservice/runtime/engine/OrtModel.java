package io.modelservice.runtime.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.modelservice.crds.ExecutionProvider;
import io.modelservice.runtime.tensor.Signature;
import java.util.concurrent.atomic.AtomicBoolean;

/** One session of ONNX Runtime; all lanes run on it, so that the weights are in memory once. */
final class OrtModel implements Model {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final SessionOptions options;
  private final Signature signature;
  private final ExecutionProvider provider;
  private final AtomicBoolean pinning = new AtomicBoolean(true);

  OrtModel(
      OrtEnvironment environment,
      OrtSession session,
      SessionOptions options,
      ExecutionProvider provider)
      throws OrtException, EngineException {
    this.provider = provider;
    this.environment = environment;
    this.session = session;
    this.options = options;
    this.signature =
        new Signature(
            OrtTypes.specs(session.getInputInfo().values(), "input"),
            OrtTypes.specs(session.getOutputInfo().values(), "output"));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public ExecutionProvider provider() {
    return provider;
  }

  @Override
  public Workspace newWorkspace() {
    return new OrtWorkspace(this);
  }

  OrtEnvironment environment() {
    return environment;
  }

  OrtSession session() {
    return session;
  }

  /** Whether output shapes that the names of dimensions promise are still trusted. */
  boolean pins() {
    return pinning.get();
  }

  /** A promise was broken: from now on ONNX Runtime allocates the outputs. */
  void stopPinning() {
    pinning.set(false);
  }

  @Override
  public void close() {
    try (options) { // they must outlive the session
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("closing the session failed", e);
    }
    NativeHeap.trim();
  }
}
