package io.modelservice.crds;

/** ONNX Runtime's execution provider. */
public enum ExecutionProvider {
  /** CUDA where the image has it and the pod has a device; otherwise the CPU. */
  Auto,
  CPU,
  CUDA,
  /** What TensorRT does not run, CUDA runs. */
  TensorRT
}
