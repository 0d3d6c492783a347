"""The country lived as a job, and the answer to the usual question kept on disk for whoever comes next."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pydantic import BaseModel, ConfigDict, Field

from framsyn.caching import cache_folder
from framsyn.foresee.country import live_country_futures
from framsyn.places.bundle import shipped_bundle
from framsyn.web.api.asking import MOST_SEED, SEED
from framsyn.web.country_result import CountryResult, forecast_of, packed, result_of, shortened, unpacked
from framsyn.web.made import made_with
from framsyn.writing import beside

KIND, FUNCTION = "country", f"{__name__}:lived"
YEARS, DRAWS = 20, 40
FILE = "usual.npz"

Tell = Callable[[int, int, Mapping[str, Any]], None]


class AskedCountry(BaseModel):
    """Worlds in which every municipality lives under each of the five postures."""

    model_config = ConfigDict(extra="forbid")

    years: int = Field(default=YEARS, ge=1, le=30, description="Years after the base year.")
    draws: int = Field(default=DRAWS, ge=2, le=100, description="Worlds.")
    seed: int = Field(default=SEED, ge=0, le=MOST_SEED, description="Seed of the worlds.")


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


@cache
def forecast() -> CountryResult:
    """The forecast as today of the shipped bundle, for as many years as are usual."""
    return shortened(forecast_of(shipped_bundle()), YEARS)
