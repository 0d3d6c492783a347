"""The country lived as a job, and the answer to the usual question kept on disk for whoever comes next."""

import hashlib
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar
from zipfile import BadZipFile

from pydantic import BaseModel, ConfigDict, Field

from framsyn.caching import cache_folder
from framsyn.foresee.country import live_country_futures
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.places.bundle import shipped_bundle
from framsyn.web.api.asking import MOST_SEED, SEED
from framsyn.web.cost import cost_of
from framsyn.web.country_result import CountryResult, forecast_of, packed, result_of, shortened, unpacked
from framsyn.web.job import Job, id_of
from framsyn.web.job_process import Tell
from framsyn.web.made import made_with
from framsyn.web.refused import NotFoundError
from framsyn.web.state import AppState
from framsyn.writing import beside

KIND, FUNCTION = "country", f"{__name__}:lived"
YEARS, DRAWS = 20, 40
FILE = "usual.npz"


class AskedCountry(BaseModel):
    """Worlds in which every municipality lives under each of the five postures."""

    is_job: ClassVar[bool] = True
    model_config = ConfigDict(extra="forbid")

    years: int = Field(default=YEARS, ge=1, le=30, description="Years after the base year.")
    draws: int = Field(default=DRAWS, ge=2, le=100, description="Worlds.")
    seed: int = Field(default=SEED, ge=0, le=MOST_SEED, description="Seed of the worlds.")

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, self.years, len(DEFAULT_POSTURES)

    def cost(self, draws: int) -> int:
        """Microseconds of one thread that it takes with so many draws."""
        return len(shipped_bundle()) * cost_of(draws, self.years, len(DEFAULT_POSTURES))


def lived(arguments: Mapping[str, Any], tell: Tell) -> bytes:
    """Live the country under every posture, and keep the answer to the usual question.

    Args:
        arguments: of `AskedCountry`.
        tell: told how many worlds of how many are lived.
    """
    asked = AskedCountry(**arguments)
    done, lock = 0, threading.Lock()

    def count(worlds: int) -> None:
        nonlocal done
        with lock:  # worlds are lived side by side, and told one after another
            done += worlds
            tell(done, asked.draws, {})

    tell(0, asked.draws, {})
    futures = live_country_futures(years=asked.years, draws=asked.draws, seed=asked.seed, progress=count)
    content = packed(result_of(futures))
    if asked == AskedCountry():
        keep(content)
    return content


def keep(content: bytes) -> None:
    """Keep the answer to the usual question on disk, where anything can be written."""
    place = kept_at()
    if place is not None:
        with suppress(OSError), beside(place) as part:
            part.write_bytes(content)


def kept_at() -> Path | None:
    """Where the answer to the usual question is kept; None where nothing can be written."""
    digest = hashlib.sha256(made_with().encode()).hexdigest()[:12]
    folder = cache_folder("country", digest, Path(__file__).parent)
    return folder / FILE if folder else None


def usual() -> CountryResult | None:
    """The answer to the usual question, where it was lived once and can be read."""
    place = kept_at()
    with suppress(OSError, ValueError, KeyError, BadZipFile):
        if place is not None and place.is_file():
            return _read(place, place.stat().st_mtime_ns)
    return None


@lru_cache(2)
def _read(place: Path, _written: int) -> CountryResult:
    return unpacked(place.read_bytes())


def usual_id() -> str:
    """The id of the job that answers the usual question."""
    return id_of(KIND, FUNCTION, AskedCountry().model_dump())


def job_of(state: AppState, identity: str) -> Job:
    """The job of an id; where its answer is kept on disk it is done, whoever let the country live.

    Raises:
        NotFoundError: there is none.
    """
    if identity == usual_id() and usual() is not None:
        asked = AskedCountry()
        arguments = asked.model_dump()
        return Job(identity, KIND, FUNCTION, arguments, "", "done", done=asked.draws, total=asked.draws)
    job = state.jobs.get(identity)
    if job.kind != KIND:
        raise NotFoundError("There is no such work, or it is remembered no longer. Begin it again.")
    return job


def lives_of(state: AppState, identity: str) -> CountryResult | None:
    """The country's lives of a job; None where it is not done."""
    if identity == usual_id() and (kept := usual()) is not None:
        return kept
    try:
        job = job_of(state, identity)
    except NotFoundError:
        return None
    return _unpacked(job.result) if job.state == "done" else None


@lru_cache(2)
def _unpacked(content: bytes) -> CountryResult:
    return unpacked(content)


@cache
def forecast() -> CountryResult:
    """The forecast as today of the shipped bundle, for as many years as are usual."""
    return shortened(forecast_of(shipped_bundle()), YEARS)
