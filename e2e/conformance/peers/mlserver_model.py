"""MLServer in front of ONNX Runtime."""

from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.errors import InferenceError
from mlserver.types import InferenceRequest, InferenceResponse, MetadataTensor

from onnx_model import BadInput, OnnxModel


class OnnxServer(MLModel):
    async def load(self) -> bool:
        self.model = OnnxModel(self.settings.parameters.uri)
        self.inputs = [MetadataTensor(**tensor) for tensor in self.model.inputs]
        self.outputs = [MetadataTensor(**tensor) for tensor in self.model.outputs]
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        try:
            feeds = {tensor.name: NumpyCodec.decode_input(tensor) for tensor in payload.inputs}
            outputs = self.model.run(feeds, [output.name for output in payload.outputs or []])
        except (BadInput, ValueError, OverflowError) as problem:
            raise InferenceError(str(problem)) from problem
        return InferenceResponse(
            id=payload.id,
            model_name=self.name,
            model_version=self.version,
            outputs=[NumpyCodec.encode_output(name, array) for name, array in outputs.items()],
        )
