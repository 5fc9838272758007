"""What every peer serves: a model folder in ONNX Runtime, on one thread that does not spin."""

import os
from pathlib import Path

import numpy as np
import onnxruntime

DATATYPES = {
    "tensor(bool)": ("BOOL", np.bool_),
    "tensor(uint8)": ("UINT8", np.uint8),
    "tensor(int8)": ("INT8", np.int8),
    "tensor(int32)": ("INT32", np.int32),
    "tensor(int64)": ("INT64", np.int64),
    "tensor(float)": ("FP32", np.float32),
    "tensor(double)": ("FP64", np.float64),
}


class BadInput(Exception):
    """The tensors do not fit the model."""


class OnnxModel:
    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.inputs = [describe(tensor) for tensor in self.session.get_inputs()]
        self.outputs = [describe(tensor) for tensor in self.session.get_outputs()]
        self.dtypes = {tensor.name: DATATYPES[tensor.type][1] for tensor in self.session.get_inputs()}

    def run(self, feeds, wished=None):
        """Outputs by name; wished: names, None is all. Bad input is BadInput."""
        names = wished or [output["name"] for output in self.outputs]
        try:
            return dict(zip(names, self.session.run(names, feeds)))
        except Exception as problem:  # ONNX Runtime has a type for each of its codes
            raise BadInput(str(problem)) from problem


def describe(tensor):
    """A tensor as the Open Inference Protocol names it."""
    shape = [size if isinstance(size, int) else -1 for size in tensor.shape]
    return {"name": tensor.name, "datatype": DATATYPES[tensor.type][0], "shape": shape}


def folders():
    """Path of each model by its name."""
    return {path.parent.name: path for path in sorted(Path(os.environ["MODELS"]).glob("*/model.onnx"))}
