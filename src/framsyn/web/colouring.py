"""What the tiles of the map are coloured by: an indicator of today, or the forecast of residents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.evaluate.dictionary import Indicator, areas, dictionary
from framsyn.evaluate.standing import Standing, evaluate_all
from framsyn.i18n.every_language import labels
from framsyn.i18n.translator import N_
from framsyn.places.bundle import shipped_bundle

#: The change of residents in the forecast, and the years it looks ahead.
FORECAST, AHEAD = "population_forecast", 20
OBSERVED, ESTIMATED, MISSING = "observed", "estimated", "missing"
LABEL = N_("Forecast change of residents by {year}")
MEANING = N_("Expected residents against today, if the municipality goes on as today")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, eq=False)
class Colouring:
    """Values of every municipality, in the order of the bundle.

    Attributes:
        id: of the indicator, or `FORECAST`.
        area: of the brochure; blank for the forecast.
        label, meaning, unit: message ids; `label` may name {year}.
        decimals: that it is written with.
        direction: `higher` or `lower` is better for residents, or `neither`.
        year: the latest year that it rests on, or tells of.
        source: who published what it rests on; blank for the forecast.
        values: in the unit; NaN = not published, or not comparable.
        status: of each: observed, estimated, missing.
    """

    id: str
    area: str
    label: str
    meaning: str
    unit: str
    decimals: int
    direction: str
    year: int
    source: str
    values: NDArray[np.float64] = field(repr=False)
    status: tuple[str, ...] = field(repr=False)


@cache
def colourings() -> Mapping[str, Colouring]:
    """Everything that is known of at least one municipality, by id; the forecast first."""
    standing = evaluate_all()
    told = [_forecast(), *(_today(one, at, standing) for at, one in enumerate(dictionary().values()))]
    return {one.id: one for one in told if np.isfinite(one.values).any()}


def colouring(identity: str) -> Colouring:
    """What an id or a name in any language means.

    Raises:
        FramsynError: there is none, or nothing is known of it for any municipality.
    """
    known = colourings()
    return known.get(identity) or known[_index().id_of(identity)]


@cache
def _index() -> NameIndex:
    return NameIndex(
        tuple(colourings()),
        lambda: [NameEntry(one.id, _names(one)) for one in colourings().values()],
        Refusal(
            nearest=N_("There is nothing called {id} to colour the map by. Nearest: {nearest}."),
            unknown=N_("There is nothing called {id} to colour the map by. There are: {known}."),
        ),
    )


def _names(one: Colouring) -> tuple[str, ...]:
    """What a colouring is called in every language, with its year."""
    return tuple(label.format(year=one.year) for label in labels(one.label))


def by_area() -> list[tuple[str, list[Colouring]]]:
    """What the map can be coloured by, by the area's message id, the forecast first."""
    known = list(colourings().values())
    groups = [(N_("Forecast"), [one for one in known if not one.area])]
    groups += [(label, [one for one in known if one.area == area]) for area, label in areas().items()]
    return [(label, those) for label, those in groups if those]


def _forecast() -> Colouring:
    bundle = shipped_bundle()
    now = bundle["population"].sum(axis=(1, 2))
    then = bundle["forecast_totals"][:, AHEAD - 1].astype(np.float64)
    return Colouring(
        id=FORECAST,
        area="",
        label=LABEL,
        meaning=MEANING,
        unit="%",
        decimals=1,
        direction="neither",
        year=bundle.base_year + AHEAD,
        source="",
        values=100.0 * (then / now - 1.0),
        status=(ESTIMATED,) * len(bundle),
    )


def _today(one: Indicator, at: int, standing: Standing) -> Colouring:
    values = standing.compared[:, at]
    kinds = (OBSERVED, ESTIMATED, MISSING)
    years = [int(year) for year in YEAR.findall(one.source)]
    return Colouring(
        id=one.id,
        area=one.area,
        label=one.label,
        meaning=one.meaning,
        unit=one.unit,
        decimals=one.decimals,
        direction=one.direction,
        year=max(years, default=standing.bundle.base_year),
        source=one.source,
        values=values,
        status=tuple(
            kinds[int(kind)] if known else MISSING
            for kind, known in zip(standing.status[:, at], np.isfinite(values), strict=True)
        ),
    )
