"""Iterative proportional fitting of municipal populations to what is published about them.

Deming and Stephan (1940), Annals of Mathematical Statistics 11:427–444; bands are inequalities,
met by the smallest proportional change (a cyclic projection).
"""

from dataclasses import dataclass

import numpy as np

from framsyn.core.arrays import Floats, Ints

TINY = 1e-300


@dataclass(frozen=True)
class Band:
    """The persons aged `first`..`last` of each municipality lie in [low, high], both [P]."""

    first: int
    last: int
    low: Floats
    high: Floats

    def sums(self, count: Floats) -> Floats:
        """Persons in the band [P]."""
        total: Floats = count[:, :, self.first : self.last + 1].sum(axis=(1, 2))
        return total

    def excess(self, count: Floats) -> float:
        """The largest distance outside the band, persons."""
        sums = self.sums(count)
        return float(np.maximum(self.low - sums, sums - self.high).max(initial=0.0))


@dataclass(frozen=True)
class Margins:
    """What a structure [P, 2, 101] must sum to, in persons.

    Attributes:
        local: by municipality and sex [P, 2], or by municipality [P].
        region_of: index of the region of each municipality [P].
        regional: by region, sex and age [R, 2, 101]; None when unknown.
        bands: bounds on age groups.
    """

    local: Floats
    region_of: Ints
    regional: Floats | None = None
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Fitted:
    """A structure [P, 2, 101] after fitting, the sweeps used and its largest margin errors."""

    count: Floats
    sweeps: int
    errors: dict[str, float]


def sum_by(values: Floats, group: Ints, groups: int) -> Floats:
    """Sum the first axis by group: [P, …] to [groups, …]."""
    total = np.zeros((groups, *values.shape[1:]))
    np.add.at(total, group, values)
    return total


def fit(start: Floats, margins: Margins, tolerance: float = 1e-7, sweeps: int = 1000) -> Fitted:
    """Fit persons [P, 2, 101] to margins; zeros stay zero, a table that fits is unchanged.

    Stops when every margin is within `tolerance` persons or after `sweeps` rounds; the errors
    left are told in the result, so contradictory margins do not pass unseen.
    """
    count = start.copy()
    errors = margin_errors(count, margins)
    done = 0
    while done < sweeps and max(errors.values()) > tolerance:
        _sweep(count, margins)
        errors = margin_errors(count, margins)
        done += 1
    return Fitted(count, done, errors)


def margin_errors(count: Floats, margins: Margins) -> dict[str, float]:
    """The largest absolute error of each kind of margin, persons."""
    errors = {"local": float(np.abs(_local_sums(count, margins) - margins.local).max())}
    if margins.regional is not None:
        sums = sum_by(count, margins.region_of, len(margins.regional))
        errors["regional"] = float(np.abs(sums - margins.regional).max())
    for band in margins.bands:
        errors[f"age {band.first}-{band.last}"] = band.excess(count)
    return errors


def share_band(first: int, last: int, percent: Floats, total: Floats, half_unit: float) -> Band:
    """The band of a share published in percent, rounded to ± `half_unit`.

    Persons are whole: the bounds move inward to the nearest whole persons where there are any.
    A municipality without a published share is free.
    """
    low = np.where(np.isnan(percent), 0.0, (percent - half_unit) / 100 * total)
    high = np.where(np.isnan(percent), np.inf, (percent + half_unit) / 100 * total)
    whole_low, whole_high = np.ceil(low - 1e-6), np.floor(high + 1e-6)
    some = whole_high >= whole_low
    return Band(first, last, np.where(some, whole_low, low), np.where(some, whole_high, high))


def _sweep(count: Floats, margins: Margins) -> None:
    for band in margins.bands:
        _move_into(count, band)
    if margins.regional is not None:
        sums = sum_by(count, margins.region_of, len(margins.regional))
        count *= (margins.regional / np.maximum(sums, TINY))[margins.region_of]
    ratio = margins.local / np.maximum(_local_sums(count, margins), TINY)
    count *= ratio[:, None, None] if ratio.ndim == 1 else ratio[:, :, None]


def _move_into(count: Floats, band: Band) -> None:
    # The rest of the municipality gives what the band takes, so that its total stands.
    inside, total = band.sums(count), count.sum(axis=(1, 2))
    wanted = np.clip(inside, band.low, band.high)
    movable = (inside > 0) & (inside < total)
    rest = np.where(movable, (total - wanted) / np.maximum(total - inside, TINY), 1.0)
    within = np.where(movable, wanted / np.maximum(inside, TINY), 1.0)
    ages = slice(band.first, band.last + 1)
    before = count[:, :, ages].copy()
    count *= rest[:, None, None]
    count[:, :, ages] = before * within[:, None, None]


def _local_sums(count: Floats, margins: Margins) -> Floats:
    sums: Floats = count.sum(axis=(1, 2) if margins.local.ndim == 1 else 2)
    return sums
