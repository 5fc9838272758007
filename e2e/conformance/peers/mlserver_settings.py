"""Writes MLServer's settings of each model into a folder: mlserver_settings.py FOLDER."""

import json
import sys
from pathlib import Path

from onnx_model import folders

for name, path in folders().items():
    folder = Path(sys.argv[1]) / name
    folder.mkdir(parents=True)
    settings = {"name": name, "implementation": "mlserver_model.OnnxServer", "parameters": {"uri": str(path)}}
    (folder / "model-settings.json").write_text(json.dumps(settings))
