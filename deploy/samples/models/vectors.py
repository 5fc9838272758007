"""Writes what the sample model must answer for each sample photo, made with Pillow and ONNX Runtime's Python API alone.

The runtime's answers are tested against this file: same top label, each score within 0.02.

usage: vectors.py SAMPLE_DIR OUT.json      (SAMPLE_DIR as prepare.sh writes it)
"""

import hashlib
import json
import platform
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import PIL
from PIL import Image

TOP = 5
RULE = (
    "Pillow: convert('RGB'), resize so that the shorter side is 256 (bicubic; the longer side is cut to whole pixels), "
    "centre crop 224 x 224, (pixel / 255 - mean) / std of preprocessor_config.json, NCHW FP32; ONNX Runtime on the CPU; "
    f"the {TOP} highest of the 1000 probabilities with their lines of labels.txt"
)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def provenance(script: str, rule: str, artifact: Path) -> dict:
    return {
        "written by": f"deploy/samples/models/{script}",
        "rule": rule,
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "pillow": PIL.__version__,
            "onnxruntime": onnxruntime.__version__,
        },
        "sha256": {file.name: sha256(file) for file in sorted(artifact.iterdir())},
    }


def pixels(photo: Path, config: dict) -> np.ndarray:
    image = Image.open(photo).convert("RGB")
    short = config["size"]["shortest_edge"]
    width, height = image.size
    size = (short, int(short * height / width)) if width <= height else (int(short * width / height), short)
    image = image.resize(size, Image.Resampling(config["resample"]))
    crop_height, crop_width = config["crop_size"]["height"], config["crop_size"]["width"]
    left, top = (image.width - crop_width) // 2, (image.height - crop_height) // 2
    image = image.crop((left, top, left + crop_width, top + crop_height))
    values = np.asarray(image, np.float32) * np.float32(config["rescale_factor"])
    values = (values - np.float32(config["image_mean"])) / np.float32(config["image_std"])
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])


def classify(session: onnxruntime.InferenceSession, image: np.ndarray, labels: list[str]) -> list[dict]:
    (probabilities,) = session.run(["probabilities"], {"image": image})
    best = np.argsort(-probabilities[0])[:TOP]
    return [{"label": labels[index], "score": round(float(probabilities[0, index]), 6)} for index in best]


def main(sample_dir: str, out: str) -> None:
    sample = Path(sample_dir)
    artifact = sample / "efficientnet-lite0"
    config = json.loads((artifact / "preprocessor_config.json").read_text())
    labels = (artifact / "labels.txt").read_text().splitlines()
    session = onnxruntime.InferenceSession(artifact / "model.onnx", providers=["CPUExecutionProvider"])
    vectors = {
        "provenance": provenance("vectors.py", RULE, artifact),
        "photos": {
            photo.name: {"sha256": sha256(photo), "top": classify(session, pixels(photo, config), labels)}
            for photo in sorted((sample / "photos").iterdir())
        },
    }
    Path(out).write_text(json.dumps(vectors, indent=2) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
