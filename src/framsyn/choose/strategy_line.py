"""The line that comes nearest to a posture, and what of the posture no line can tell."""

from typing import NamedTuple

import numpy as np

from framsyn.choose.strategy_text import strategy_in, text_of
from framsyn.errors import FramsynError
from framsyn.foresee.postures import Posture, areas, phases_of, rule_of, shipped
from framsyn.model.layout import AREAS
from framsyn.model.rule import Rule


class Line(NamedTuple):
    """A posture in one line.

    Attributes:
        text: as `strategy_text.strategy_in` reads it.
        lost: fields of the posture that differ in what the line gives back, such as `sees_after` or
            `ambition.culture`; none where the line tells all that acts.
    """

    text: str
    lost: tuple[str, ...]


def line_of(posture: Posture) -> Line:
    """The line, from whichever shipped posture loses least and then is shortest.

    Raises:
        FramsynError: a setting lies outside the bounds of its lever, whichever posture it starts from.
    """
    found: list[Line] = []
    refused: FramsynError | None = None
    for base in shipped():
        text = text_of(posture, base)
        try:
            found.append(Line(text, lost(posture, strategy_in(text))))
        except FramsynError as error:
            refused = refused or error
    if not found and refused is not None:
        raise refused
    return min(found, key=lambda one: (len(one.lost), len(one.text)))


def lost(posture: Posture, told: Posture) -> tuple[str, ...]:
    """Fields in which two postures act otherwise in any of their phases."""
    years = sorted({year for one in (posture, told) for year, _ in phases_of(one)})
    names = [name for year in years for name in _unlike(_rule(posture, year), _rule(told, year))]
    return tuple(dict.fromkeys(names))


def _rule(posture: Posture, year: int) -> Rule:
    return rule_of([phase for begins, phase in phases_of(posture) if begins <= year][-1])


def _unlike(one: Rule, other: Rule) -> list[str]:
    names: list[str] = []
    for name in Rule._fields:
        before, after = np.atleast_1d(getattr(one, name)), np.atleast_1d(getattr(other, name))
        differs = np.flatnonzero(before != after)
        by_area = len(before) == AREAS
        names += [f"{name}.{areas()[place]}" for place in differs] if by_area else [name][: len(differs)]
    return names
