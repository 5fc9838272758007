"""Writes small models that must be refused, and odd ones that must not, beside this file. Needs: numpy, onnx.

usage: refused.py [FOLDER]
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
IN = [helper.make_tensor_value_info("in", TensorProto.FLOAT, [4])]
RESULT = [helper.make_tensor_value_info("out", TensorProto.FLOAT, [4])]


def model(nodes, inputs=IN, outputs=RESULT, weights=(), ir_version=8):
    graph = helper.make_graph(nodes, "graph", list(inputs), list(outputs), list(weights))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=ir_version,
                             producer_name="modelservice")


def write(name, content):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else content.SerializeToString()
    (folder / "model.onnx").write_bytes(data)
    return folder


def add(weight):
    return [helper.make_node("Add", ["in", weight.name], ["out"])]


def weight():
    return numpy_helper.from_array(np.arange(4, dtype=np.float32), "w")


def files():
    """What people upload by mistake."""
    write("empty", b"")
    write("page", b"<!DOCTYPE html><html><body>Sign in to download</body></html>\n")
    write("lfs-pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 18569216\n")
    write("no-graph", onnx.ModelProto(ir_version=8, producer_name="modelservice"))


def weights():
    """Weights that declare what they do not have."""
    huge = weight()
    huge.dims[:] = [1 << 40]
    write("huge-weight", model(add(huge), weights=[huge]))
    overflowing = weight()
    overflowing.dims[:] = [1 << 62, 1 << 62]
    write("overflowing-weight", model(add(overflowing), weights=[overflowing]))
    negative = weight()
    negative.dims[:] = [-4]
    write("negative-weight", model(add(negative), weights=[negative]))
    deep = weight()
    deep.dims[:] = [1] * 1000 + [4]
    write("deep-weight", model(add(deep), weights=[deep]))
    for name, location, length in (("external-absolute", "/etc/hostname", "16"), ("external-short", "weights.bin", "16")):
        outside = weight()
        outside.ClearField("raw_data")
        outside.data_location = TensorProto.EXTERNAL
        outside.dims[:] = [int(length) // 4]
        for key, value in {"location": location, "offset": "0", "length": length}.items():
            entry = outside.external_data.add()
            entry.key, entry.value = key, value
        folder = write(name, model(add(outside), weights=[outside]))
        if name == "external-short":
            (folder / "weights.bin").write_bytes(bytes(8))


def graphs():
    """Graphs that cannot run."""
    write("newer-format", model([helper.make_node("Identity", ["in"], ["out"])], ir_version=14))
    write("cycle", model([helper.make_node("Add", ["in", "b"], ["a"]), helper.make_node("Add", ["a", "in"], ["b"]),
                          helper.make_node("Identity", ["b"], ["out"])]))
    write("no-inputs", model([helper.make_node("Identity", ["w"], ["out"])], inputs=[], weights=[weight()]))
    write("no-outputs", model([helper.make_node("Identity", ["in"], ["out"])], outputs=[]))
    write("unmade-output", model([helper.make_node("Identity", ["in"], ["other"])]))
    other = numpy_helper.from_array(np.ones((3, 3), dtype=np.float32), "w")
    square = [helper.make_tensor_value_info("in", TensorProto.FLOAT, [4, 4])]
    write("sizes-differ", model([helper.make_node("MatMul", ["in", "w"], ["out"])], inputs=square,
                                outputs=[helper.make_tensor_value_info("out", TensorProto.FLOAT, [4, 3])], weights=[other]))
    write("sequence", model([helper.make_node("SequenceConstruct", ["in"], ["out"])],
                            outputs=[helper.make_tensor_sequence_value_info("out", TensorProto.FLOAT, [4])]))
    yes = helper.make_tensor("yes", TensorProto.BOOL, [], [True])
    inner = [helper.make_tensor_value_info("inner", TensorProto.FLOAT, [4])]
    nested = helper.make_graph([helper.make_node("Identity", ["in"], ["inner"])], "leaf", [], inner)
    for _ in range(24):
        nested = helper.make_graph([helper.make_node("If", ["yes"], ["inner"], then_branch=nested)], "branch", [], inner, [yes])
    write("nested", model([helper.make_node("If", ["yes"], ["out"], then_branch=nested)], weights=[yes]))


def good():
    """Old files name their weights among the inputs, too."""
    write("old-format", model(add(weight()), inputs=IN + [helper.make_tensor_value_info("w", TensorProto.FLOAT, [4])],
                              weights=[weight()], ir_version=3))


for make in (files, weights, graphs, good):
    make()
