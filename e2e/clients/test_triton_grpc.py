"""Unmodified tritonclient over gRPC."""

import asyncio
import queue

import numpy as np
import pytest
import tritonclient.grpc as triton
import tritonclient.grpc.aio as triton_aio
from tritonclient.utils import InferenceServerException


@pytest.fixture
def client(grpc_address):
    with triton.InferenceServerClient(grpc_address) as client:
        yield client


def test_the_server_and_the_model_are_ready(client, model):
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.is_model_ready(model)


def test_the_server_describes_itself(client):
    assert client.get_server_metadata().name


def test_the_model_is_described(client, model):
    metadata = client.get_model_metadata(model)
    assert [tensor.name for tensor in metadata.inputs] == ["INPUT0", "INPUT1"]
    assert [list(tensor.shape) for tensor in metadata.outputs] == [[-1, 16], [-1, 16]]


def test_an_answer_is_right(client, model, row):
    row.verify(client.infer(model, row.triton(triton)))


def test_one_output_comes_alone(client, model, row):
    result = client.infer(model, row.triton(triton), outputs=[triton.InferRequestedOutput("OUTPUT1")])
    np.testing.assert_array_equal(result.as_numpy("OUTPUT1"), row.first - row.second)
    assert result.as_numpy("OUTPUT0") is None


def test_the_id_comes_back(client, model, row):
    assert client.infer(model, row.triton(triton), request_id="mine").get_response().id == "mine"


def test_parameters_are_taken(client, model, row):
    row.verify(client.infer(model, row.triton(triton), parameters={"note": "a word"}))


def test_requests_run_beside_each_other(client, model, row):
    answers = queue.Queue()
    for _ in range(32):
        client.async_infer(model, row.triton(triton), lambda result, error: answers.put((result, error)))
    for _ in range(32):
        result, error = answers.get(timeout=30)
        assert error is None
        row.verify(result)


def test_asyncio_works(grpc_address, model, row):
    async def ask():
        async with triton_aio.InferenceServerClient(grpc_address) as client:
            answers = await asyncio.gather(*(client.infer(model, row.triton(triton_aio)) for _ in range(8)))
            for answer in answers:
                row.verify(answer)

    asyncio.run(ask())


def test_a_wrong_shape_is_the_caller_s_fault(client, model, row):
    inputs = row.triton(triton)
    inputs[0] = triton.InferInput("INPUT0", [1, 15], "INT32")
    inputs[0].set_data_from_numpy(row.first[:, :15])
    with pytest.raises(InferenceServerException) as refused:
        client.infer(model, inputs)
    assert refused.value.status() == "StatusCode.INVALID_ARGUMENT"


def test_an_unknown_model_is_not_found(client, row):
    with pytest.raises(InferenceServerException) as refused:
        client.infer("no-such-model", row.triton(triton))
    assert refused.value.status() == "StatusCode.NOT_FOUND"
