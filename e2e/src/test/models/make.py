"""Writes the model that takes over from `simple` of the runtime's tests: the same inputs and outputs, other results.

Needs: onnx.

usage: make.py [FOLDER]
"""
import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)


def product() -> None:
    """OUTPUT0 is the product of the two rows of 16 integers, OUTPUT1 their sum."""
    rows = [helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", 16])
            for name in ("INPUT0", "INPUT1", "OUTPUT0", "OUTPUT1")]
    graph = helper.make_graph(
        [helper.make_node("Mul", ["INPUT0", "INPUT1"], ["OUTPUT0"]),
         helper.make_node("Add", ["INPUT0", "INPUT1"], ["OUTPUT1"])],
        "product", rows[:2], rows[2:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8,
                              producer_name="modelservice")
    onnx.checker.check_model(model)
    folder = OUT / "product"
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, folder / "model.onnx")


product()
