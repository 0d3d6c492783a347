"""What a bundle has to hold before it is believed: agreeing sizes, finite values in range, its own digest."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.places.bundle_manifest import DIGEST, content_digest, whole_digest
from framsyn.places.bundle_variables import NUMBER, Variable, fact_range, variables

AGES, SEXES = 101, 2
#: Digits of the content's digest in a bundle's version.
VERSION_DIGITS = 8

Arrays = Mapping[str, NDArray[Any]]


def check_shapes(arrays: Arrays) -> None:
    """Raise ValueError unless the arrays are those of the data dictionary with agreeing sizes."""
    wanted = {variable.name for variable in variables()}
    if wanted != set(arrays):
        raise ValueError(f"missing {wanted - set(arrays)}, unknown {set(arrays) - wanted}")
    sizes: dict[str, int] = {"sex": SEXES, "age": AGES}
    for variable in variables():
        shape = arrays[variable.name].shape
        if len(shape) != len(variable.dimensions):
            raise ValueError(f"{variable.name} has shape {shape}, not {variable.dimensions}")
        for dimension, size in zip(variable.dimensions, shape, strict=True):
            if sizes.setdefault(dimension, size) != size:
                raise ValueError(f"{variable.name}: {dimension} {size} ≠ {sizes[dimension]}")


def check_digest(path: Path, arrays: Arrays, manifest: Mapping[str, Any]) -> None:
    """Raise FramsynError unless arrays and manifest are those that were written together."""
    same = manifest.get("content") == content_digest(arrays)[:VERSION_DIGITS]
    if not same or manifest.get(DIGEST) != whole_digest(arrays, manifest):
        raise FramsynError(
            "What the bundle {path} holds has been changed since it was made, or was copied badly: its digest"
            " does not agree. Copy it again, or make it again with framsyn calibrate.",
            path=path,
        )


def check_values(path: Path, arrays: Arrays, facts: Mapping[str, Any]) -> None:
    """Raise FramsynError unless every value can be right.

    Args:
        path: of the bundle.
        arrays: of agreeing sizes.
        facts: what the manifest tells of each fact.
    """
    for variable in variables():
        _check_range(path, arrays, variable)
    codes = list(map(str, arrays["code"]))
    if not codes or not all(codes) or len(set(codes)) < len(codes):
        raise _cannot_be(path, "code", "–", codes[0] if codes else "–")
    empty = np.flatnonzero(arrays["population"].sum(axis=(1, 2)) <= 0.0)
    if empty.size:
        raise _cannot_be(path, "population", codes[empty[0]], 0)
    regions = len(set(map(str, arrays["region_code"])))
    if arrays["forecast_ratio"].shape[0] != regions:
        raise _cannot_be(path, "forecast_ratio", "–", arrays["forecast_ratio"].shape[0])
    _check_facts(path, arrays, codes, facts)


def _check_range(path: Path, arrays: Arrays, variable: Variable) -> None:
    """Every value finite, or blank where it may be, and between the least and the most."""
    values = arrays[variable.name]
    if variable.low is None or variable.high is None:
        return
    right = (values >= variable.low) & (values <= variable.high)
    if variable.type == NUMBER and variable.blank:
        right |= np.isnan(values)
    if not np.all(right):
        where = tuple(np.argwhere(~right)[0])
        code = str(arrays["code"][where[0]]) if variable.dimensions[:1] == ("place",) else "–"
        raise _cannot_be(path, variable.name, code, values[where])


def _check_facts(path: Path, arrays: Arrays, codes: list[str], facts: Mapping[str, Any]) -> None:
    ids = list(map(str, arrays["fact_id"]))
    if len(set(ids)) < len(ids) or not set(ids) <= set(facts):
        raise _cannot_be(path, "fact_id", "–", next((one for one in ids if one not in facts), ids[0]))
    for column, identity in enumerate(ids):
        low, high = fact_range(identity)
        values = arrays["facts"][:, column]
        wrong = np.flatnonzero(~((values >= low) & (values <= high)))
        if wrong.size:
            raise _cannot_be(path, identity, codes[wrong[0]], values[wrong[0]])


def _cannot_be(path: Path, name: str, code: str, value: object) -> FramsynError:
    return FramsynError(
        "The bundle {path} cannot be right: {name} of municipality {code} is {value}. Make it again with"
        " framsyn calibrate, from tables without that mistake.",
        path=path,
        name=name,
        code=code,
        value=str(value)[:40],
    )
