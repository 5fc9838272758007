"""Triton's extensions, used by unmodified tritonclient."""

import asyncio
import queue
import uuid

import numpy as np
import pytest
import tritonclient.grpc as triton_grpc
import tritonclient.grpc.aio as triton_grpc_aio
import tritonclient.http as triton_http
import tritonclient.utils.shared_memory as shared_memory


@pytest.fixture
def http(http_address):
    with triton_http.InferenceServerClient(http_address) as client:
        yield client


@pytest.fixture
def grpc(grpc_address):
    with triton_grpc.InferenceServerClient(grpc_address) as client:
        yield client


@pytest.fixture
def region(row):
    """A shared memory object with both inputs in front and room for both outputs behind."""
    name = f"clients-{uuid.uuid4().hex[:8]}"
    handle = shared_memory.create_shared_memory_region(name, f"/{name}", 4 * row.first.nbytes)
    try:
        shared_memory.set_shared_memory_region(handle, [row.first, row.second])
        yield name, handle
    finally:
        shared_memory.destroy_shared_memory_region(handle)


def infer_in(client, module, model, row, region):
    """Inputs and outputs in the region; the outputs as the server left them there."""
    name, handle = region
    size = row.first.nbytes
    client.register_system_shared_memory(name, f"/{name}", 4 * size)
    try:
        inputs, outputs = [], []
        for place, tensor in enumerate(("INPUT0", "INPUT1")):
            inputs.append(module.InferInput(tensor, [1, 16], "INT32"))
            inputs[-1].set_shared_memory(name, size, place * size)
        for place, tensor in enumerate(("OUTPUT0", "OUTPUT1"), start=2):
            outputs.append(module.InferRequestedOutput(tensor))
            outputs[-1].set_shared_memory(name, size, place * size)
        client.infer(model, inputs, outputs=outputs)
    finally:
        client.unregister_system_shared_memory(name)
    return [shared_memory.get_contents_as_numpy(handle, np.int32, [1, 16], offset=p * size) for p in (2, 3)]


def test_tensors_stay_in_shared_memory_over_rest(http, model, row, region):
    total, difference = infer_in(http, triton_http, model, row, region)
    np.testing.assert_array_equal(total, row.first + row.second)
    np.testing.assert_array_equal(difference, row.first - row.second)


def test_tensors_stay_in_shared_memory_over_grpc(grpc, model, row, region):
    total, difference = infer_in(grpc, triton_grpc, model, row, region)
    np.testing.assert_array_equal(total, row.first + row.second)
    np.testing.assert_array_equal(difference, row.first - row.second)


def test_registered_memory_has_a_status(http, row, region):
    name, _ = region
    http.register_system_shared_memory(name, f"/{name}", 4 * row.first.nbytes)
    try:
        assert [entry["name"] for entry in http.get_system_shared_memory_status(name)] == [name]
    finally:
        http.unregister_system_shared_memory(name)
    assert name not in [entry["name"] for entry in http.get_system_shared_memory_status()]


def test_one_stream_carries_many_requests(grpc, model, row):
    answers = queue.Queue()
    grpc.start_stream(lambda result, error: answers.put((result, error)))
    for number in range(16):
        grpc.async_stream_infer(model, row.triton(triton_grpc), request_id=str(number))
    ids = []
    for _ in range(16):
        result, error = answers.get(timeout=30)
        assert error is None
        row.verify(result)
        ids.append(result.get_response().id)
    grpc.stop_stream()
    assert ids == [str(number) for number in range(16)]


def test_a_stream_survives_a_bad_request(grpc, model, row):
    answers = queue.Queue()
    grpc.start_stream(lambda result, error: answers.put((result, error)))
    grpc.async_stream_infer("no-such-model", row.triton(triton_grpc))
    grpc.async_stream_infer(model, row.triton(triton_grpc))
    _, error = answers.get(timeout=30)
    assert "no-such-model" in error.message()
    result, error = answers.get(timeout=30)
    assert error is None
    row.verify(result)
    grpc.stop_stream()


def test_asyncio_streams(grpc_address, model, row):
    async def ask():
        async def requests():
            for number in range(4):
                yield {"model_name": model, "inputs": row.triton(triton_grpc_aio), "request_id": str(number)}

        async with triton_grpc_aio.InferenceServerClient(grpc_address) as client:
            async for result, error in client.stream_infer(requests()):
                assert error is None
                row.verify(result)

    asyncio.run(ask())


def test_the_index_has_the_model(http, grpc, model):
    assert ("READY", model) in [(entry["state"], entry["name"]) for entry in http.get_model_repository_index()]
    assert ("READY", model) in [(entry.state, entry.name) for entry in grpc.get_model_repository_index().models]


def test_statistics_count_requests(http, grpc, model, row):
    def successes():
        over_http = http.get_inference_statistics(model)["model_stats"][0]["inference_stats"]["success"]["count"]
        over_grpc = grpc.get_inference_statistics(model).model_stats[0].inference_stats.success.count
        return int(over_http), over_grpc

    before = successes()
    http.infer(model, row.triton(triton_http))
    after = successes()
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_the_config_names_the_model(http, grpc, model):
    assert http.get_model_config(model)["name"] == model
    assert grpc.get_model_config(model).config.name == model


def test_classes_are_given_by_place(http, model, row):
    wish = triton_http.InferRequestedOutput("OUTPUT0", binary_data=False, class_count=2)
    classes = http.infer(model, row.triton(triton_http), outputs=[wish]).as_numpy("OUTPUT0").ravel()
    largest = (row.first + row.second).ravel().argsort()[::-1][:2]
    texts = [entry.decode() if isinstance(entry, bytes) else entry for entry in classes]
    assert [int(text.split(":")[1]) for text in texts] == largest.tolist()


def test_classes_are_given_by_place_over_grpc(grpc, model, row):
    wish = triton_grpc.InferRequestedOutput("OUTPUT0", class_count=2)
    classes = grpc.infer(model, row.triton(triton_grpc), outputs=[wish]).as_numpy("OUTPUT0").ravel()
    largest = (row.first + row.second).ravel().argsort()[::-1][:2]
    assert [int(text.decode().split(":")[1]) for text in classes] == largest.tolist()


def test_compressed_requests_and_answers(http, model, row):
    result = http.infer(
        model,
        row.triton(triton_http),
        request_compression_algorithm="gzip",
        response_compression_algorithm="gzip",
    )
    row.verify(result)
