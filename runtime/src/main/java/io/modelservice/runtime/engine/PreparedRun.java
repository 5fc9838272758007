package io.modelservice.runtime.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments of a run, to be used again while tensors and wishes stay the same.
 *
 * @param given the input tensors in the order of the signature
 * @param wanted indices of outputs
 * @param pinned those of them that are written into memory of ours
 */
record PreparedRun(
    List<OnnxTensor> given,
    List<Integer> wanted,
    Map<Integer, NativeTensor> pinned,
    Arguments arguments) {

  /** What the binding takes: tensors and names. */
  record Arguments(
      Map<String, OnnxTensor> inputs, Set<String> free, Map<String, OnnxTensor> ours) {}

  static PreparedRun of(
      List<OnnxTensor> given,
      List<Integer> wanted,
      Map<Integer, NativeTensor> pinned,
      OrtModel model) {
    var signature = model.signature();
    var inputs = new LinkedHashMap<String, OnnxTensor>();
    for (var i = 0; i < given.size(); i++) {
      inputs.put(signature.inputs().get(i).name(), given.get(i));
    }
    var free = new LinkedHashSet<String>();
    var ours = new LinkedHashMap<String, OnnxTensor>();
    for (var index : wanted) {
      var output = pinned.get(index);
      if (output == null) {
        free.add(signature.outputs().get(index).name());
      } else {
        ours.put(output.spec().name(), output.tensor());
      }
    }
    return new PreparedRun(given, wanted, pinned, new Arguments(inputs, free, ours));
  }

  /** Whether a run on these very tensors, with these wishes, has the same arguments. */
  boolean fits(List<OnnxTensor> tensors, List<Integer> wishes, boolean pins) {
    if (!wanted.equals(wishes) || (!pins && !pinned.isEmpty())) {
      return false;
    }
    for (var i = 0; i < tensors.size(); i++) {
      if (!tensors.get(i).equals(given.get(i))) {
        return false;
      }
    }
    return true;
  }

  OrtSession.Result run(OrtSession session, RunOptions options) throws OrtException {
    return session.run(arguments.inputs(), arguments.free(), arguments.ours(), options);
  }
}
