"""The futures of the whole country: every municipality under the same posture, in the same worlds.

Who leaves one municipality arrives in others, and the country's births, deaths and migration are the same
whatever municipalities choose: `model.country.people` says how.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framsyn import __version__
from framsyn.errors import FramsynError
from framsyn.foresee.country_totals import count, totals
from framsyn.foresee.futures import check_request, strategies_of, told_core_task
from framsyn.foresee.postures import AS_IS, VISIONS, Posture, posture_ids, shipped, strategy_of
from framsyn.foresee.schools import draw_schools, effects_in_schools
from framsyn.foresee.setting import Setting, prepare
from framsyn.foresee.worlds import draw_effects
from framsyn.law.parameters import Law
from framsyn.model.country import keep_columns, live_country, new_bench
from framsyn.model.course import Strategy
from framsyn.model.indicator_names import indicator_named
from framsyn.model.indicators import Indicator
from framsyn.model.indicators import indicators as every_indicator
from framsyn.model.layout import COMMUNITY, INDICATORS, WORLD_COLUMNS, Floats
from framsyn.model.life import Draw
from framsyn.model.stacked import repeat, stack
from framsyn.places.bundle import Bundle, shipped_bundle
from framsyn.places.municipality import Municipality
from framsyn.processors import processors

if TYPE_CHECKING:
    import xarray as xr

STATISTICS = ("mean", "p10", "p50", "p90")
QUANTILES = (0.1, 0.5, 0.9)
#: Worlds drawn at a time, since drawing few takes nearly as long as many; results do not depend on it.
BATCH = 100
#: Municipalities whose draws are summarised at a time.
SLICE = 11
#: Bytes that the values kept of every draw may take: a thousand worlds of 20 years under the four visions.
MOST_KEPT = 4_000_000_000
VALUE = np.dtype(np.float32)  # of a draw kept: seven digits

Kept = NDArray[np.float32]
Progress = Callable[[int], None]


def live_country_futures(
    bundle: Bundle | None = None,
    postures: Sequence[str] = VISIONS,
    years: int = 20,
    draws: int = 100,
    seed: int = 1,
    *,
    known: Mapping[str, Posture] | None = None,
    core_task: str | None = None,
    law: Law | None = None,
    indicators: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> "xr.Dataset":
    """Live the futures of every municipality together, all of them under the same posture.

    Args:
        bundle: the start of every municipality; the shipped one by default.
        postures: ids or names of postures; `as_is` is always lived too, since the others are
            measured from it.
        years: years after the base year, 1…50.
        draws: worlds. Draw k of a seed is the same whatever the number of draws, and the same as draw k
            of `foresee` for one municipality.
        seed: the seed of the worlds, 0…2**64 − 1.
        known: postures by id beside the shipped ones, as `read_postures` gives them.
        core_task: the core task of postures that have one, instead of their own.
        law: dated law, such as `Law.open(folder)` gives; the standing law by default.
        indicators: ids or names of indicators to keep; those marked so in `indicators.csv` by default.
        threads: threads to live in, all processors by default; the result does not depend on it.
        progress: called with the number of worlds just lived.

    Returns:
        A dataset with one variable per indicator, dimensions posture (`as_is` first) × municipality
        (codes) × year (the base year first) × statistic (mean, p10, p50, p90 over the draws), NaN where
        it is not known; and one per total of `country_totals.csv`, posture × draw × year. Units in each
        variable's attributes; money in base-year prices. A value of a draw is kept with seven digits.

    Raises:
        FramsynError: years, draws or seed out of range, an unknown posture or indicator, a posture named
            twice, or more to keep than memory should hold.
    """
    check_request(postures, years, draws, seed)
    postures = posture_ids(postures, known)
    strategies = strategies_of(postures, known, core_task)
    identities = (AS_IS, *(one for one in strategies if one != AS_IS))
    chosen = _chosen(indicators)
    bundle = bundle or shipped_bundle()
    check_size(len(identities) * len(bundle) * (years + 1) * len(chosen), draws)
    settings = prepare_every(bundle, years, seed, law)
    lived_by = [strategy_of(shipped()[AS_IS]), *(strategies[one] for one in identities[1:])]
    workers = min(threads or processors(), draws)
    lived = CountryLives(settings, lived_by, chosen, draws, workers)
    for batch in batches(draws):
        lived.live(batch, draw_country(settings, batch, workers), progress)
    spread = spread_of(lived.kept, workers)
    attributes = _attributes(settings[0], draws)
    attributes["core_task"] = told_core_task(postures, known, core_task)
    return _dataset(bundle, identities, chosen, spread, lived.totals, attributes)


def prepare_every(bundle: Bundle, years: int, seed: int, law: Law | None = None) -> list[Setting]:
    """Every municipality of a bundle made ready to live."""
    return [prepare(Municipality(i, bundle), years, seed, law) for i in range(len(bundle))]


def check_size(cells: int, draws: int) -> None:
    """Raise FramsynError where the values kept of every draw would not fit in memory."""
    if cells * draws * VALUE.itemsize > MOST_KEPT:
        raise FramsynError(
            "{draws} worlds of the country are more than memory should hold: choose at most {most}, or fewer"
            " years or postures.",
            draws=draws,
            most=MOST_KEPT // (cells * VALUE.itemsize),
        )


def batches(draws: int) -> list[range]:
    """The draws in the order in which they are lived, some at a time."""
    return [range(first, min(first + BATCH, draws)) for first in range(0, draws, BATCH)]


def _chosen(identities: Sequence[str] | None) -> list[Indicator]:
    written = every_indicator()
    if identities is None:
        return [one for one in written.values() if one.country]
    return list(dict.fromkeys(map(indicator_named, identities)))


class CountryLives:
    """The lives of one request: `kept` and `totals` are written batch by batch.

    Args:
        settings: every municipality, ready to live.
        rules: how everybody decides, the first as today.
        chosen: indicators to keep.
        draws: worlds that will be lived.
        workers: threads, each with its own working arrays.

    Attributes:
        kept: [draw, posture, municipality, year, indicator].
        totals: [posture, draw, total, year].
    """

    def __init__(
        self,
        settings: Sequence[Setting],
        strategies: Sequence[Strategy],
        chosen: Sequence[Indicator],
        draws: int,
        workers: int,
    ) -> None:
        count, rows = len(settings), settings[0].years + 1
        self.towns = stack([setting.town for setting in settings])
        self.courses = [repeat(settings[0].course(one), count) for one in strategies]
        self.columns = np.array([list(every_indicator()).index(one.id) for one in chosen])
        self.kept = np.empty((draws, len(strategies), count, rows, len(chosen)), VALUE)
        self.totals = np.empty((len(strategies), draws, len(totals()), rows))
        self.benches = [new_bench(count, len(strategies), rows - 1) for _ in range(workers)]
        self.records = [np.empty((len(strategies), count, rows, INDICATORS)) for _ in range(workers)]

    def live(self, batch: range, drawn: "DrawnCountry", progress: Progress | None = None) -> None:
        """Live the worlds `drawn` of a batch, side by side."""
        workers = len(self.benches)

        def work(worker: int) -> None:
            for number in range(worker, len(batch), workers):
                self._live_one(batch[number], drawn, number, worker)
                if progress is not None:
                    progress(1)

        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, range(workers)))

    def _live_one(self, draw: int, drawn: "DrawnCountry", number: int, worker: int) -> None:
        records = self.records[worker]
        live_country(
            self.towns,
            Draw(drawn.worlds[number], drawn.effects[number], drawn.starts[number], records[0]),
            self.courses,
            self.benches[worker],
            records,
        )
        keep_columns(records, self.columns, self.kept[draw])
        for posture, own in enumerate(records):
            self.totals[posture, draw] = count(own, records[0])


@dataclass(frozen=True, eq=False)
class DrawnCountry:
    """Worlds of every municipality.

    Attributes:
        worlds: [draw, municipality, year, world column].
        effects: [draw, municipality, coefficient]: they differ only where a school of thought weighs
            otherwise.
        starts: [draw, municipality, community column].
    """

    worlds: Floats
    effects: Floats
    starts: Floats


def draw_country(settings: Sequence[Setting], draws: range, threads: int = 1) -> DrawnCountry:
    """Draw the worlds of every municipality, the same as each draws alone."""
    shape = (len(draws), len(settings))
    worlds = np.empty((*shape, settings[0].years + 1, WORLD_COLUMNS))
    starts = np.empty((*shape, COMMUNITY))

    def draw(place: int) -> None:
        worlds[:, place], starts[:, place] = settings[place].draw_local(draws)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(draw, range(len(settings))))
    return DrawnCountry(worlds, _effects_everywhere(settings, draws), starts)


def _effects_everywhere(settings: Sequence[Setting], draws: range) -> Floats:
    """Effects [draw, municipality, coefficient], drawn once, as each municipality's school has them."""
    seed, values = settings[0].seed, draw_effects(draws, settings[0].seed)
    seen: dict[tuple[int, ...], Floats] = {}
    effects = np.empty((len(draws), len(settings), values.shape[1]))
    for place, setting in enumerate(settings):
        schools = draw_schools(draws, seed, setting.residents)
        key = tuple(schools.tolist())
        if key not in seen:
            seen[key] = effects_in_schools(values, schools)
        effects[:, place] = seen[key]
    return effects


def spread_of(kept: Kept, threads: int = 1) -> Floats:
    """Statistics [posture, municipality, year, indicator, statistic] over the draws of `kept`.

    A cell with a draw that is not known is not known.
    """
    spread = np.empty((*kept.shape[1:], len(STATISTICS)))
    edges = [*range(0, kept.shape[2], SLICE), kept.shape[2]]
    parts = [(posture, slice(*ends)) for posture in range(kept.shape[1]) for ends in pairwise(edges)]

    def summarise(part: tuple[int, slice]) -> None:
        draws = np.ascontiguousarray(np.moveaxis(kept[:, part[0], part[1]], 0, -1), dtype=np.float64)
        spread[part][..., 0] = draws.mean(axis=-1)
        spread[part][..., 1:] = np.moveaxis(np.quantile(draws, QUANTILES, axis=-1), 0, -1)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(summarise, parts))
    return spread


def _dataset(
    bundle: Bundle,
    postures: Sequence[str],
    chosen: Sequence[Indicator],
    spread: Floats,
    counted: Floats,
    attributes: Mapping[str, str | int],
) -> "xr.Dataset":
    import xarray as xr

    names = ("posture", "municipality", "year", "statistic")
    variables = {
        one.id: xr.DataArray(
            np.ascontiguousarray(spread[..., number, :]),
            dims=names,
            attrs={"units": one.unit, "long_name": one.label, "area": one.area},
        )
        for number, one in enumerate(chosen)
    } | {
        total.id: xr.DataArray(
            np.ascontiguousarray(counted[:, :, number]),
            dims=("posture", "draw", "year"),
            attrs={"units": total.unit, "long_name": total.label},
        )
        for number, total in enumerate(totals())
    }
    coordinates = {
        "posture": list(postures),
        "municipality": [str(code) for code in bundle["code"]],
        "year": np.arange(bundle.base_year, bundle.base_year + spread.shape[2]),
        "statistic": list(STATISTICS),
        "draw": np.arange(counted.shape[1]),
    }
    return xr.Dataset(variables, coordinates, attributes)


def _attributes(setting: Setting, draws: int) -> dict[str, str | int]:
    bundle = setting.municipality.bundle
    return {
        "base_year": bundle.base_year,
        "draws": draws,
        "seed": str(setting.seed),
        "framsyn_version": __version__,
        "bundle_version": bundle.version,
        "law_carried_forward": ", ".join(f"{one.id} ({one.last_year})" for one in setting.carried),
    }
