"""Writes the small ONNX models of the tests beside this file. Needs: numpy, onnx.

usage: make.py [FOLDER]
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)


def tensor(name, datatype, shape):
    return helper.make_tensor_value_info(name, datatype, shape)


def save(name, nodes, inputs, outputs, initializers=(), opset=17, domains=(), ir_version=8):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    opsets = [helper.make_opsetid("", opset)] + [helper.make_opsetid(d, 1) for d in domains]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=ir_version, producer_name="modelservice")
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, folder / "model.onnx")
    return folder


def simple():
    """The wire test model of the protocol's peers: sum and difference of two rows of 16 integers."""
    rows = [tensor(n, TensorProto.INT32, ["batch", 16]) for n in ("INPUT0", "INPUT1", "OUTPUT0", "OUTPUT1")]
    save("simple",
         [helper.make_node("Add", ["INPUT0", "INPUT1"], ["OUTPUT0"]),
          helper.make_node("Sub", ["INPUT0", "INPUT1"], ["OUTPUT1"])], rows[:2], rows[2:])


def product():
    """The tensors of `simple`, other results: OUTPUT0 is the product of the two rows, OUTPUT1 their sum."""
    row = ["batch", 16]
    save("product",
         [helper.make_node("Mul", ["INPUT0", "INPUT1"], ["OUTPUT0"]), helper.make_node("Add", ["INPUT0", "INPUT1"], ["OUTPUT1"])],
         [tensor("INPUT0", TensorProto.INT32, row), tensor("INPUT1", TensorProto.INT32, row)],
         [tensor("OUTPUT0", TensorProto.INT32, row), tensor("OUTPUT1", TensorProto.INT32, row)])


def identities():
    """One input and output of each datatype, all of shape [-1]."""
    types = {"BOOL": TensorProto.BOOL, "UINT8": TensorProto.UINT8, "UINT16": TensorProto.UINT16,
             "UINT32": TensorProto.UINT32, "UINT64": TensorProto.UINT64, "INT8": TensorProto.INT8,
             "INT16": TensorProto.INT16, "INT32": TensorProto.INT32, "INT64": TensorProto.INT64,
             "FP16": TensorProto.FLOAT16, "BF16": TensorProto.BFLOAT16, "FP32": TensorProto.FLOAT,
             "FP64": TensorProto.DOUBLE, "BYTES": TensorProto.STRING}
    for name, datatype in types.items():
        save(f"identity-{name.lower()}", [helper.make_node("Identity", ["in"], ["out"])],
             [tensor("in", datatype, ["n"])], [tensor("out", datatype, ["n"])])


def float8():
    """An input of a type that the protocol does not have."""
    save("float8", [helper.make_node("Identity", ["in"], ["out"])],
         [tensor("in", TensorProto.FLOAT8E4M3FN, ["n"])], [tensor("out", TensorProto.FLOAT8E4M3FN, ["n"])], opset=19, ir_version=9)


def nonzero():
    """The size of the output depends on the data."""
    save("nonzero", [helper.make_node("NonZero", ["in"], ["out"])],
         [tensor("in", TensorProto.FLOAT, ["n"])], [tensor("out", TensorProto.INT64, [1, "found"])])


def liar():
    """The output's dimension has the input's name but twice its size."""
    save("liar", [helper.make_node("Concat", ["in", "in"], ["out"], axis=0)],
         [tensor("in", TensorProto.FLOAT, ["n"])], [tensor("out", TensorProto.FLOAT, ["n"])])


def slow():
    """Runs for some seconds: a loop of matrix products whose count is the input."""
    size = 128
    body = helper.make_graph(
        [helper.make_node("MatMul", ["x_in", "w"], ["y"]),
         helper.make_node("Clip", ["y", "low", "high"], ["x_out"]),
         helper.make_node("Identity", ["go_in"], ["go_out"])],
        "body",
        [tensor("i", TensorProto.INT64, []), tensor("go_in", TensorProto.BOOL, []),
         tensor("x_in", TensorProto.FLOAT, [size, size])],
        [tensor("go_out", TensorProto.BOOL, []), tensor("x_out", TensorProto.FLOAT, [size, size])])
    eye = np.eye(size, dtype=np.float32)
    save("slow",
         [helper.make_node("Squeeze", ["rounds"], ["rounds_scalar"]),
          helper.make_node("Loop", ["rounds_scalar", "", "start"], ["x"], body=body),
          helper.make_node("ReduceSum", ["x"], ["out"], keepdims=0)],
         [tensor("rounds", TensorProto.INT64, [1])], [tensor("out", TensorProto.FLOAT, [])],
         [numpy_helper.from_array(eye * 0.5, "w"), numpy_helper.from_array(eye, "start"),
          numpy_helper.from_array(np.float32(-1), "low"), numpy_helper.from_array(np.float32(1), "high")])


def wide():
    """A large matrix, made when the model is loaded: its memory is read once for each run, however many rows."""
    size = 2048
    weights = [("start", 0.0), ("limit", float(size * size)), ("step", 1.0), ("thousandth", 0.001)]
    nodes = [helper.make_node("Range", ["start", "limit", "step"], ["numbers"]),
             helper.make_node("Mul", ["numbers", "thousandth"], ["small"]),
             helper.make_node("Sin", ["small"], ["waves"]),
             helper.make_node("Reshape", ["waves", "square"], ["matrix"]),
             helper.make_node("MatMul", ["in", "matrix"], ["out"])]
    save("wide", nodes, [tensor("in", TensorProto.FLOAT, ["batch", size])],
         [tensor("out", TensorProto.FLOAT, ["batch", size])],
         [numpy_helper.from_array(np.float32(value), name) for name, value in weights]
         + [numpy_helper.from_array(np.array([size, size], np.int64), "square")])


def mixing():
    """Takes the mean of all rows from each: a first dimension that looks like a batch's and is none."""
    save("mixing",
         [helper.make_node("ReduceMean", ["in"], ["mean"], axes=[0], keepdims=1),
          helper.make_node("Sub", ["in", "mean"], ["out"])],
         [tensor("in", TensorProto.FLOAT, ["batch", 4])], [tensor("out", TensorProto.FLOAT, ["batch", 4])])


def broken():
    """Models that must be refused, each for its own reason."""
    x, y = [tensor("in", TensorProto.FLOAT, [1])], [tensor("out", TensorProto.FLOAT, [1])]
    save("unknown-operator", [helper.make_node("Telepathy", ["in"], ["out"])], x, y)
    save("unknown-domain", [helper.make_node("Add", ["in", "in"], ["out"], domain="com.example")], x, y,
         domains=["com.example"])
    save("unknown-opset", [helper.make_node("Identity", ["in"], ["out"])], x, y, opset=99)
    folder = save("corrupt", [helper.make_node("Identity", ["in"], ["out"])], x, y)
    text = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(text[:len(text) // 2])
    folder = OUT / "not-onnx"
    folder.mkdir(exist_ok=True)
    (folder / "model.onnx").write_text("this is no model\n")


def external():
    """Weights in a file of their own: inside the artifact, outside of it, and missing."""
    for name, location in {"external": "weights.bin", "external-outside": "../weights.bin",
                           "external-missing": "absent.bin"}.items():
        weights = numpy_helper.from_array(np.arange(4, dtype=np.float32), "w")
        data = weights.raw_data
        weights.ClearField("raw_data")
        weights.data_location = TensorProto.EXTERNAL
        for key, value in {"location": location, "offset": "0", "length": str(len(data))}.items():
            entry = weights.external_data.add()
            entry.key, entry.value = key, value
        folder = save(name, [helper.make_node("Add", ["in", "w"], ["out"])],
                      [tensor("in", TensorProto.FLOAT, [4])], [tensor("out", TensorProto.FLOAT, [4])], [weights])
        if name == "external":
            (folder / "weights.bin").write_bytes(data)


def classifier():
    """Four classes that compare the mean colours of an 8 x 8 image: red, green, blue and grey."""
    weights = np.array([[4, -2, -2], [-2, 4, -2], [-2, -2, 4], [0, 0, 0]], dtype=np.float32).T
    folder = save("colours",
                  [helper.make_node("GlobalAveragePool", ["pixels"], ["means"]),
                   helper.make_node("Flatten", ["means"], ["flat"]),
                   helper.make_node("MatMul", ["flat", "w"], ["logits"])],
                  [tensor("pixels", TensorProto.FLOAT, ["batch", 3, 8, 8])],
                  [tensor("logits", TensorProto.FLOAT, ["batch", 4])], [numpy_helper.from_array(weights, "w")])
    (folder / "labels.txt").write_text("red\ngreen\nblue\ngrey\n")
    (folder / "preprocessor_config.json").write_text(
        '{"do_resize": true, "size": {"shortest_edge": 10}, "resample": 3, "do_center_crop": true,\n'
        ' "crop_size": {"height": 8, "width": 8}, "do_rescale": true, "rescale_factor": 0.00392156862745098,\n'
        ' "do_normalize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}\n')


def averages():
    """The mean of each colour, as a model without its head gives it."""
    folder = save("averages", [helper.make_node("GlobalAveragePool", ["pixels"], ["pooler_output"])],
                  [tensor("pixels", TensorProto.FLOAT, ["batch", 3, 8, 8])],
                  [tensor("pooler_output", TensorProto.FLOAT, ["batch", 3, 1, 1])])
    (folder / "preprocessor_config.json").write_text((OUT / "colours" / "preprocessor_config.json").read_text())


for make in (simple, product, identities, float8, nonzero, liar, slow, wide, mixing, broken, external, classifier, averages):
    make()
