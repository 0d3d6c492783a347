"""Futures: the lives of one municipality under each posture, in the same worlds, as a dataset."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from framsyn import __version__
from framsyn.core.cancellation import with_current_token
from framsyn.errors import FramsynError
from framsyn.foresee.postures import (
    AS_IS,
    VISIONS,
    Posture,
    core_task_id,
    posture_ids,
    shipped,
    strategy_of,
)
from framsyn.foresee.setting import Setting, prepare
from framsyn.foresee.starts import Assessment
from framsyn.law.parameters import Law
from framsyn.model.course import Strategy
from framsyn.model.indicators import indicators
from framsyn.model.layout import AGES, INDICATORS, SEXES, Floats
from framsyn.places.municipality import LANGUAGES, Municipality
from framsyn.processors import processors

if TYPE_CHECKING:
    import xarray as xr

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
    known: Mapping[str, Posture] | None = None,
    core_task: str | None = None,
    law: Law | None = None,
    assessment: Assessment | None = None,
    pinned: Mapping[int, float] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> "xr.Dataset":
    """Live the futures of a municipality.

    Args:
        m: the municipality.
        postures: ids or names of postures; `as_is` is always lived, since the others are measured from it.
        years: years after the base year, 1…50.
        draws: worlds, 1…20 000. Draw k of a seed is the same whatever the number of draws.
        seed: the seed of the worlds, 0…2**64 − 1.
        known: postures by id beside the shipped ones, as `read_postures` gives them.
        core_task: the core task of postures that have one, instead of their own.
        law: dated law, such as `Law.open(folder)` gives; the standing law by default.
        assessment: the municipality's own assessment of its community: mean and standard deviation by id.
        pinned: levers (columns of `model.layout`) held at a value in every year and posture.
        threads: threads to live in, all processors by default; the result does not depend on it.
        progress: called with the number of lives just lived.

    Returns:
        A dataset with one variable per indicator, dimensions posture × draw × year (the base year
        first; flows of people are NaN there), and `population_by_age` (posture × year × sex × age),
        the mean over draws. Units in each variable's attributes; money in base-year prices. The
        attributes tell which rules of law are carried forward beyond their last known year.

    Raises:
        FramsynError: years, draws or seed out of range, an unknown posture, or one named twice.
    """
    check_request(postures, years, draws, seed)
    strategies = strategies_of(postures, known, core_task)
    setting = prepare(m, years, seed, law, assessment)
    stacked = np.empty((len(strategies), draws, years + 1, INDICATORS))
    lived = _Lives(setting, strategies, dict(zip(strategies, stacked, strict=True)), pinned or {})
    chunks = [range(first, min(first + CHUNK, draws)) for first in range(0, draws, CHUNK)]

    def live(chunk: range) -> dict[str, Floats]:
        ages = lived.live(chunk)
        if progress is not None:
            progress(len(chunk) * (len(strategies) + (AS_IS not in strategies)))
        return ages

    with ThreadPoolExecutor(threads or processors()) as pool:
        summed = list(pool.map(with_current_token(live), chunks))
    ages = {identity: np.sum([one[identity] for one in summed], axis=0) / draws for identity in strategies}
    return _dataset(setting, stacked, ages, told_core_task(postures, known, core_task))


def strategies_of(
    postures: Sequence[str], known: Mapping[str, Posture] | None, core_task: str | None
) -> dict[str, Strategy]:
    """The postures asked for as strategies by id, in their order."""
    written = {**shipped(), **(known or {})}
    return {one: strategy_of(written[one], core_task) for one in posture_ids(postures, known)}


def told_core_task(
    postures: Sequence[str], known: Mapping[str, Posture] | None, core_task: str | None
) -> str:
    """The core task of the first posture that has one, as asked for or its own; blank where none has."""
    written = {**shipped(), **(known or {})}
    for identity in posture_ids(postures, known):
        own = written[identity].core_task
        if own:
            return core_task_id(core_task or own)
    return ""


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
class _Lives:
    """The lives of one request: `records` by posture are written chunk by chunk."""

    setting: Setting
    strategies: Mapping[str, Strategy]
    records: Mapping[str, Floats]
    pinned: Mapping[int, float]

    def live(self, chunk: range) -> dict[str, Floats]:
        """Live the chunk's draws as today, then under each posture; return sums by age."""
        setting, rows = self.setting, slice(chunk.start, chunk.stop)
        drawn = setting.draw(chunk)
        as_today = setting.course(strategy_of(shipped()[AS_IS]), self.pinned)
        ages = {AS_IS: np.zeros((setting.years + 1, SEXES, AGES))}
        reference = setting.live(drawn, as_today, ages=ages[AS_IS])
        for identity, strategy in self.strategies.items():
            if identity == AS_IS:
                self.records[AS_IS][rows] = reference
                continue
            ages[identity] = np.zeros_like(ages[AS_IS])
            course = setting.course(strategy, self.pinned)
            setting.live(drawn, course, reference, self.records[identity][rows], ages[identity])
        return ages


def _dataset(setting: Setting, stacked: Floats, ages: Mapping[str, Floats], core_task: str) -> "xr.Dataset":
    import xarray as xr

    draws, rows = stacked.shape[1:3]
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
    first = setting.municipality.bundle.base_year
    coordinates = {
        "posture": list(ages),
        "draw": np.arange(draws),
        "year": np.arange(first, first + rows),
        "sex": ["male", "female"],
        "age": np.arange(AGES),
    }
    attributes = _attributes(setting, draws) | {"core_task": core_task}
    return xr.Dataset(variables, coordinates, attributes)


def _attributes(setting: Setting, draws: int) -> dict[str, str | int]:
    m = setting.municipality
    told = {f"name_{lang}": m.name(lang) for lang in LANGUAGES}
    regions = {f"region_{lang}": m.region(lang) for lang in LANGUAGES}
    return {
        "code": m.code,
        **told,
        **regions,
        "base_year": m.bundle.base_year,
        "draws": draws,
        "seed": str(setting.seed),
        "framsyn_version": __version__,
        "bundle_version": m.bundle.version,
        "law_carried_forward": ", ".join(f"{one.id} ({one.last_year})" for one in setting.carried),
    }
