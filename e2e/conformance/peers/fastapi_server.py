"""The usual Python service: FastAPI in front of ONNX Runtime, the Open Inference Protocol in JSON and no more."""

import numpy as np
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from onnx_model import BadInput, OnnxModel, folders

app = FastAPI()
models = {name: OnnxModel(path) for name, path in folders().items()}


@app.get("/v2/health/ready")
async def ready():
    return {"ready": True}


@app.post("/v2/models/{name}/infer")
async def infer(name: str, request: Request):
    model, body = models[name], await request.json()
    try:
        feeds = {t["name"]: np.array(t["data"], model.dtypes[t["name"]]).reshape(t["shape"]) for t in body["inputs"]}
        outputs = model.run(feeds, [output["name"] for output in body.get("outputs", [])])
    except (BadInput, KeyError, ValueError, OverflowError) as problem:
        return JSONResponse({"error": str(problem)}, 400)
    datatypes = {output["name"]: output["datatype"] for output in model.outputs}
    tensors = [
        {"name": n, "datatype": datatypes[n], "shape": a.shape, "data": a.ravel().tolist()} for n, a in outputs.items()
    ]
    return JSONResponse({"model_name": name, "id": body.get("id", ""), "outputs": tensors})
