"""Writes the vectors of the sample photos, made with Pillow and ONNX Runtime's Python API alone.

The runtime's answers are tested against this file: each number within 0.0001.

usage: features.py SAMPLE_DIR OUT.json      (SAMPLE_DIR as prepare.sh writes it)
"""

import json
import sys
from pathlib import Path

import onnxruntime
from vectors import pixels, provenance, sha256

PHOTOS = ["coffee.png", "chelsea.png", "rocket.jpg"]
RULE = "the picture as in vectors.json; ONNX Runtime on the CPU; pooler_output, rounded to four places"


def main(sample_dir: str, out: str) -> None:
    sample = Path(sample_dir)
    artifact = sample / "efficientnet-lite0-features"
    config = json.loads((artifact / "preprocessor_config.json").read_text())
    session = onnxruntime.InferenceSession(artifact / "model.onnx", providers=["CPUExecutionProvider"])

    def vector(photo: Path) -> list[float]:
        (features,) = session.run(["pooler_output"], {"image": pixels(photo, config)})
        return [round(float(value), 4) for value in features[0]]

    vectors = {
        "provenance": provenance("features.py", RULE, artifact),
        "photos": {
            name: {"sha256": sha256(sample / "photos" / name), "vector": vector(sample / "photos" / name)}
            for name in PHOTOS
        },
    }
    Path(out).write_text(json.dumps(vectors) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
