"""The interface's operations as its own description tells them, for a page that lists them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

#: Limits of a parameter's values in a JSON schema, and how they are written.
LIMITS = {"minimum": "≥ {}", "maximum": "≤ {}", "maxLength": "≤ {} characters", "maxItems": "≤ {} values"}


class Parameter(NamedTuple):
    """A parameter: what it may be, what it is without being told, and what it means."""

    name: str
    allowed: str
    usual: str
    meaning: str


class Operation(NamedTuple):
    """One operation of the interface."""

    method: str
    path: str
    summary: str
    parameters: list[Parameter]


def operations(described: dict[str, Any]) -> list[tuple[str, list[Operation]]]:
    """The operations by tag, in the order of the description.

    Args:
        described: the interface's OpenAPI description.
    """
    grouped: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            tag = next(iter(told.get("tags", [])), "")
            parameters = [_parameter(one) for one in told.get("parameters", [])]
            grouped.setdefault(tag, []).append(
                Operation(method.upper(), path, told.get("summary", ""), parameters)
            )
    return list(grouped.items())


def _parameter(told: dict[str, Any]) -> Parameter:
    schema = told.get("schema", {})
    usual = schema.get("default")
    return Parameter(
        name=told["name"],
        allowed=_allowed(schema),
        usual=", ".join(map(str, usual)) if isinstance(usual, list) else "" if usual is None else str(usual),
        meaning=told.get("description") or schema.get("description") or "",
    )


def _allowed(schema: dict[str, Any]) -> str:
    """The type, the choices and the limits of a value."""
    own = schema.get("items", schema) if schema.get("type") == "array" else schema
    choices = own.get("enum") or ([own["const"]] if "const" in own else [])
    kind = " | ".join(map(str, choices)) or str(own.get("type", "string"))
    limits = [*_limits(own), *(_limits(schema) if own is not schema else [])]
    return ", ".join([kind + ("…" if own is not schema else ""), *limits])


def _limits(schema: dict[str, Any]) -> Iterable[str]:
    return (text.format(schema[name]) for name, text in LIMITS.items() if name in schema)
