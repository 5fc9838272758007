"""Writes small models of sound beside this file, sounds for them, and what Python makes of them into ../vectors.

"loudness" has the inputs and outputs of Silero VAD; it hears loudness, smoothed by a state. "overdriven" has the same ones,
and does not come to an end with a sample of full scale. "hum-or-hiss" takes samples as models of the Wav2Vec2 family do; it
compares how much neighbours agree. Needs: numpy, onnx, onnxruntime.

usage: voice.py                               writes the model, the sounds and the vectors
       voice.py MODEL.onnx SOUND.wav OUT.json    writes what a real model of this kind hears in a sound of 16 bits, mono
"""
import base64
import hashlib
import io
import json
import struct
import sys
import wave
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
VECTORS = HERE.parent / "vectors"
WINDOWS = "windows of 512 samples at 16 kHz and 256 at 8 kHz after 64 and 32 of the window before; the state goes on"


def model():
    """state' = state / 2 + |input| averaged; output = sigmoid(40 * (first of state') - 4 + sr / 32000)."""
    constants = {"half": np.float32(0.5), "gain": np.float32(40), "rest": np.float32(4), "scale": np.float32(1 / 32000),
                 "last": np.array([-1]), "ones": np.ones((2, 1, 128), np.float32), "zero": np.array([0]),
                 "one": np.array([1]), "row": np.array([1, 1])}
    nodes = [("Abs", ["input"], "loud"), ("ReduceMean", ["loud"], "mean"), ("Mul", ["state", "half"], "kept"),
             ("Mul", ["ones", "mean"], "heard"), ("Add", ["kept", "heard"], "stateN"),
             ("Slice", ["stateN", "zero", "one", "last"], "firsts"), ("Slice", ["firsts", "zero", "one", "zero"], "first"),
             ("Reshape", ["first", "row"], "level"), ("Mul", ["level", "gain"], "strong"), ("Sub", ["strong", "rest"], "shifted"),
             ("Cast", ["sr"], "rate"), ("Mul", ["rate", "scale"], "bonus"), ("Add", ["shifted", "bonus"], "logit"),
             ("Sigmoid", ["logit"], "output")]
    attributes = {"Cast": {"to": TensorProto.FLOAT}, "ReduceMean": {"axes": [-1], "keepdims": 1}}
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node(operator, inputs, [output], **attributes.get(operator, {})) for operator, inputs, output in nodes],
        "loudness",
        [value("input", TensorProto.FLOAT, ["batch", "samples"]), value("state", TensorProto.FLOAT, [2, "batch", 128]),
         value("sr", TensorProto.INT64, [])],
        [value("output", TensorProto.FLOAT, ["batch", 1]), value("stateN", TensorProto.FLOAT, [2, "batch", 128])],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in constants.items()])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="modelservice")
    folder = HERE / "loudness"
    folder.mkdir(exist_ok=True)
    onnx.save(made, folder / "model.onnx")
    return folder / "model.onnx"


def overdriven():
    """A loop that runs for many minutes if a sample is of full scale, and not at all otherwise."""
    value = helper.make_tensor_value_info
    body = helper.make_graph(
        [helper.make_node("Mul", ["x_in", "half"], ["x_out"]), helper.make_node("Identity", ["go_in"], ["go_out"])],
        "body",
        [value("i", TensorProto.INT64, []), value("go_in", TensorProto.BOOL, []), value("x_in", TensorProto.FLOAT, [])],
        [value("go_out", TensorProto.BOOL, []), value("x_out", TensorProto.FLOAT, [])])
    nodes = [helper.make_node("Abs", ["input"], ["loud"]), helper.make_node("ReduceMax", ["loud"], ["peak"], keepdims=0),
             helper.make_node("Floor", ["peak"], ["full"]), helper.make_node("Mul", ["full", "many"], ["times"]),
             helper.make_node("Cast", ["times"], ["rounds"], to=TensorProto.INT64),
             helper.make_node("Loop", ["rounds", "", "start"], ["x"], body=body),
             helper.make_node("Reshape", ["x", "row"], ["output"]), helper.make_node("Identity", ["state"], ["stateN"])]
    graph = helper.make_graph(
        nodes, "overdriven",
        [value("input", TensorProto.FLOAT, ["batch", "samples"]), value("state", TensorProto.FLOAT, [2, "batch", 128]),
         value("sr", TensorProto.INT64, [])],
        [value("output", TensorProto.FLOAT, ["batch", 1]), value("stateN", TensorProto.FLOAT, [2, "batch", 128])],
        [numpy_helper.from_array(np.float32(0.5), "half"), numpy_helper.from_array(np.float32(0.5), "start"),
         numpy_helper.from_array(np.float32(1e9), "many"), numpy_helper.from_array(np.array([1, 1]), "row")])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="modelservice")
    folder = HERE / "overdriven"
    folder.mkdir(exist_ok=True)
    onnx.save(made, folder / "model.onnx")


def labeller():
    """Two filters of two samples, their sum and their difference; what passes each is a logit."""
    kernels = np.float32([[[0.5, 0.5]], [[0.5, -0.5]]])
    nodes = [helper.make_node("Unsqueeze", ["input_values", "middle"], ["channel"]),
             helper.make_node("Conv", ["channel", "kernels"], ["passed"]), helper.make_node("Abs", ["passed"], ["loud"]),
             helper.make_node("ReduceMean", ["loud"], ["logits"], axes=[-1], keepdims=0)]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, "hum-or-hiss", [value("input_values", TensorProto.FLOAT, ["batch", "samples"])],
        [value("logits", TensorProto.FLOAT, ["batch", 2])],
        [numpy_helper.from_array(np.array([1]), "middle"), numpy_helper.from_array(kernels, "kernels")])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="modelservice")
    folder = HERE / "hum-or-hiss"
    folder.mkdir(exist_ok=True)
    onnx.save(made, folder / "model.onnx")
    (folder / "config.json").write_text('{"id2label": {"0": "hum", "1": "hiss"}}\n')
    (folder / "preprocessor_config.json").write_text(
        '{"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000, "do_normalize": true}\n')
    return folder / "model.onnx"


def labels():
    """A tone and noise, brought to a mean of 0 and a variance of 1."""
    session = onnxruntime.InferenceSession(labeller(), providers=["CPUExecutionProvider"])
    noise = np.random.default_rng(3).uniform(-0.4, 0.4, 4000) + 0.1
    sounds = []
    for name, samples in {"tone": sound(16000, 0.5)[4000:], "noise": noise}.items():
        heard_samples = as_16_bits(samples)
        row = (heard_samples - heard_samples.mean()) / np.sqrt(heard_samples.var() + 1e-7)
        (logits,) = session.run(None, {"input_values": row[None].astype(np.float32)})
        scores = np.exp(logits[0]) / np.exp(logits[0]).sum()
        sounds.append({"name": name, "wav": base64.b64encode(pcm16(samples, 16000)).decode(),
                       "scores": {"hum": round(float(scores[0]), 6), "hiss": round(float(scores[1]), 6)}})
    write(VECTORS / "labels.json", {"sounds": sounds}, "mean 0, variance 1; softmax of the logits")


def sound(rate, seconds=2.2):
    """Three bursts of a tone: 0.4 s, 0.1 s (too short for speech) and 0.6 s until near the end."""
    time = np.arange(int(rate * seconds)) / rate
    tone = 0.5 * np.sin(2 * np.pi * 440 * time) + 0.2 * np.sin(2 * np.pi * 1250 * time + 1)
    on = (time > 0.3) & (time < 0.7) | (time > 1.0) & (time < 1.1) | (time > 1.5) & (time < 2.1)
    return np.where(on, tone, 0.004 * np.sin(2 * np.pi * 90 * time))


def pcm16(samples, rate, channels=1):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


def float32(samples, rate):
    data = samples.astype("<f4").tobytes()
    head = struct.pack("<HHIIHHH", 3, 1, rate, rate * 4, 4, 32, 0)
    body = b"WAVE" + b"fmt " + struct.pack("<I", len(head)) + head + b"LIST" + struct.pack("<I", 3) + b"abc\0"
    body += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def probabilities(session, samples, rate):
    window, context = (512, 64) if rate == 16000 else (256, 32)
    state, before, found = np.zeros((2, 1, 128), np.float32), np.zeros(context, np.float32), []
    for start in range(0, len(samples), window):
        piece = samples[start:start + window]
        piece = np.concatenate([before, piece, np.zeros(window - len(piece), np.float32)]).astype(np.float32)
        output, state = session.run(["output", "stateN"], {"input": piece[None], "state": state, "sr": np.array(rate)})
        before = piece[-context:]
        found.append(float(output[0, 0]))
    return found


def segments(found, rate, length):
    """Silero's published rules, in its own defaults."""
    window, millis = (512 if rate == 16000 else 256), rate / 1000
    spoken, begun, quiet = [], None, None
    for number, probability in enumerate(found):
        now = number * window
        if probability >= 0.5:
            quiet = None
            begun = now if begun is None else begun
        elif probability < 0.35 and begun is not None:
            quiet = now if quiet is None else quiet
            if now - quiet >= 100 * millis:
                spoken.append([begun, quiet])
                begun = quiet = None
    if begun is not None:
        spoken.append([begun, length])
    spoken = [piece for piece in spoken if piece[1] - piece[0] > 250 * millis]
    edges = [list(piece) for piece in spoken]
    for number, (start, end) in enumerate(spoken):
        room = start if number == 0 else (start - spoken[number - 1][1]) // 2
        edges[number][0] = start - min(int(30 * millis), room)
        room = length - end if number == len(spoken) - 1 else (spoken[number + 1][0] - end) // 2
        edges[number][1] = end + min(int(30 * millis), room)
    return [{"start": start / rate, "end": end / rate} for start, end in edges]


def heard(session, samples, rate):
    samples = np.asarray(samples, np.float32)
    found = probabilities(session, samples, rate)
    return {"segments": segments(found, rate, len(samples)), "probabilities": [round(value, 6) for value in found]}


def as_16_bits(samples):
    return np.round(samples * 32767) / 32768


def main():
    session = onnxruntime.InferenceSession(model(), providers=["CPUExecutionProvider"])
    high, low = sound(16000), sound(8000)
    short = sound(16000, 1.0)
    stereo = np.stack([short, short * 0.2], axis=1)
    cases = {
        "mono-16k.wav": (pcm16(high, 16000), heard(session, as_16_bits(high), 16000)),
        "mono-8k.wav": (pcm16(low, 8000), heard(session, as_16_bits(low), 8000)),
        "stereo-16k.wav": (pcm16(stereo.ravel(), 16000, 2), heard(session, as_16_bits(stereo).mean(axis=1), 16000)),
        "float-16k.wav": (float32(short, 16000), heard(session, short, 16000)),
    }
    write(VECTORS / "voice.json", {
        "sounds": [{"name": name, "wav": base64.b64encode(wav).decode(), **expected}
                   for name, (wav, expected) in cases.items()]}, WINDOWS)
    labels()
    overdriven()


def write(file, vectors, rule):
    provenance = {
        "written by": "runtime/src/test/models/voice.py",
        "rule": rule,
        "versions": {"numpy": np.__version__, "onnxruntime": onnxruntime.__version__}}
    Path(file).write_text(json.dumps({"provenance": provenance, **vectors}) + "\n")


def hear(model_file, sound_file, out):
    session = onnxruntime.InferenceSession(model_file, providers=["CPUExecutionProvider"])
    with wave.open(sound_file) as file:
        rate, samples = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    sums = {name: hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in (model_file, sound_file)}
    write(out, {"sha256": dict(zip(("model", "sound"), sums.values())), **heard(session, samples, rate)}, WINDOWS)


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else hear(*sys.argv[1:])
