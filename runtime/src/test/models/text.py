"""Writes the small models of text beside this file and what Python makes of them into ../vectors/text.json.

Each is a bag of words: no public model of these kinds is small enough to be kept here. Needs: numpy, onnx, onnxruntime,
tokenizers.

usage: text.py
"""
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import tokenizers
from onnx import TensorProto, helper, numpy_helper
from tokenizers import decoders, models, normalizers, pre_tokenizers, processors

HERE = Path(__file__).parent
WORDS = ("[PAD] [UNK] [CLS] [SEP] the a coffee tea is hot cold good bad lovely awful cup of where how make kubernetes pod "
         "node ##s ##ly ##r . ? !").split()
LABELS = ["praise", "complaint", "question"]
TEXTS = ["The coffee is lovely!", "Awful, cold tea.", "Where is the cup?", "kubernetes pods", "unheard-of words", "how"]
QUERY = "how is hot coffee made?"
DOCUMENTS = ["The coffee is hot.", "A pod is on a node.", "Make tea hot, make coffee good.", ""]
random = np.random.default_rng(11)


def tokenizer():
    made = tokenizers.Tokenizer(models.WordPiece({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return made


def save(name, nodes, weights, classes, config):
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "sequence"])
              for n in ("input_ids", "attention_mask", "token_type_ids")]
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", classes])
    tables = [numpy_helper.from_array(np.asarray(value), n) for n, value in weights.items()]
    graph = helper.make_graph(nodes, name, inputs, [output], tables)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="modelservice")
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    onnx.save(model, folder / "model.onnx")
    tokenizer().save(str(folder / "tokenizer.json"), pretty=False)
    config = {"vocab_size": len(WORDS), "pad_token_id": 0, "max_position_embeddings": 24, **config}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    return folder


def node(operator, inputs, output, **attributes):
    return helper.make_node(operator, inputs, [output], **attributes)


def bag(weights, mask, output):
    """The sum of the rows of a table that the mask lets through."""
    return [node("Gather", ["table", "input_ids"], output + "_rows"),
            node("Unsqueeze", [mask, "last"], output + "_mask"),
            node("Mul", [output + "_rows", output + "_mask"], output + "_kept"),
            node("ReduceSum", [output + "_kept", "middle"], output, keepdims=0)]


def opinions():
    weights = {"table": random.normal(0, 1, (len(WORDS), len(LABELS))).astype(np.float32),
               "last": np.array([-1]), "middle": np.array([1])}
    nodes = [node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT),
             node("Cast", ["token_type_ids"], "unused", to=TensorProto.FLOAT), *bag(weights, "mask", "logits")]
    return save("opinions", nodes, weights, len(LABELS), {
        "architectures": ["BertForSequenceClassification"], "id2label": {str(i): label for i, label in enumerate(LABELS)},
        "problem_type": "single_label_classification"})


def relevance():
    """The words that a query and a document share, each counted by its weight."""
    table = np.diag(np.array([0 if word in WORDS[:4] or word in ".?!" else 1 for word in WORDS], np.float32))
    weights = {"table": table, "last": np.array([-1]), "middle": np.array([1]), "shift": np.float32([[2.5]])}
    nodes = [node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT),
             node("Cast", ["token_type_ids"], "second", to=TensorProto.FLOAT),
             node("Sub", ["mask", "second"], "first"), *bag(weights, "first", "query"), *bag(weights, "second", "document"),
             node("Mul", ["query", "document"], "shared"), node("ReduceSum", ["shared", "middle"], "sum", keepdims=1),
             node("Sub", ["sum", "shift"], "logits")]
    return save("relevance", nodes, weights, 1, {"architectures": ["BertForSequenceClassification"],
                                                 "id2label": {"0": "LABEL_0"}})


def logits(folder, encodings):
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    rows = []
    for encoding in encodings:
        inputs = {"input_ids": encoding.ids, "attention_mask": encoding.attention_mask, "token_type_ids": encoding.type_ids}
        (row,) = session.run(None, {name: np.array([value], np.int64) for name, value in inputs.items()})
        rows.append(row[0].astype(np.float64))
    return rows


def sigmoid(values):
    return 1 / (1 + np.exp(-values))


def softmax(values):
    return np.exp(values) / np.exp(values).sum()


def scores(values):
    return {label: round(float(value), 6) for label, value in zip(LABELS, values)}


def main():
    pieces = tokenizer()
    pieces.enable_truncation(24)
    judged = logits(opinions(), [pieces.encode(text) for text in TEXTS])
    pairs = [pieces.encode(QUERY, document) for document in DOCUMENTS]
    ranked = logits(relevance(), pairs)
    vectors = {
        "provenance": {
            "written by": "runtime/src/test/models/text.py",
            "rule": "each text, or pair, alone; softmax or sigmoid of the logits; the sigmoid of a pair's only logit",
            "versions": {"numpy": np.__version__, "onnxruntime": onnxruntime.__version__,
                         "tokenizers": tokenizers.__version__}},
        "opinions": [{"text": text, "softmax": scores(softmax(row)), "sigmoid": scores(sigmoid(row))}
                     for text, row in zip(TEXTS, judged)],
        "relevance": {"query": QUERY, "tokens": sum(len(pair.ids) for pair in pairs),
                      "documents": [{"text": text, "score": round(float(sigmoid(row[0])), 6)}
                                    for text, row in zip(DOCUMENTS, ranked)]}}
    (HERE.parent / "vectors" / "text.json").write_text(json.dumps(vectors, indent=1) + "\n")


if __name__ == "__main__":
    main()
