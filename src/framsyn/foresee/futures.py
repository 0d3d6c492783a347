"""Futures: the lives of one municipality under each posture, in the same worlds, as a dataset."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import xarray as xr

from framsyn import __version__
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.anchor import Anchor, anchor_of
from framsyn.foresee.postures import AS_IS, VISIONS, posture
from framsyn.foresee.start import expected_flows, place_of, rates_of
from framsyn.foresee.worlds import demographic_parameters, draw_effects, draw_worlds
from framsyn.model.indicators import indicators
from framsyn.model.kernel import anchor as hold_to
from framsyn.model.kernel import live_lives
from framsyn.model.layout import AGES, INDICATORS, LEVERS, SEXES, Floats, Place, Rates
from framsyn.model.posture import Rule
from framsyn.places.municipality import LANGUAGES, Municipality

MOST_YEARS = 50
MOST_DRAWS = 20_000
#: Draws lived together. Fixed, so that sums over draws do not depend on the number of threads.
CHUNK = 25
DEFAULT_POSTURES = (AS_IS, *VISIONS)

Progress = Callable[[int], None]


def foresee(
    m: Municipality,
    postures: Sequence[str] = DEFAULT_POSTURES,
    years: int = 20,
    draws: int = 500,
    seed: int = 1,
    *,
    pinned: Mapping[int, float] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Live the futures of a municipality.

    Args:
        m: the municipality.
        postures: ids of postures; `as_is` is always lived, since the others are measured from it.
        years: years after the base year, 1…50.
        draws: worlds, 1…20 000. Draw k of a seed is the same whatever the number of draws.
        seed: the seed of the worlds, 0…2**64 − 1.
        pinned: levers (columns of `model.layout`) held at a value in every year and posture.
        threads: threads to live in, all processors by default; the result does not depend on it.
        progress: called with the number of lives just lived.

    Returns:
        A dataset with one variable per indicator, dimensions posture × draw × year (the base year
        first; flows of people are NaN there), and `population_by_age` (posture × year × sex × age),
        the mean over draws. Units in each variable's attributes; money in base-year prices.

    Raises:
        FramsynError: years, draws or seed out of range, an unknown posture, or one named twice.
    """
    check_request(postures, years, draws, seed)
    rules = {identity: posture(identity) for identity in postures}
    anchor = anchor_of(m, years)
    place, rates = place_of(m, years), rates_of(m, anchor)
    setting = _Setting(
        anchor=anchor,
        place=place,
        rates=rates,
        flows=expected_flows(place, rates),
        demography=demographic_parameters(m.bundle),
        pins=_pins(pinned or {}, years),
        years=years,
        seed=seed,
    )
    stacked = np.empty((len(rules), draws, years + 1, INDICATORS))
    records = dict(zip(rules, stacked, strict=True))
    chunks = [range(first, min(first + CHUNK, draws)) for first in range(0, draws, CHUNK)]

    def live(chunk: range) -> dict[str, Floats]:
        ages = setting.live(chunk, rules, records)
        if progress is not None:
            progress(len(chunk) * (len(rules) + (AS_IS not in rules)))
        return ages

    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        summed = list(pool.map(live, chunks))
    ages = {identity: np.sum([one[identity] for one in summed], axis=0) / draws for identity in rules}
    return _dataset(m, stacked, ages, years, seed)


def check_request(postures: Sequence[str], years: int, draws: int, seed: int) -> None:
    """Raise FramsynError where what is asked for cannot be lived."""
    if not 1 <= years <= MOST_YEARS:
        raise FramsynError("Years must be from 1 to {most}; {years} was given.", most=MOST_YEARS, years=years)
    if not 1 <= draws <= MOST_DRAWS:
        raise FramsynError("Draws must be from 1 to {most}; {draws} was given.", most=MOST_DRAWS, draws=draws)
    if not 0 <= seed < 2**64:
        raise FramsynError(
            "The seed must be a whole number from 0 to 2**64 − 1; {seed} was given.", seed=seed
        )
    if not postures:
        raise FramsynError("Name at least one posture.")
    twice = {one for one in postures if postures.count(one) > 1}
    if twice:
        raise FramsynError("A posture is named twice: {names}.", names=", ".join(sorted(twice)))


@dataclass(frozen=True)
class _Setting:
    """What all chunks of one request share."""

    anchor: Anchor
    place: Place
    rates: Rates
    pins: Floats
    flows: Floats
    demography: Mapping[str, float]
    years: int
    seed: int

    def live(
        self, chunk: range, rules: Mapping[str, Rule], records: Mapping[str, Floats]
    ) -> dict[str, Floats]:
        """Live the chunk's draws as today, then under each posture; write `records`, return age sums."""
        size = float(self.place.population.sum())
        worlds, totals = draw_worlds(self.anchor, size, self.flows, self.demography, chunk, self.seed)
        hold_to(self.place.population, self.rates, totals, worlds)
        effects = draw_effects(chunk, self.seed)
        rows = slice(chunk.start, chunk.stop)
        reference = np.empty((len(chunk), self.years + 1, INDICATORS))
        closures = np.zeros((len(chunk), self.years + 2))
        ages = {AS_IS: np.zeros((self.years + 1, SEXES, AGES))}

        def lives(rule: Rule, record: Floats, closed: Floats, age_sum: Floats) -> None:
            live_lives(
                self.place, self.rates, rule, self.pins, worlds, effects,
                reference, closures, record, closed, age_sum,
            )  # fmt: skip

        lives(posture(AS_IS), reference, closures, ages[AS_IS])
        for identity, rule in rules.items():
            if identity == AS_IS:
                records[AS_IS][rows] = reference
                continue
            ages[identity] = np.zeros_like(ages[AS_IS])
            lives(rule, records[identity][rows], np.zeros_like(closures), ages[identity])
        return ages


def _pins(pinned: Mapping[int, float], years: int) -> Floats:
    pins = np.full((years + 1, LEVERS), np.nan)
    for lever, value in pinned.items():
        pins[:, lever] = value
    return pins


def _dataset(
    m: Municipality,
    stacked: Floats,
    ages: Mapping[str, Floats],
    years: int,
    seed: int,
) -> xr.Dataset:
    draws = stacked.shape[1]
    names = ("posture", "draw", "year")
    variables: dict[str, xr.DataArray] = {
        one.id: xr.DataArray(
            np.ascontiguousarray(stacked[..., column]),
            dims=names,
            attrs={"units": one.unit, "long_name": one.label, "area": one.area},
        )
        for column, one in enumerate(indicators().values())
    }
    variables["population_by_age"] = xr.DataArray(
        np.stack(list(ages.values())),
        dims=("posture", "year", "sex", "age"),
        attrs={"units": "persons", "long_name": "Mean population by age and sex"},
    )
    first = m.bundle.base_year
    coordinates = {
        "posture": list(ages),
        "draw": np.arange(draws),
        "year": np.arange(first, first + years + 1),
        "sex": ["male", "female"],
        "age": np.arange(AGES),
    }
    return xr.Dataset(variables, coordinates, _attributes(m, draws, seed))


def _attributes(m: Municipality, draws: int, seed: int) -> dict[str, str | int]:
    told = {f"name_{lang}": m.name(lang) for lang in LANGUAGES}
    regions = {f"region_{lang}": m.region(lang) for lang in LANGUAGES}
    return {
        "code": m.code,
        **told,
        **regions,
        "base_year": m.bundle.base_year,
        "draws": draws,
        "seed": str(seed),
        "framsyn_version": __version__,
        "bundle_version": m.bundle.version,
        "core_task": "bildning",
    }
