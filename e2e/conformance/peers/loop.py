"""The ceiling of the Python servers: session.run in a loop, without a server. loop.py SECONDS"""

import sys
import time

import numpy as np

from onnx_model import OnnxModel, folders

SEQUENCE = 32  # of the text model; every other free size is 1


def feeds(model):
    """Ones of the smallest shape; an input of two free sizes is a row of tokens."""
    made = {}
    for tensor in model.inputs:
        shape = [1 if size < 0 else size for size in tensor["shape"]]
        if tensor["shape"] == [-1, -1]:
            shape = [1, SEQUENCE]
        made[tensor["name"]] = np.ones(shape, model.dtypes[tensor["name"]])
    return made


def measure(model, seconds):
    """Sorted milliseconds of each run."""
    given, times = feeds(model), []
    model.run(given)
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        model.run(given)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


for name, path in folders().items():
    times = measure(OnnxModel(path), float(sys.argv[1]))
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"{name:20} p50 {p50:8.4f} ms  p99 {p99:8.4f} ms  {1000 * len(times) / sum(times):10.1f} runs/s")
