"""Figures of every municipality that indicators are made of, each with how sure it is.

A figure is a fact of the bundle, or one of people and moves told here. A value that fills a gap, or that is
assumed the same for all, is no evidence: it is missing (NaN), and what is made of it is missing too.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.evaluate.dictionary import Ratio
from framsyn.evaluate.strength import past_residents
from framsyn.model.layout import Floats
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import STATUSES

OBSERVED, ESTIMATED, MISSING = 0, 1, 2
OLD, WORKING = 65, range(15, 65)
AGES = re.compile(r"(ages|net_moves)_(\d+)_(\d+)")


class Figure(NamedTuple):
    """[place] values, NaN where missing, and [place] status: OBSERVED, ESTIMATED or MISSING."""

    values: Floats
    status: NDArray[np.uint8]


def figure(bundle: Bundle, name: str) -> Figure:
    """A figure of every municipality by its name.

    Names: a fact of the bundle; `ages_A_B` residents from A to B years of age; `net_moves_A_B` moves in less
    moves out inside the country a year, by age at the start of the year; the keys of `OF_PEOPLE`.

    Raises:
        KeyError: there is no such figure.
    """
    by_age = AGES.fullmatch(name)
    if by_age:
        kind, first, last = by_age.groups()
        years = slice(int(first), int(last) + 1)
        return _estimated(bundle, OF_AGES[kind](bundle, years))
    if name in OF_PEOPLE:
        return _estimated(bundle, OF_PEOPLE[name](bundle))
    if name in TOTALS:
        return Figure(TOTALS[name](bundle), np.zeros(len(bundle), dtype=np.uint8))
    return _fact(bundle, name)


def _fact(bundle: Bundle, name: str) -> Figure:
    """A fact; missing where it is assumed, or less sure than the fact usually is: a filled gap."""
    told = bundle.manifest["facts"][name]
    column = list(map(str, bundle["fact_id"])).index(name)
    status = bundle["fact_status"][:, column]
    gap = (status > STATUSES.index(told["status"])) | (status == STATUSES.index("assumed"))
    values = np.where(gap, np.nan, bundle["facts"][:, column].astype(np.float64))
    return Figure(values, np.where(gap, MISSING, status).astype(np.uint8))


def _estimated(bundle: Bundle, values: Floats) -> Figure:
    return Figure(values, np.full(len(bundle), ESTIMATED, dtype=np.uint8))


def _of_ages(bundle: Bundle, years: slice) -> Floats:
    return np.asarray(bundle["population"][:, :, years].sum(axis=(1, 2)), dtype=np.float64)


def _net_moves(bundle: Bundle, years: slice) -> Floats:
    out = bundle["out_rate"][:, :, years] * bundle["population"][:, :, years]
    return np.asarray((bundle["in_count"][:, :, years] - out).sum(axis=(1, 2)), dtype=np.float64)


def years_left_by_sex(bundle: Bundle) -> Floats:
    """[place, sex (men, women)] years left at 65: half of the year of death beside the whole years lived."""
    survival = 1.0 - bundle["mortality"][:, :, OLD:].astype(np.float64)
    return np.asarray(0.5 + np.cumprod(survival, axis=2).sum(axis=2))


def death_by_sex(bundle: Bundle) -> Floats:
    """[place, sex (men, women)] probability of dying between 15 and 65."""
    survival = 1.0 - bundle["mortality"][:, :, WORKING.start : WORKING.stop].astype(np.float64)
    return np.asarray(1.0 - survival.prod(axis=2))


OF_AGES: Mapping[str, Callable[[Bundle, slice], Floats]] = {"ages": _of_ages, "net_moves": _net_moves}
#: What is published for every municipality.
TOTALS: Mapping[str, Callable[[Bundle], Floats]] = {
    "residents": lambda bundle: _of_ages(bundle, slice(None)),
    "residents_ten_years_ago": past_residents,
}
OF_PEOPLE: Mapping[str, Callable[[Bundle], Floats]] = {
    "total_fertility": lambda bundle: np.asarray(bundle["fertility"].sum(axis=1), dtype=np.float64),
    "years_left_at_65": lambda bundle: np.asarray(years_left_by_sex(bundle).mean(axis=1)),
    "death_15_64": lambda bundle: np.asarray(death_by_sex(bundle).mean(axis=1)),
}


def compute(bundle: Bundle, formula: Ratio) -> Figure:
    """[place] the formula's value and the least sure status of what it is made of.

    Missing where a part of it is, and where what is divided by is nil.
    """
    above, status = _sum(bundle, formula.above)
    below, status_below = (
        _sum(bundle, formula.below) if formula.below else Figure(np.ones_like(above), status)
    )
    values = np.full(len(above), np.nan)
    np.divide(formula.times * above, below, out=values, where=below != 0.0)
    least = np.maximum(status, status_below)
    return Figure(values, np.where(np.isfinite(values), least, MISSING).astype(np.uint8))


def _sum(bundle: Bundle, terms: tuple[str, ...]) -> Figure:
    parts = [figure(bundle, term.removeprefix("-")) for term in terms]
    signs = [-1.0 if term.startswith("-") else 1.0 for term in terms]
    total = np.sum([sign * part.values for sign, part in zip(signs, parts, strict=True)], axis=0)
    return Figure(total, np.max([part.status for part in parts], axis=0))


def figure_years(bundle: Bundle, formula: Ratio) -> list[str]:
    """The years of what a formula is made of: those of its facts, else the base year, each once."""
    names = [term.removeprefix("-") for term in (*formula.above, *formula.below)]
    facts = bundle.manifest["facts"]
    years = [str(facts[name]["year"]) if name in facts else str(bundle.base_year) for name in names]
    return sorted(set(years))
