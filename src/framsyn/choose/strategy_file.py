"""A strategy as a TOML file that every command reads: what it changes of going on as today."""

import json
import re
from collections.abc import Mapping
from typing import Any

from framsyn.foresee.postures import AS_IS, Posture, shipped

#: Keys that TOML takes without quotes.
BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_of(identity: str, posture: Posture, about: str = "") -> str:
    """The strategy as TOML, with `about` as comments above it; `read_postures` gives it back."""
    today = shipped()[AS_IS].model_dump(exclude={"then"})
    told = posture.model_dump(exclude={"then"})
    changed = {key: value for key, value in told.items() if value != today[key]}
    key = identity if BARE.fullmatch(identity) else _value(identity)
    lines = [*(f"# {line}".rstrip() for line in about.splitlines()), f"[{key}]", f'based_on = "{AS_IS}"']
    lines += _lines(changed)
    for phase in posture.then:
        lines += ["", f"[[{key}.then]]", *_lines(phase)]
    return "\n".join(lines) + "\n"


def _lines(fields: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in fields.items()]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
