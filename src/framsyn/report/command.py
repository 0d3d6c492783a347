"""The commands that make the same futures and choices again, and what of them the dataset has to tell."""

import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framsyn.choose.choosing import Asked

#: The postures that are lived when none is named.
STANDARD = ("as_is", "engaging", "focused", "lazy", "given_up")
#: The dataset's attributes that hold an option which differs from the default.
OPTIONS = {
    "core_task_asked": "--core-task",
    "posture_file": "--posture-file",
    "law_folder": "--law",
    "bundle_file": "--bundle",
}
OWN = "own_postures"


def asked(
    core_task: str | None,
    posture_file: Path | None,
    law: Path | None,
    bundle: Path | None,
    own: Iterable[str] = (),
) -> dict[str, str]:
    """What was asked for beside the defaults, as attributes of the dataset; `own` are the file's postures."""
    values = (core_task, posture_file, law, bundle)
    told = {name: str(value) for name, value in zip(OPTIONS, values, strict=True) if value}
    return told | ({OWN: json.dumps(list(own), ensure_ascii=False)} if own else {})


def own_postures(attrs: Mapping[Any, Any]) -> tuple[str, ...]:
    """Ids of the postures that a user's file defines or changes."""
    return tuple(json.loads(attrs.get(OWN, "[]")))


def usual(own: Iterable[str] = ()) -> tuple[str, ...]:
    """The postures that are lived when none is named: the standard ones and those of the file."""
    return tuple(dict.fromkeys((*STANDARD, *own)))


def command(attrs: Mapping[Any, Any], postures: Sequence[str], years: int, draws: int, lang: str) -> str:
    """The command line that makes the same futures again, safe to paste into a shell."""
    parts = ["framsyn", "foresee", str(attrs.get("code", ""))]
    parts += ["--years", str(years), "--draws", str(draws), "--seed", str(attrs.get("seed", ""))]
    for name, option in OPTIONS.items():
        parts += [option, str(attrs[name])] if attrs.get(name) else []
    if tuple(postures) != usual(own_postures(attrs)):
        for posture in postures:
            parts += ["--posture", posture]
    return shlex.join([*parts, "--lang", lang])


def choose_command(
    code: str,
    asked: "Asked",
    told: tuple[Sequence[str], Sequence[str]],
    named: Mapping[str, object],
    lived: tuple[int, str],
) -> str:
    """The command line that makes the same choice again, safe to paste into a shell.

    Args:
        code: of the municipality.
        asked: what was asked.
        told: what must hold beside the law, and the weights, as they were written.
        named: files and folders by their option; those without are left out.
        lived: years, and the language.
    """
    parts = ["framsyn", "choose", code]
    parts += ["--objectives", ",".join(one.written for one in asked.objectives)]
    for option, values in zip(("--keep", "--weight"), told, strict=True):
        for one in values:
            parts += [option, one]
    for option, path in named.items():
        parts += [option, str(path)] if path else []
    parts += ["--budget", str(asked.budget), "--worlds", str(asked.worlds), "--fresh", str(asked.fresh)]
    years, lang = lived
    parts += ["--years", str(years), "--turn", str(asked.turn), "--seed", str(asked.seed), "--lang", lang]
    return shlex.join(parts)
