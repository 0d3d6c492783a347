"""What can be observed: indicators that are published for a real municipality, and when.

Trust, quality, coverage and levers are no figures of any register: a signpost or a monitor never looks at
them. Moves in and out are left out too, and their net taken: the forecast's ages ask for more turnover than
is published (a tenth in the median municipality). `observables.csv` tells what each is made of, where it
is published, and how many months after the end of its year that usually is (an order of magnitude; below
0 = before the year has ended).

A life invests and depreciates evenly, as its rule says; a municipality builds one school at a time. So
these figures of a year have a chance of their own beside the life's, and loans carry the sum of the first.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.setting import Setting
from framsyn.foresee.worlds import LEAST_SIZE, REFERENCE_SIZE
from framsyn.i18n.every_language import INDICATOR, every_name
from framsyn.i18n.translator import N_
from framsyn.model.indicator_names import is_indicator, short_id
from framsyn.model.indicators import indicators
from framsyn.model.layout import Floats

#: A year of municipal elections: turnout is told in every fourth year from here.
ELECTION_YEAR = 2025


class Observable(NamedTuple):
    """One published figure.

    Attributes:
        id: its name; that of the indicator where it is one.
        of: columns of a life's record and the sign with which each counts.
        unit, label: message ids.
        decimals: with which it is published.
        flow: whether it runs through the year; else it stands at its end.
        money: whether it is in euros.
        every: it is published every so many years.
        lag_months: months from the end of the year until it is published.
        minimum, maximum: between which a published figure lies, whatever the municipality.
        source: who publishes it; a message id.
        chance_of: the figure whose chance sums up in this one; blank where none does.
        chance_sd: standard deviation of a year's own chance at 10 000 residents, share of the level.
        chance_exponent: how much wider it is where there are fewer residents.
    """

    id: str
    of: tuple[tuple[int, float], ...]
    unit: str
    decimals: int
    flow: bool
    money: bool
    every: int
    lag_months: int
    minimum: float
    maximum: float
    source: str
    label: str
    chance_of: str
    chance_sd: float
    chance_exponent: float

    def told_of(self, year: int) -> bool:
        """Whether there is a figure of the year."""
        return (year - ELECTION_YEAR) % self.every == 0

    @property
    def slack(self) -> float:
        """Half of the last decimal that is published."""
        return 0.5 * 10.0**-self.decimals


@cache
def observables() -> Mapping[str, Observable]:
    """Every published figure by id."""
    columns = {identity: place for place, identity in enumerate(indicators())}
    found = {}
    for row in rows("framsyn.evaluate", "observables.csv"):
        parts = row["of"].split()
        found[row["id"]] = Observable(
            id=row["id"],
            of=tuple((columns[part.lstrip("-")], -1.0 if part[0] == "-" else 1.0) for part in parts),
            unit=row["unit"],
            decimals=int(row["decimals"]),
            flow=row["kind"] == "flow",
            money=bool(row["money"]),
            every=int(row["every"]),
            lag_months=int(row["lag_months"]),
            minimum=float(row["minimum"]),
            maximum=float(row["maximum"]),
            source=row["source"],
            label=row["label"] or indicators()[row["id"]].label,
            chance_of=row["chance_of"],
            chance_sd=float(row["chance_sd"] or 0.0),
            chance_exponent=float(row["chance_exponent"] or 0.0),
        )
    return found


def observable(identity: str) -> Observable:
    """The published figure of an id, with or without `_per_resident`, or of a name in any language.

    Raises:
        FramsynError: there is none (the nearest are named), or the indicator is not published.
    """
    index = _observable_index()
    if not index.holds(identity) and is_indicator(identity):
        raise FramsynError(
            "{id} cannot be observed: it is not published for municipalities, or not as the model counts it."
            " There are: {known}.",
            id=identity,
            known=", ".join(index.ids),
        )
    return tuple(observables().values())[index.find(identity)]


@cache
def _observable_index() -> NameIndex:
    return NameIndex(
        tuple(map(short_id, observables())),
        lambda: [
            NameEntry(short_id(one.id), every_name(INDICATOR, one.id, one.label), (one.id,))
            for one in observables().values()
        ],
        Refusal(
            nearest=N_("There is no published figure {id}. Nearest: {nearest}."),
            unknown=N_("There is no published figure {id}. There are: {known}."),
        ),
    )


def published(records: Floats, setting: Setting, chosen: Sequence[Observable]) -> Floats:
    """[draw, year, observable] what would be published of lives from draw 0 on, real euros.

    Args:
        records: [draw, year, indicator].
        setting: the municipality and seed of the lives.
        chosen: the figures.
    """
    return observed_values(records, chosen) + np.stack(
        [_chance(records, setting, one) for one in chosen], axis=-1
    )


def observed_values(records: Floats, chosen: Sequence[Observable]) -> Floats:
    """[draw, year, observable] the figures in the lives themselves, real euros."""
    values = np.zeros((*records.shape[:2], len(chosen)))
    for place, one in enumerate(chosen):
        for column, sign in one.of:
            values[..., place] += sign * records[..., column]
    return values


def _chance(records: Floats, setting: Setting, one: Observable) -> Floats:
    """[draw, year] what chance adds to a figure; nothing in the base year."""
    if one.chance_of:
        return np.asarray(np.cumsum(_chance(records, setting, observables()[one.chance_of]), axis=1))
    added = np.zeros(records.shape[:2])
    if one.chance_sd:
        size = max(float(setting.place.population.sum()), LEAST_SIZE) / REFERENCE_SIZE
        level = np.abs(observed_values(records, [one])[:, 1:, 0])
        drawn = standard_normals(
            setting.seed,
            range(len(records)),
            records.shape[1] - 1,
            (f"published_{one.id}",),
            setting.municipality.code,
        )
        added[:, 1:] = one.chance_sd * size**-one.chance_exponent * level * drawn[..., 0]
    return added


def so_far(values: Floats, flows: Sequence[bool], ahead: int) -> Floats:
    """[draw, observable] what is known `ahead` years after the base: stocks then, flows as means until then.

    Args:
        values: [draw, year, observable], the base year first.
        flows: [observable] which of them run through the year.
        ahead: years after the base year, 1 or more.
    """
    means = values[:, 1 : ahead + 1].mean(axis=1)
    return np.where(np.asarray(flows), means, values[:, ahead])
