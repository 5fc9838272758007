package io.modelservice.crds;

/** ONNX Runtime's execution provider. */
public enum ExecutionProvider {
  /** The best one the image and the pod's devices allow. */
  Auto,
  CPU
}
