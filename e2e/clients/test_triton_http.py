"""Unmodified tritonclient over REST."""

import asyncio

import numpy as np
import pytest
import tritonclient.http as triton
import tritonclient.http.aio as triton_aio
from tritonclient.utils import InferenceServerException


@pytest.fixture
def client(http_address):
    with triton.InferenceServerClient(http_address) as client:
        yield client


def outputs(binary):
    return [triton.InferRequestedOutput(name, binary_data=binary) for name in ("OUTPUT0", "OUTPUT1")]


def test_the_server_and_the_model_are_ready(client, model):
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.is_model_ready(model)


def test_an_unknown_model_is_not_ready(client):
    assert not client.is_model_ready("no-such-model")


def test_the_server_describes_itself(client):
    assert client.get_server_metadata()["name"]


def test_the_model_is_described(client, model):
    metadata = client.get_model_metadata(model)
    assert metadata["inputs"] == [{"name": n, "datatype": "INT32", "shape": [-1, 16]} for n in ("INPUT0", "INPUT1")]


@pytest.mark.parametrize("binary_in", [True, False], ids=["binary-in", "json-in"])
@pytest.mark.parametrize("binary_out", [True, False], ids=["binary-out", "json-out"])
def test_both_wire_forms_give_the_same_answer(client, model, row, binary_in, binary_out):
    row.verify(client.infer(model, row.triton(triton, binary_data=binary_in), outputs=outputs(binary_out)))


def test_the_client_s_defaults_work(client, model, row):
    """Binary both ways, all outputs asked for by one parameter of the request."""
    row.verify(client.infer(model, row.triton(triton)))


def test_one_output_comes_alone(client, model, row):
    result = client.infer(model, row.triton(triton), outputs=[triton.InferRequestedOutput("OUTPUT1")])
    np.testing.assert_array_equal(result.as_numpy("OUTPUT1"), row.first - row.second)
    assert result.as_numpy("OUTPUT0") is None


def test_the_id_comes_back(client, model, row):
    assert client.infer(model, row.triton(triton), request_id="mine").get_response()["id"] == "mine"


def test_parameters_are_taken(client, model, row):
    row.verify(client.infer(model, row.triton(triton), parameters={"note": "a word"}))


def test_requests_run_beside_each_other(http_address, model, row):
    with triton.InferenceServerClient(http_address, concurrency=8) as client:
        answers = [client.async_infer(model, row.triton(triton)) for _ in range(32)]
        for answer in answers:
            row.verify(answer.get_result())


def test_asyncio_works(http_address, model, row):
    async def ask():
        async with triton_aio.InferenceServerClient(http_address) as client:
            answers = await asyncio.gather(*(client.infer(model, row.triton(triton_aio)) for _ in range(8)))
            for answer in answers:
                row.verify(answer)

    asyncio.run(ask())


def test_a_wrong_shape_is_told_to_the_user(client, model, row):
    inputs = row.triton(triton)
    inputs[0] = triton.InferInput("INPUT0", [1, 15], "INT32")
    inputs[0].set_data_from_numpy(row.first[:, :15])
    with pytest.raises(InferenceServerException, match="INPUT0"):
        client.infer(model, inputs)


def test_an_unknown_model_is_told_to_the_user(client, row):
    with pytest.raises(InferenceServerException, match="no-such-model"):
        client.infer("no-such-model", row.triton(triton))
