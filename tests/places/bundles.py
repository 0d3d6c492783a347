"""A small bundle, and its file with something wrong in it."""

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framsyn.places.bundle import Bundle, make_bundle, shipped_bundle, write_bundle
from framsyn.places.bundle_variables import variables

#: Municipalities of the small bundle: all of one region.
REGION = "21"

Members = dict[str, bytes]


@cache
def small_bundle() -> Bundle:
    """The shipped bundle's municipalities of one region alone."""
    whole = shipped_bundle()
    regions = sorted(set(map(str, whole["region_code"])))
    chosen = whole["region_code"] == REGION
    arrays = dict(whole.arrays)
    for one in variables():
        if one.dimensions[:1] == ("place",):
            arrays[one.name] = whole[one.name][chosen]
        elif one.dimensions[:1] == ("region",):
            arrays[one.name] = whole[one.name][[regions.index(REGION)]]
    manifest = {key: value for key, value in whole.manifest.items() if key not in ("format", "content")}
    return make_bundle(arrays, manifest)


def members_of(path: Path) -> Members:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_members(path: Path, members: Members, compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def written(path: Path, change: Callable[[Members], object] = dict) -> Path:
    """The small bundle's file after a change of its members that leaves the digest as it was."""
    write_bundle(small_bundle(), path)
    members = members_of(path)
    change(members)
    return write_members(path, members)


def remade(path: Path, name: str, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Path:
    """The small bundle with a changed array and the digest that goes with it."""
    bundle = small_bundle()
    arrays = {**bundle.arrays, name: change(bundle[name].copy())}
    write_bundle(Bundle(arrays, make_bundle(bundle.arrays, bundle.manifest).manifest), path)
    return path


def array_bytes(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def manifest_of(members: Members) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(members["manifest.json"])
    return found
