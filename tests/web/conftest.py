"""Fixtures of the server: a client without a network, and a server that browsers reach."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from framsyn.foresee.futures import foresee
from framsyn.places.municipality import municipality
from framsyn.web.app import create_app


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """The equations are compiled before anybody is served, as a server does before it is ready.

    Compiling takes longer than an answer may, so that no test may hang on who compiled them before.
    """
    foresee(municipality("545"), years=1, draws=1)


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return create_app()


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of a server of its own thread."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(), log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
