"""Whatever the interface is asked, it answers without failing, and as its description says."""

import json
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from framsyn.web.app import create_app
from framsyn.web.refused import TooManyError

#: Operations that take seconds when they are asked rightly: they are only asked wrongly here.
SLOW = ("/explanation", "/warnings", "/choices", "/country", "/export", "/report")
EXAMPLES = 12


def begins_nothing(*_: object, **__: object) -> None:
    """A question that comes through would otherwise leave a search behind it."""
    raise TooManyError("No work is begun here.")


def asked_of_a_real_place(case: Any) -> None:
    """So that the question is lived, in few worlds, and does not end at an unknown name."""
    if "name" in (case.path_parameters or {}):
        case.path_parameters["name"] = "545"
    if isinstance((case.query or {}).get("draws"), int):
        case.query["draws"] = min(case.query["draws"], 20)


def operations() -> list[Any]:
    return [
        pytest.param(method, path, id=f"{method.upper()} {path}") for path, method in sorted(_described())
    ]


def _described() -> list[tuple[str, str]]:
    described = create_app().openapi()["paths"]
    return [(path, method) for path, methods in described.items() for method in methods]


@pytest.mark.parametrize(("method", "path"), operations())
def test_no_question_makes_the_server_fail(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    monkeypatch.setattr(app.state.shared.jobs, "start", begins_nothing)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers={"Host": "localhost"})
    operation = schema[path][method.upper()]
    assert max(asked(operation, GenerationMode.NEGATIVE)) >= 400
    if method == "GET" and not any(part in path for part in SLOW):
        assert 200 in asked(operation, GenerationMode.POSITIVE)


def asked(operation: Any, mode: GenerationMode) -> set[int]:
    """The statuses of the answers to questions made from the description, none of them a failure."""
    statuses = set()

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            asked_of_a_real_place(case)
        response = case.call(headers={"Host": "localhost"})
        assert response.status_code < 500, (case.as_curl_command(), response.text[:500])
        if response.status_code >= 400:
            assert json.loads(response.text)["error"]
        statuses.add(response.status_code)

    ask()
    return statuses
