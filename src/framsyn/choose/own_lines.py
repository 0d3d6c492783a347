"""Strategies told in lines, named so that files and commands can hold them."""

from collections.abc import Mapping, Sequence

from framsyn.choose.strategy_file import toml_of
from framsyn.choose.strategy_text import strategy_in
from framsyn.errors import FramsynError
from framsyn.foresee.postures import Posture, is_shipped, posture_id, shipped

#: What a strategy without a name of its own is called in files, with its number.
NAME = "strategy"


def named(lines: Sequence[str], ids: Sequence[str] = (), *, shipped_too: bool = False) -> dict[str, Posture]:
    """Postures by id of lines; a shipped posture that is not changed keeps its own.

    Args:
        lines: see `strategy_text`.
        ids: what they are called, in their order; `strategy_1` and so on where fewer are given.
        shipped_too: give shipped postures another id too, so that a file can hold them.

    Raises:
        FramsynError: a line that is no strategy, an id that is no name, or one given twice.
    """
    made: dict[str, Posture] = {}
    for place, line in enumerate(lines):
        posture = strategy_in(line)
        if is_shipped(line) and not shipped_too:
            made[posture_id(line, shipped())] = posture
            continue
        identity = ids[place] if place < len(ids) else f"{NAME}_{place + 1}"
        if identity in shipped() or not identity.isidentifier():
            raise FramsynError(
                "{id} cannot be the id of a strategy: use letters, digits and _, and no shipped posture's.",
                id=identity,
            )
        if identity in made:
            raise FramsynError("An id is given to two strategies: {id}.", id=identity)
        made[identity] = posture
    return made


def own_in(lines: Sequence[str]) -> dict[str, Posture]:
    """Those of the strategies that are not shipped postures, by id."""
    return {identity: posture for identity, posture in named(lines).items() if identity not in shipped()}


def toml_of_all(told: Mapping[str, Posture]) -> str:
    """The strategies as one TOML file."""
    return "\n".join(toml_of(identity, posture) for identity, posture in told.items())
