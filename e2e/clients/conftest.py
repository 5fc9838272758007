"""Where the server is, and its model: Triton's `simple`, under whatever name."""

import sys

import numpy as np
import pytest


def pytest_addoption(parser):
    parser.addoption("--http", default="127.0.0.1:8080", help="HOST:PORT of the REST side")
    parser.addoption("--grpc", default="127.0.0.1:8081", help="HOST:PORT of the gRPC side")
    parser.addoption("--model", default="simple", help="the model's name")


def pytest_configure():
    # kserve reads the command line when it is imported, and takes these options for its own
    del sys.argv[1:]


@pytest.fixture(scope="session")
def http_address(pytestconfig):
    return pytestconfig.getoption("--http")


@pytest.fixture(scope="session")
def grpc_address(pytestconfig):
    return pytestconfig.getoption("--grpc")


@pytest.fixture(scope="session")
def model(pytestconfig):
    return pytestconfig.getoption("--model")


class Row:
    """One row of each input, and what the model makes of it."""

    first = np.arange(-30, 82, 7, dtype=np.int32).reshape(1, 16)
    second = np.square(np.arange(16, dtype=np.int32)).reshape(1, 16)

    def verify(self, result):
        """The answer of any client that has as_numpy."""
        np.testing.assert_array_equal(result.as_numpy("OUTPUT0"), self.first + self.second)
        np.testing.assert_array_equal(result.as_numpy("OUTPUT1"), self.first - self.second)

    def triton(self, module, **wire):
        """The inputs as tritonclient's HTTP or gRPC module has them."""
        inputs = []
        for name, array in {"INPUT0": self.first, "INPUT1": self.second}.items():
            tensor = module.InferInput(name, list(array.shape), "INT32")
            tensor.set_data_from_numpy(array, **wire)
            inputs.append(tensor)
        return inputs


@pytest.fixture
def row():
    return Row()
