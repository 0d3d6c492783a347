"""A request as its parameters were validated: what its answer depends on, and so what it is known by.

Every router of the interface and of the pages makes its routes with `TypedRoute`. It notes the validated
parameters before the handler runs, and refuses what costs too much, so that no handler can forget to.
"""

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import BaseModel

from framsyn.places.municipality import Municipality
from framsyn.web.cost import Costed, check_cost
from framsyn.web.settings import Settings

NOTED, REQUEST = "framsyn.typed_request", "request"


@dataclass(frozen=True)
class TypedRequest:
    """A request after validation.

    Attributes:
        operation: the handler that answers it.
        parameters: its validated parameters of path, query and body by name; a municipality is the same by
            any spelling.
    """

    operation: str
    parameters: Mapping[str, Any]

    def key(self, edition: str, depends_on: Mapping[str, str] | None = None) -> str:
        """What the answer is known by: equal if and only if everything that it depends on is.

        Args:
            edition: with what its numbers are computed.
            depends_on: what else it depends on, such as the day, by name.
        """
        parts = [edition, self.operation, canonical(self.parameters), dict(depends_on or {})]
        # Not escaped to ASCII, where a character and the two halves that it may be written in are the same.
        written = json.dumps(
            parts, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def state(self) -> list[tuple[str, Any]]:
        """Name and value of every parameter of the query that is not as usual, as an address writes them."""
        return [
            (name, _written(value))
            for model in self.parameters.values()
            if isinstance(model, BaseModel)
            for name, value in model.model_dump(exclude_defaults=True).items()
        ]

    @property
    def cost(self) -> int:
        """Microseconds that simulating takes; 0 where nothing is simulated."""
        costed = [value for value in self.parameters.values() if isinstance(value, Costed)]
        return sum(value.cost(value.cost_dimensions[0]) for value in costed if not is_job(value))


def _written(value: Any) -> Any:
    """A value as a query holds it: yes and no as 1 and 0, lists repeated."""
    return int(value) if isinstance(value, bool) else value


def typed_request(request: Request) -> TypedRequest:
    """The request as it was validated.

    Raises:
        LookupError: its route was not made with `TypedRoute`.
    """
    noted: TypedRequest | None = request.scope.get(NOTED)
    if noted is None:
        raise LookupError(f"{request.url.path} is not answered by a TypedRoute")
    return noted


def canonical(value: Any) -> Any:
    """A validated value as JSON holds it; equal values alone have equal forms.

    Raises:
        TypeError: a kind of value that has no such form.
    """
    match value:
        case BaseModel():
            return {name: canonical(part) for name, part in value.model_dump().items()}
        case Municipality():
            return {"municipality": value.code}
        case None | str() | bool() | int() | float():
            return value
        case date():
            return {"date": value.isoformat()}
        case list() | tuple():
            return [canonical(part) for part in value]
        case Mapping():
            return {name: canonical(part) for name, part in value.items()}
    raise TypeError(f"A {type(value).__name__} has no canonical form")


class TypedRoute(APIRoute):
    """A route whose handler finds its request noted as it was validated, and within what it may cost."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, _noting(endpoint), **options)


def _noting(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, which first notes its validated parameters where it takes the request."""
    if hasattr(endpoint, NOTED) or REQUEST not in inspect.signature(endpoint).parameters:
        return endpoint
    operation = f"{endpoint.__module__}:{endpoint.__qualname__}"

    def note(parameters: Mapping[str, Any]) -> None:
        request = parameters[REQUEST]
        validated = {name: value for name, value in parameters.items() if name != REQUEST}
        request.scope[NOTED] = TypedRequest(operation, validated)
        for value in validated.values():
            if isinstance(value, Costed):
                check_cost(value, _most(value, request.app.state.shared.settings))

    if inspect.iscoroutinefunction(endpoint):

        @wraps(endpoint)
        async def noted(**parameters: Any) -> Any:
            note(parameters)
            return await endpoint(**parameters)

    else:

        @wraps(endpoint)
        def noted(**parameters: Any) -> Any:
            note(parameters)
            return endpoint(**parameters)

    setattr(noted, NOTED, True)
    return noted


def _most(request: Costed, settings: Settings) -> int:
    """What a request may cost, microseconds."""
    return settings.most_job_cost if is_job(request) else settings.most_cost


def is_job(request: Costed) -> bool:
    """Whether a request is answered by a job, in a process of its own."""
    return bool(getattr(request, "is_job", False))
