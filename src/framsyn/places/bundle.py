"""The bundle: the calibrated start of every municipality, in one file.

A zip archive with one `.npy` array per variable of `bundle_variables.csv` and a `manifest.json` that
tells base year, sources, facts, uncertainty and notes. Written with fixed dates, so that the same
content gives the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.writing import beside

FORMAT = 2
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Variable:
    """One row of the bundle's data dictionary."""

    name: str
    dimensions: tuple[str, ...]
    unit: str
    meaning: str


@dataclass(frozen=True)
class Bundle:
    """Arrays by name, as `bundle_variables.csv` tells them, and the manifest."""

    arrays: Mapping[str, NDArray[Any]]
    manifest: Mapping[str, Any]

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The array called `name`."""
        return self.arrays[name]

    @property
    def base_year(self) -> int:
        """Year at whose end the base population stands."""
        return int(self.manifest["base_year"])

    @property
    def version(self) -> str:
        """Base year and the first eight digits of the content's SHA-256."""
        return f"{self.base_year}-{self.manifest['content']}"

    def __len__(self) -> int:
        """Number of municipalities."""
        return len(self.arrays["code"])


@cache
def variables() -> tuple[Variable, ...]:
    """The bundle's data dictionary."""
    return tuple(
        Variable(row["name"], tuple(row["dimensions"].split()), row["unit"], row["meaning"])
        for row in rows("framsyn.places", "bundle_variables.csv")
    )


def make_bundle(arrays: Mapping[str, NDArray[Any]], manifest: Mapping[str, Any]) -> Bundle:
    """Put a bundle together; ValueError where an array is missing, unknown or of a wrong shape."""
    check_arrays(arrays)
    content = {name: np.asarray(arrays[name], order="C") for name in sorted(arrays)}
    digest = hashlib.sha256()
    for name, array in content.items():
        digest.update(name.encode())
        digest.update(array.tobytes())
    return Bundle(content, {**manifest, "format": FORMAT, "content": digest.hexdigest()[:8]})


def check_arrays(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Raise ValueError unless the arrays are those of the data dictionary with agreeing sizes."""
    wanted = {variable.name for variable in variables()}
    if wanted != set(arrays):
        raise ValueError(f"missing {wanted - set(arrays)}, unknown {set(arrays) - wanted}")
    sizes: dict[str, int] = {"sex": 2, "age": 101}
    for variable in variables():
        shape = arrays[variable.name].shape
        if len(shape) != len(variable.dimensions):
            raise ValueError(f"{variable.name} has shape {shape}, not {variable.dimensions}")
        for dimension, size in zip(variable.dimensions, shape, strict=True):
            if sizes.setdefault(dimension, size) != size:
                raise ValueError(f"{variable.name}: {dimension} has {size}, not {sizes[dimension]}")


def write_bundle(bundle: Bundle, path: Path) -> None:
    """Write the bundle beside `path` and rename; FramsynError where that is not allowed."""
    try:
        with (
            beside(path) as part,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        ):
            for name, array in bundle.arrays.items():
                buffer = io.BytesIO()
                np.save(buffer, array, allow_pickle=False)
                archive.writestr(_entry(f"{name}.npy"), buffer.getvalue())
            text = json.dumps(bundle.manifest, ensure_ascii=False, indent=1, sort_keys=True)
            archive.writestr(_entry("manifest.json"), text)
    except OSError as problem:
        raise FramsynError(
            "The bundle cannot be written to {path}: {reason}. Choose another file with --out.",
            path=path,
            reason=problem.strerror,
        ) from problem


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def read_bundle(path: Path) -> Bundle:
    """Read a bundle; FramsynError where the file is absent, not a bundle, or of another format."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            arrays = {
                entry.removesuffix(".npy"): np.load(io.BytesIO(archive.read(entry)), allow_pickle=False)
                for entry in archive.namelist()
                if entry.endswith(".npy")
            }
    except FileNotFoundError as problem:
        raise FramsynError(
            "There is no bundle at {path}. Make one with: framsyn calibrate --data FOLDER --out {path}",
            path=path,
        ) from problem
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise FramsynError(
            "{path} is not a Framsyn bundle. Make one with: framsyn calibrate --data FOLDER --out FILE",
            path=path,
        ) from problem
    if manifest.get("format") != FORMAT:
        raise FramsynError(
            "The bundle {path} has format {found}, but this version reads format {wanted}. "
            "Make it again with framsyn calibrate.",
            path=path,
            found=manifest.get("format"),
            wanted=FORMAT,
        )
    try:
        check_arrays(arrays)
    except ValueError as problem:
        raise FramsynError(
            "The bundle {path} is damaged ({reason}). Make it again with framsyn calibrate.",
            path=path,
            reason=problem,
        ) from problem
    return Bundle(arrays, manifest)


@cache
def shipped_bundle() -> Bundle:
    """The bundle that comes with the package."""
    with as_file(files("framsyn.places").joinpath("finland.bundle")) as path:
        return read_bundle(path)
