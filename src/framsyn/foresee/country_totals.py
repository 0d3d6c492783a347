"""What a ministry reads off a country in one world: sums and means over its municipalities, by year."""

from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.datafile import rows
from framsyn.i18n.every_language import labels
from framsyn.i18n.translator import N_
from framsyn.model import layout
from framsyn.model.layout import Floats

#: Indicators per resident whose mean over residents is the country's, in the order of the totals.
PER_RESIDENT = (layout.NET_OPERATING_COST, layout.ANNUAL_MARGIN, layout.LOANS)
#: The criteria of § 118: a municipality meets one where its indicator is 1.
CRITERIA = (layout.DEFICIT_UNCOVERED, layout.DEFICIT_TOO_LARGE, layout.FOUR_LIMITS)
#: What may follow: 1 where a municipality is in an assessment procedure, and where it has merged.
FOLLOWS = (layout.PROCEDURE, layout.MERGED)


class Total(NamedTuple):
    """One total; `label` and `unit` are message ids."""

    id: str
    unit: str
    decimals: int
    label: str


@cache
def totals() -> tuple[Total, ...]:
    """Every total, in the order of `count`."""
    return tuple(
        Total(row["id"], row["unit"], int(row["decimals"]), row["label"])
        for row in rows("framsyn.foresee", "country_totals.csv")
    )


@cache
def total_index() -> NameIndex:
    """The totals by id or label."""
    refusal = N_("There is no total {id}. There are: {known}.")
    return NameIndex(
        tuple(one.id for one in totals()),
        lambda: [NameEntry(one.id, labels(one.label)) for one in totals()],
        Refusal(nearest=refusal, unknown=refusal),
    )


def count(records: Floats, reference: Floats) -> Floats:
    """The totals [total, year] of one world.

    Args:
        records: [municipality, year, indicator] of one posture.
        reference: the same of going on as today.
    """
    people, others = records[..., layout.POPULATION], reference[..., layout.POPULATION]
    residents = people.sum(axis=0)
    met = np.any([records[..., criterion] > 0.0 for criterion in CRITERIA], axis=0)
    means = [(records[..., column] * people).sum(axis=0) / residents for column in PER_RESIDENT]
    counted: Floats = np.stack(
        [
            residents,
            records[..., layout.MOVES_IN].sum(axis=0),
            since(0.5 * np.abs(people - others).sum(axis=0)),
            since((people > people[:, :1]).sum(axis=0)),
            *means,
            100.0 * met.mean(axis=0),
            *(100.0 * records[..., state].mean(axis=0) for state in FOLLOWS),
        ]
    )
    return counted


def since(counts: Floats) -> Floats:
    """Counts [year] against the base year, in which there is nothing to count (NaN)."""
    counted = np.asarray(counts, dtype=np.float64)
    counted[0] = np.nan
    return counted
