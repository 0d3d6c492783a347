"""What is kept of a country's lives: every municipality's course, and the country's totals."""

import io
from dataclasses import dataclass, field

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.foresee.country_totals import totals
from framsyn.foresee.postures import AS_IS
from framsyn.model.indicators import Indicator, indicators
from framsyn.places.bundle import Bundle
from framsyn.report.summary import quantiles

Floats = NDArray[np.float64]

#: An indicator that a life meets or not: of the worlds the share is told, of others the median.
MET = "0 or 1"
PERCENT = 100.0


@dataclass(frozen=True, eq=False)
class CountryResult:
    """The country's lives in numbers, municipalities in the order of the bundle.

    Attributes:
        postures: ids, `as_is` first.
        indicators: ids, in the order of the second axis of `courses`.
        years: the base year first.
        draws, seed: of the worlds; 0 draws = the forecast as it stands in the bundle.
        courses: [posture, indicator, municipality, year] median over the worlds, of `MET` the share of the
            worlds in percent; NaN = not known.
        totals: [posture, total, year, statistic] of `country_totals.csv`, statistics as in `Spread`; none
            for the forecast.
    """

    postures: tuple[str, ...]
    indicators: tuple[str, ...]
    years: tuple[int, ...]
    draws: int
    seed: int
    courses: NDArray[np.float32] = field(repr=False)
    totals: Floats = field(repr=False)

    @property
    def lived(self) -> bool:
        """Whether the country was lived together."""
        return self.draws > 0

    def course(self, posture: str, indicator: str) -> Floats:
        """[municipality, year] of one indicator.

        Raises:
            FramsynError: the posture or the indicator is not among those kept.
        """
        found: Floats = self.every_course(indicator)[_place(posture, self.postures)]
        return found

    def every_course(self, indicator: str) -> Floats:
        """[posture, municipality, year] of one indicator.

        Raises:
            FramsynError: the indicator is not among those kept.
        """
        found: Floats = self.courses[:, _place(indicator, self.indicators)].astype(np.float64)
        return found


def _place(wanted: str, known: tuple[str, ...]) -> int:
    if wanted not in known:
        raise FramsynError(
            "The country was not lived with {id}. There are: {known}.", id=wanted, known=", ".join(known)
        )
    return known.index(wanted)


def result_of(futures: xr.Dataset) -> CountryResult:
    """What is kept of `live_country_futures`."""
    kept = [one for one in indicators().values() if one.id in futures]
    values = [_central(futures[one.id], one) for one in kept]
    drawn = np.stack([futures[one.id].to_numpy() for one in totals()], axis=1)  # posture, total, draw, year
    worlds = np.ascontiguousarray(np.moveaxis(drawn, 2, -1))
    return CountryResult(
        postures=tuple(str(one) for one in futures["posture"].values),
        indicators=tuple(one.id for one in kept),
        years=tuple(int(one) for one in futures["year"].values),
        draws=int(futures.attrs["draws"]),
        seed=int(futures.attrs["seed"]),
        courses=np.stack(values, axis=1).astype(np.float32),
        totals=np.concatenate([worlds.mean(axis=-1, keepdims=True), quantiles(worlds)], axis=-1),
    )


def _central(spread: xr.DataArray, one: Indicator) -> Floats:
    """[posture, municipality, year] the median, or the share of the worlds in percent."""
    ordered = spread.transpose("statistic", "posture", "municipality", "year")
    if one.unit == MET:
        return np.asarray(PERCENT * ordered.sel(statistic="mean").to_numpy(), dtype=np.float64)
    return np.asarray(ordered.sel(statistic="p50").to_numpy(), dtype=np.float64)


def forecast_of(bundle: Bundle) -> CountryResult:
    """The forecast of residents as today that every bundle holds: what can be shown before any life."""
    now = bundle["population"].sum(axis=(1, 2))
    course = np.concatenate([now[:, None], bundle["forecast_totals"]], axis=1)
    years = tuple(range(bundle.base_year, bundle.base_year + course.shape[1]))
    courses = course[None, None].astype(np.float32)
    return CountryResult((AS_IS,), ("population",), years, 0, 0, courses, np.zeros((1, 0, len(years), 0)))


def shortened(result: CountryResult, years: int) -> CountryResult:
    """The first years of a result alone."""
    parts = {"courses": result.courses[..., : years + 1], "totals": result.totals[:, :, : years + 1]}
    told = {**vars(result), **parts, "years": result.years[: years + 1]}
    return CountryResult(**told)


def packed(result: CountryResult) -> bytes:
    """A result as bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        postures=np.array(result.postures),
        indicators=np.array(result.indicators),
        years=np.array(result.years),
        drawn=np.array([result.draws, result.seed]),
        courses=result.courses,
        totals=result.totals,
    )
    return buffer.getvalue()


def unpacked(content: bytes) -> CountryResult:
    """A result from `packed`.

    Raises:
        ValueError, KeyError, OSError: it is no such thing.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as parts:
        draws, seed = parts["drawn"].tolist()
        return CountryResult(
            postures=tuple(parts["postures"].tolist()),
            indicators=tuple(parts["indicators"].tolist()),
            years=tuple(parts["years"].tolist()),
            draws=draws,
            seed=seed,
            courses=parts["courses"],
            totals=parts["totals"],
        )
