"""Newly published figures against the futures: what has shifted, and which future fits best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framsyn.errors import FramsynError
from framsyn.evaluate.fit import Fit, fits
from framsyn.evaluate.lived import Lives, live_postures
from framsyn.evaluate.observables import Observable, published
from framsyn.evaluate.observed import Figure
from framsyn.evaluate.shift import Shift, percentiles, shifts
from framsyn.foresee.futures import DEFAULT_POSTURES, MOST_YEARS, check_request, strategies_of
from framsyn.foresee.postures import AS_IS, Posture, posture_ids
from framsyn.foresee.setting import Setting, prepare
from framsyn.foresee.starts import Assessment
from framsyn.law.parameters import Law
from framsyn.model.layout import W_PRICE, Floats
from framsyn.places.municipality import Municipality

LOW, HIGH = 0.05, 0.95
#: Fewer worlds than this tell no tails.
LEAST_DRAWS = 100
#: Share of its lives at least as far off below which a future is told not to fit at all.
STRANGE = 0.02


@dataclass(frozen=True)
class Compared:
    """One published figure against the lives.

    Attributes:
        figure: as published.
        low, middle, high: 5, 50 and 95 % of the lives as today, in the figure's prices.
        percentiles: per cent of the lives below the figure, by posture.
        shift: how far it lies from the lives as today, among all figures.
    """

    figure: Figure
    low: float
    middle: float
    high: float
    percentiles: Mapping[str, float]
    shift: Shift

    @property
    def outside(self) -> bool:
        """Whether it lies outside 90 % of the lives as today: one figure of ten does by chance."""
        return not self.low <= self.figure.value <= self.high


@dataclass(frozen=True)
class Course:
    """The years of one figure taken together: how far they lie from the lives as today."""

    observable: Observable
    years: tuple[int, ...]
    shift: Shift


@dataclass(frozen=True)
class Monitored:
    """What newly published figures say.

    Attributes:
        municipality, draws, seed: whose, and the worlds.
        compared: every figure, in the order given.
        courses: figures of two years or more, taken together.
        fits: how well each posture's future fits.
        nominal: whether any money was compared in euros of its own year.
    """

    municipality: Municipality
    draws: int
    seed: int
    compared: tuple[Compared, ...]
    courses: tuple[Course, ...]
    fits: Mapping[str, Fit]
    nominal: bool

    @property
    def best(self) -> str | None:
        """The posture whose future fits best; None where the figures are strange to every one."""
        if all(one.at_least_as_far < STRANGE for one in self.fits.values()):
            return None
        return max(self.fits, key=lambda one: self.fits[one].weight)


def monitor(
    m: Municipality,
    figures: Sequence[Figure],
    postures: Sequence[str] = DEFAULT_POSTURES,
    draws: int = 1000,
    seed: int = 1,
    *,
    known: Mapping[str, Posture] | None = None,
    core_task: str | None = None,
    law: Law | None = None,
    assessment: Assessment | None = None,
) -> Monitored:
    """Compare published figures with the lives of each posture.

    Money in euros of its own year is compared with the lives' in euros of that year: every world has its
    own prices, so no deflator is needed and the uncertainty of prices counts.

    Args:
        m: the municipality.
        figures: what has been published, as `read_observed` gives it; of years after the base year.
        postures: ids or names of postures.
        draws: worlds, 100…20 000.
        seed: the seed of the worlds.
        known, core_task, law, assessment: as in `foresee`.

    Raises:
        FramsynError: no figures, a figure of another year, too few draws, an unknown posture.
    """
    if not figures:
        raise FramsynError("There is no published figure to compare.")
    _check_years(figures, m.bundle.base_year)
    if draws < LEAST_DRAWS:
        raise FramsynError(
            "At least {least} draws are needed to tell what has shifted; {draws} was given.",
            least=LEAST_DRAWS,
            draws=draws,
        )
    years = max(one.year for one in figures) - m.bundle.base_year
    check_request(postures, years, draws, seed)
    postures = posture_ids(postures, known)
    rules = strategies_of(tuple(dict.fromkeys((AS_IS, *postures))), known, core_task)
    setting = prepare(m, years, seed, law, assessment)
    told = lives_of_figures(setting, live_postures(setting, rules, draws), figures)
    return compare(setting, {one: told[one] for one in postures}, told[AS_IS], figures)


def _check_years(figures: Sequence[Figure], base_year: int) -> None:
    for one in figures:
        if not base_year < one.year <= base_year + MOST_YEARS:
            raise FramsynError(
                "The year must be from {first} to {last}; {year} was given.",
                first=base_year + 1,
                last=base_year + MOST_YEARS,
                year=one.year,
            )


def lives_of_figures(setting: Setting, lives: Lives, figures: Sequence[Figure]) -> dict[str, Floats]:
    """[draw, figure] what would be published of the lives, by posture, in the figures' prices."""
    chosen = list(dict.fromkeys(one.observable for one in figures))
    base = setting.municipality.bundle.base_year
    price = lives.drawn.worlds[:, :, W_PRICE]
    found = {}
    for posture, records in lives.records.items():
        values = published(records, setting, chosen)
        columns = []
        for one in figures:
            year = one.year - base
            real = values[:, year, chosen.index(one.observable)]
            columns.append(real * price[:, year] if nominal(one, base) else real)
        found[posture] = np.stack(columns, axis=1)
    return found


def nominal(figure: Figure, base_year: int) -> bool:
    """Whether the figure is money in euros of its own year."""
    return figure.observable.money and figure.prices != base_year


def compare(
    setting: Setting, lives: Mapping[str, Floats], as_is: Floats, figures: Sequence[Figure]
) -> Monitored:
    """Compare figures with what would be published of lives [draw, figure] of each posture, and as today."""
    values = np.array([one.value for one in figures])
    slack = np.array([one.observable.slack for one in figures])
    groups = _courses(figures)
    single, together = shifts(as_is, values, slack, list(groups.values()))
    low, middle, high = np.quantile(as_is, (LOW, 0.5, HIGH), axis=0)
    below = {posture: percentiles(one, values) for posture, one in lives.items()}
    base = setting.municipality.bundle.base_year
    return Monitored(
        municipality=setting.municipality,
        draws=len(as_is),
        seed=setting.seed,
        compared=tuple(
            Compared(
                figure=one,
                low=float(low[place]),
                middle=float(middle[place]),
                high=float(high[place]),
                percentiles={posture: float(told[place]) for posture, told in below.items()},
                shift=single[place],
            )
            for place, one in enumerate(figures)
        ),
        courses=tuple(
            Course(one, tuple(figures[place].year for place in group), shift)
            for (one, group), shift in zip(groups.items(), together, strict=True)
        ),
        fits=fits(lives, values, slack),
        nominal=any(nominal(one, base) for one in figures),
    )


def _courses(figures: Sequence[Figure]) -> dict[Observable, list[int]]:
    """Where the figures of two years or more of the same kind stand, by year."""
    found: dict[Observable, list[int]] = {}
    for place, one in enumerate(figures):
        found.setdefault(one.observable, []).append(place)
    return {
        one: sorted(group, key=lambda place: figures[place].year)
        for one, group in found.items()
        if len(group) > 1
    }
