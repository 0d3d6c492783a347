"""The bundle: the calibrated start of every municipality, in one file.

A zip archive with one `.npy` array per variable of `bundle_variables.csv` and a `manifest.json` that
tells base year, sources, facts, uncertainty and notes, with a digest of it all. Written with fixed dates,
so that the same content gives the same bytes.
"""

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

from framsyn.errors import FramsynError
from framsyn.places.bundle_archive import SUFFIX, read_archive
from framsyn.places.bundle_checks import VERSION_DIGITS, check_digest, check_shapes, check_values
from framsyn.places.bundle_manifest import (
    DIGEST,
    FORMAT,
    MANIFEST,
    check_manifest,
    content_digest,
    parse,
    whole_digest,
)
from framsyn.writing import beside

EPOCH = (1980, 1, 1, 0, 0, 0)


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


def make_bundle(arrays: Mapping[str, NDArray[Any]], manifest: Mapping[str, Any]) -> Bundle:
    """Put a bundle together; ValueError where an array is missing, unknown or of a wrong shape."""
    check_shapes(arrays)
    content = {name: np.asarray(arrays[name], order="C") for name in sorted(arrays)}
    digest = content_digest(content)[:VERSION_DIGITS]
    return Bundle(content, {**manifest, "format": FORMAT, "content": digest})


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
                archive.writestr(_entry(name + SUFFIX), buffer.getvalue())
            manifest = json.loads(json.dumps(bundle.manifest))
            manifest[DIGEST] = whole_digest(bundle.arrays, manifest)
            text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
            archive.writestr(_entry(MANIFEST), text)
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
    """Read a bundle, after every check of what it holds.

    Raises:
        FramsynError: it is absent, no bundle, of another format, damaged, changed since it was made, or holds
            what cannot be right.
    """
    content, arrays = read_archive(path)
    manifest = parse(path, content)
    check_manifest(path, manifest)
    try:
        check_shapes(arrays)
    except ValueError as error:
        raise FramsynError(
            "The bundle {path} is damaged: the sizes of its arrays do not agree ({which}). Make it again with"
            " framsyn calibrate.",
            path=path,
            which=error,
        ) from error
    check_values(path, arrays, manifest["facts"])
    check_digest(path, arrays, manifest)
    del manifest[DIGEST]
    return Bundle(arrays, manifest)


@cache
def shipped_bundle() -> Bundle:
    """The bundle that comes with the package."""
    with as_file(files("framsyn.places").joinpath("finland.bundle")) as path:
        return read_bundle(path)
