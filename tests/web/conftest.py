"""Fixtures of the server: a client without a network, and a server that browsers reach."""

from collections.abc import Iterator

import numba
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from framsyn.foresee.futures import foresee
from framsyn.places.municipality import municipality
from framsyn.web.app import create_app
from framsyn.web.settings import Settings
from tests.web.serving import running


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """The equations are compiled before anybody is served, as a server does before it is ready.

    Compiling takes longer than an answer may, so that no test may hang on who compiled them before. Where
    nothing is compiled, as in a run of mutants, nothing is simulated either.
    """
    if not numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        foresee(municipality("545"), years=1, draws=1)


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return create_app()


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of a server of its own thread."""
    with running(Settings()) as address:
        yield address
