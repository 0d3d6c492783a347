"""The country simulated as a job; the answer to the usual question is there for whoever comes next."""

import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from framsyn.foresee.country import live_country_futures
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.places.bundle import shipped_bundle
from framsyn.web.api.asking import MOST_SEED, SEED
from framsyn.web.cost import cost_of
from framsyn.web.country_result import CountryResult, forecast_of, packed, result_of, shortened, unpacked
from framsyn.web.job import Job, job_id
from framsyn.web.job_process import Report
from framsyn.web.refused import NotFoundError
from framsyn.web.state import AppState

KIND, FUNCTION = "country", f"{__name__}:simulate_country"
YEARS, DRAWS = 20, 40


class CountryRequest(BaseModel):
    """Simulated futures in which every municipality is run in each of the five ways."""

    is_job: ClassVar[bool] = True
    model_config = ConfigDict(extra="forbid")

    years: int = Field(default=YEARS, ge=1, le=30, description="Years after the base year.")
    draws: int = Field(default=DRAWS, ge=2, le=100, description="Simulated futures.")
    seed: int = Field(default=SEED, ge=0, le=MOST_SEED, description="Random seed.")

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, self.years, len(DEFAULT_POSTURES)

    def cost(self, draws: int) -> int:
        """Microseconds of one thread that it takes with so many draws."""
        return len(shipped_bundle()) * cost_of(draws, self.years, len(DEFAULT_POSTURES))


def simulate_country(arguments: Mapping[str, Any], report: Report) -> bytes:
    """Simulate the country under every policy.

    Args:
        arguments: of `CountryRequest`.
        report: takes how many draws of how many are done.
    """
    request = CountryRequest(**arguments)
    done, lock = 0, threading.Lock()

    def count(draws: int) -> None:
        nonlocal done
        with lock:  # draws are simulated side by side, and reported one after another
            done += draws
            report(done, request.draws, "country", futures=done, all=request.draws)

    report(0, request.draws, "draw")
    futures = live_country_futures(
        years=request.years, draws=request.draws, seed=request.seed, progress=count
    )
    return packed(result_of(futures))


def usual_id() -> str:
    """The id of the job that answers the usual question."""
    return job_id(KIND, FUNCTION, CountryRequest().model_dump())


def country_job(state: AppState, identity: str) -> Job:
    """The job of an id.

    Raises:
        NotFoundError: there is none.
    """
    job = state.jobs.get(identity)
    if job.kind != KIND:
        raise NotFoundError("There is no such work, or it is remembered no longer. Begin it again.")
    return job


def country_result(state: AppState, identity: str) -> CountryResult | None:
    """What a job found of the country; None where it is not done."""
    try:
        job = country_job(state, identity)
    except NotFoundError:
        return None
    return _unpacked(job.result) if job.state == "done" else None


@lru_cache(2)
def _unpacked(content: bytes) -> CountryResult:
    return unpacked(content)


@cache
def forecast() -> CountryResult:
    """The forecast on the current course of the shipped bundle, for as many years as are usual."""
    return shortened(forecast_of(shipped_bundle()), YEARS)
