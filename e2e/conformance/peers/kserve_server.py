"""KServe's own server in front of ONNX Runtime: REST with JSON and binary tensors, gRPC, version 1."""

import logging

import numpy as np
from kserve import InferOutput, InferResponse, Model, ModelServer
from kserve.errors import InvalidInput
from kserve.utils.utils import generate_uuid

from onnx_model import BadInput, OnnxModel, folders


class OnnxServer(Model):
    def __init__(self, name, path):
        super().__init__(name)
        self.model = OnnxModel(path)
        self.ready = True

    def get_input_types(self):
        return self.model.inputs

    def get_output_types(self):
        return self.model.outputs

    def predict(self, payload, headers=None, response_headers=None):
        try:
            return self.rows(payload) if isinstance(payload, dict) else self.tensors(payload)
        except (BadInput, ValueError, OverflowError) as problem:
            raise InvalidInput(str(problem)) from problem

    def tensors(self, request):
        """Version 2."""
        feeds = {tensor.name: tensor.as_numpy() for tensor in request.inputs}
        wished = [output.name for output in request.request_outputs or []]
        outputs = []
        for name, array in self.model.run(feeds, wished).items():
            output = InferOutput(name, list(array.shape), datatype(self.model, name), array)
            if request.from_grpc:  # where an array as it is would not be taken
                output.set_data_from_numpy(array)
            outputs.append(output)
        return InferResponse(
            request.id or generate_uuid(),  # the server fails on an answer without one
            self.name,
            outputs,
            use_binary_outputs=request.use_binary_outputs,
            requested_outputs=request.request_outputs,
        )

    def rows(self, request):
        """Version 1: an object for each row."""
        instances = request["instances"]
        try:
            feeds = {name: np.array([row[name] for row in instances], dtype) for name, dtype in self.model.dtypes.items()}
        except KeyError as problem:
            raise BadInput(f"an instance has no {problem}") from problem
        columns = {name: array.tolist() for name, array in self.model.run(feeds).items()}
        return {"predictions": [dict(zip(columns, row)) for row in zip(*columns.values())]}


def datatype(model, name):
    return next(output["datatype"] for output in model.outputs if output["name"] == name)


if __name__ == "__main__":
    server = ModelServer()
    for logger in ("uvicorn.access", "kserve.trace"):  # three lines for each request
        logging.getLogger(logger).setLevel(logging.WARNING)
    server.start([OnnxServer(name, path) for name, path in folders().items()])
