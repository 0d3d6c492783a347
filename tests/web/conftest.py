"""One server for the tests of a module."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from framsyn.web.app import create_app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client of a server with the usual bounds."""
    with TestClient(create_app()) as made:
        yield made
