package io.modelservice.runtime.task.text;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;

/**
 * The output of a model that judges texts: {@code logits}, else the first one, FP32 [batch,
 * classes].
 *
 * @param output its index
 * @param classes how many, or -1 where the model does not say
 */
record Logits(int output, int classes) {

  static Logits of(Signature signature, String task) throws EngineException {
    var output = Math.max(0, signature.outputIndex("logits"));
    var spec = signature.outputs().get(output);
    if (spec.datatype() != Datatype.FP32 || spec.shape().size() != 2) {
      throw new EngineException(
          Reason.TaskUnsupported,
          "the task %s needs an output FP32 [batch, classes], '%s' is %s %s"
              .formatted(task, spec.name(), spec.datatype(), spec.shape()));
    }
    return new Logits(output, spec.shape().get(1).intValue());
  }
}
