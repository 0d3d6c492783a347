"""The manifest of a bundle: what it has to tell, and the digest that it has of everything."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from framsyn.errors import FramsynError
from framsyn.places.bundle_errors import damaged

MANIFEST = "manifest.json"
FORMAT = 3
#: Key of the digest of the arrays and of the rest of the manifest.
DIGEST = "digest"

Manifest = dict[str, Any]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")


class _Fact(_Strict):
    unit: str
    year: str
    status: str
    source: str
    method: str


class _Value(_Strict):
    value: FiniteFloat | int


class _Economy(_Strict):
    jobs_follow_residents: _Value


class _National(_Strict):
    equalisation_rate: Annotated[float, Field(ge=0.0, le=1.0)]
    mean_calculated_tax_eur_per_resident: Annotated[float, Field(ge=0.0, le=1e6)]


class _Spread(_Strict):
    slopes: Annotated[list[FiniteFloat | int], Field(min_length=4, max_length=4)]
    level: Annotated[list[FiniteFloat | int], Field(min_length=3, max_length=3)]
    power: Annotated[list[FiniteFloat | int], Field(min_length=3, max_length=3)]
    growth: FiniteFloat | int
    country_sd: FiniteFloat | int
    country_power: FiniteFloat | int
    origins: int
    note: str


class _Forecast(_Strict):
    spread: _Spread
    members: list[str]
    birth_rate: Annotated[float, Field(ge=0.0, le=1.0)]
    death_rate: Annotated[float, Field(ge=0.0, le=1.0)]
    past_errors: list[dict[str, Any]]


class _Manifest(_Strict):
    """What the simulation, the pages and the reports ask of a manifest."""

    base_year: Annotated[int, Field(ge=1800, le=2300)]
    content: Annotated[str, Field(pattern="^[0-9a-f]{8}$")]
    facts: dict[str, _Fact]
    national: _National
    uncertainty: dict[str, _Value]
    economy: _Economy
    forecast: _Forecast
    lacking: dict[str, str]
    notes: list[str]
    tables: list[str]


def parse(path: Path, content: bytes) -> Manifest:
    """The manifest in its bytes.

    Raises:
        FramsynError: they are no JSON object.
    """
    try:
        found = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise damaged(path, MANIFEST) from error
    if not isinstance(found, dict):
        raise _wrong(path, "{}")
    return found


def check_format(path: Path, manifest: Mapping[str, Any]) -> None:
    """Raise FramsynError unless the bundle has the format that this version reads."""
    if manifest.get("format") != FORMAT:
        raise FramsynError(
            "The bundle {path} has format {found}, but this version reads format {wanted}. "
            "Make it again with framsyn calibrate.",
            path=path,
            found=str(manifest.get("format"))[:20],
            wanted=FORMAT,
        )


def check_manifest(path: Path, manifest: Mapping[str, Any]) -> None:
    """Raise FramsynError unless the manifest tells what is asked of it, of the right kind."""
    try:
        _Manifest.model_validate(dict(manifest))
    except ValidationError as error:
        key = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise _wrong(path, key) from error
    except RecursionError as error:
        raise damaged(path, MANIFEST) from error


def content_digest(arrays: Mapping[str, NDArray[Any]]) -> str:
    """The SHA-256 of the arrays in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def whole_digest(arrays: Mapping[str, NDArray[Any]], manifest: Mapping[str, Any]) -> str:
    """The SHA-256 of the arrays with their types and shapes, and of the manifest without its digest."""
    told = {key: value for key, value in manifest.items() if key != DIGEST}
    shapes = {name: [str(array.dtype), *map(str, array.shape)] for name, array in arrays.items()}
    parts = (content_digest(arrays), _canonical(shapes), _canonical(told))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _wrong(path: Path, key: str) -> FramsynError:
    return FramsynError(
        "The manifest of the bundle {path} cannot be right: {key} is missing, or of another kind than it has"
        " to be. Make the bundle again with framsyn calibrate.",
        path=path,
        key=key[:200],
    )


def _refuse(constant: str) -> None:
    raise ValueError(constant)
