"""KServe's Python inference clients."""

import asyncio

import httpx
import pytest
from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferRequest
from kserve.inference_client import RESTConfig


def request(model, row, binary, names=("INPUT0", "INPUT1")):
    inputs = []
    for name, array in zip(names, (row.first, row.second)):
        tensor = InferInput(name, list(array.shape), "INT32")
        tensor.set_data_from_numpy(array, binary_data=binary)
        inputs.append(tensor)
    return InferRequest(model_name=model, infer_inputs=inputs, request_id="mine")


class Answer:
    """An InferResponse with as_numpy by name."""

    def __init__(self, response):
        self.outputs = {output.name: output.as_numpy() for output in response.outputs}

    def as_numpy(self, name):
        return self.outputs[name]


def rest(http_address, version, ask):
    """What `ask` gets from the server at that address."""

    async def run():
        client = InferenceRESTClient(RESTConfig(protocol=version))
        try:
            return await ask(client, f"http://{http_address}")
        finally:
            await client.close()

    return asyncio.run(run())


def test_rest_says_ready(http_address, model):
    async def ask(client, url):
        return [
            await client.is_server_live(url),
            await client.is_server_ready(url),
            await client.is_model_ready(url, model),
        ]

    assert rest(http_address, "v2", ask) == [True, True, True]


@pytest.mark.parametrize("binary", [True, False], ids=["binary", "json"])
def test_rest_answers(http_address, model, row, binary):
    response = rest(http_address, "v2", lambda client, url: client.infer(url, request(model, row, binary), model_name=model))
    assert response.id == "mine"
    row.verify(Answer(response))


def test_rest_tells_what_was_wrong(http_address, model, row):
    bad = request(model, row, False, names=("INPUT9", "INPUT1"))
    with pytest.raises(httpx.HTTPStatusError) as refused:
        rest(http_address, "v2", lambda client, url: client.infer(url, bad, model_name=model))
    assert refused.value.response.status_code == 400


def test_version_1_predicts(http_address, model, row):
    instance = {"INPUT0": row.first[0].tolist(), "INPUT1": row.second[0].tolist()}
    answer = rest(
        http_address, "v1", lambda client, url: client.infer(url, {"instances": [instance]}, model_name=model)
    )
    assert answer["predictions"] == [
        {"OUTPUT0": (row.first + row.second)[0].tolist(), "OUTPUT1": (row.first - row.second)[0].tolist()}
    ]


def test_grpc_answers(grpc_address, model, row):
    async def ask():
        async with InferenceGRPCClient(grpc_address) as client:
            assert await client.is_server_live()
            assert await client.is_server_ready()
            assert await client.is_model_ready(model)
            return await client.infer(request(model, row, True))

    row.verify(Answer(asyncio.run(ask())))
