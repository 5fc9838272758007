"""Writes the vectors that a sentence model must make of some texts, with the Python tokenizers, ONNX Runtime and numpy alone.

The runtime's answers are tested against such files: each value within 0.0001, of an INT8 model within 0.001.

usage: embeddings.py MODEL.onnx TOKENIZER.json OUT.json      (the files beside this script say the rest)
"""

import hashlib
import json
import platform
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import tokenizers

LAYOUT = Path(__file__).parent / "all-minilm-l6-v2"
TEXTS = [
    "The espresso machine is on the first floor.",
    "Wo ist die Kaffeemaschine?",
    "Kubernetes schedules pods onto nodes.",
    "naïve café – 東京 ☕️ 𝒳",
    "x",
    " ".join(["A long text is cut where the model ends."] * 60),
]
RULE = (
    "the tokenizer's own pipeline without padding, cut to max_seq_length; each text alone; token_type_ids 0; the mean of "
    "last_hidden_state over all tokens; divided by its Euclidean length; FP32"
)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def embed(session: onnxruntime.InferenceSession, ids: list[int]) -> np.ndarray:
    row = np.array([ids], np.int64)
    inputs = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
    (hidden,) = session.run(["last_hidden_state"], inputs)
    vector = hidden[0].mean(axis=0, dtype=np.float64)
    return vector / np.linalg.norm(vector)


def main(model: str, tokenizer_file: str, out: str) -> None:
    longest = json.loads((LAYOUT / "sentence_bert_config.json").read_text())["max_seq_length"]
    tokenizer = tokenizers.Tokenizer.from_file(tokenizer_file)
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    ids = [tokenizer.encode(text).ids for text in TEXTS]
    vectors = {
        "provenance": {
            "written by": "deploy/samples/models/embeddings.py",
            "rule": RULE,
            "versions": {
                "python": platform.python_version(),
                "numpy": np.__version__,
                "tokenizers": tokenizers.__version__,
                "onnxruntime": onnxruntime.__version__,
            },
            "sha256": {"model": sha256(Path(model)), "tokenizer": sha256(Path(tokenizer_file))},
        },
        "texts": [
            {"text": text, "ids": row, "vector": [round(float(value), 6) for value in embed(session, row)]}
            for text, row in zip(TEXTS, ids)
        ],
    }
    Path(out).write_text(json.dumps(vectors) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
