"""Which part of a municipality acts on which: the arrows on which the coefficients of the register sit."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows
from framsyn.evidence.register import IDENTIFIED, STRENGTHS, effect

ROOM = "framsyn.report"
NODES, PARTS, ARROWS = "loop_nodes.csv", "loop_parts.csv", "loop_arrows.csv"
#: An effect of the register; a coefficient that only shapes another; arithmetic, law or a decision.
EFFECT, SHAPE, ARITHMETIC = ROLES = ("effect", "shape", "arithmetic")
#: More of the cause gives more of the result, less of it, or nothing that a study has found.
SIGNS = ("+", "-", "0")
#: Sign of an arrow that joins effects of both signs.
MIXED = "±"


class ArrowRow(NamedTuple):
    """A row of `loop_arrows.csv`: a coefficient on its arrow, or an arrow without any.

    Attributes:
        effect: id in the register; blank for arithmetic.
        loop: the panel in which it is drawn, an id of the register's `loop_names.csv`.
        cause, result: ids of nodes.
        sign: one of `SIGNS`.
        role: one of `ROLES`.
    """

    effect: str
    loop: str
    cause: str
    result: str
    sign: str
    role: str


class Arrow(NamedTuple):
    """An arrow as it is drawn.

    Attributes:
        cause, result: ids of nodes, or of parts.
        sign: one of `SIGNS`, or `MIXED`.
        strengths: letters of its effects, strongest first; none for arithmetic.
        lag: years until the first effect shows and until the last is complete; None where not known.
        by_data: whether Finnish data tell the size of one of its effects.
    """

    cause: str
    result: str
    sign: str
    strengths: tuple[str, ...]
    lag: tuple[int, int] | None
    by_data: bool


@cache
def arrow_rows() -> tuple[ArrowRow, ...]:
    """Every row of `loop_arrows.csv`."""
    return tuple(ArrowRow(**row) for row in rows(ROOM, ARROWS))


@cache
def node_labels() -> Mapping[str, str]:
    """What each node is called, a message id, by its id."""
    return {row["id"]: row["label"] for row in rows(ROOM, NODES)}


@cache
def part_labels() -> Mapping[str, str]:
    """What each part of the overview is called, a message id, by its id."""
    return {row["id"]: row["label"] for row in rows(ROOM, PARTS)}


@cache
def part_of() -> Mapping[str, str]:
    """The part to which each node belongs."""
    return {row["id"]: row["part"] for row in rows(ROOM, NODES)}


def loop_arrows(loop: str) -> list[Arrow]:
    """The arrows of a loop, in the order of the file."""
    return _merged([row for row in arrow_rows() if row.loop == loop])


def overview_arrows() -> list[Arrow]:
    """The arrows between parts, with every effect of the register that joins two of them."""
    parts = part_of()
    return _merged(
        [
            row._replace(cause=parts[row.cause], result=parts[row.result])
            for row in arrow_rows()
            if parts[row.cause] != parts[row.result] and row.role == EFFECT
        ]
    )


def _merged(listed: list[ArrowRow]) -> list[Arrow]:
    ends: dict[tuple[str, str], list[ArrowRow]] = {}
    for row in listed:
        ends.setdefault((row.cause, row.result), []).append(row)
    return [_arrow(cause, result, of) for (cause, result), of in ends.items()]


def _arrow(cause: str, result: str, of: list[ArrowRow]) -> Arrow:
    signs = {row.sign for row in of} - {"0"} or {"0"}
    effects = [effect(row.effect) for row in of if row.role == EFFECT]
    lags = [(one.lag_min, one.lag_max) for one in effects]
    known = [(first, last) for first, last in lags if first is not None and last is not None]
    return Arrow(
        cause=cause,
        result=result,
        sign=signs.pop() if len(signs) == 1 else MIXED,
        strengths=tuple(sorted({one.strength for one in effects}, key=STRENGTHS.index)),
        lag=(min(first for first, _ in known), max(last for _, last in known)) if known else None,
        by_data=any(one.identified == IDENTIFIED[0] for one in effects),
    )
