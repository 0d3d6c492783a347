"""The bytes of a bundle's file, checked before they are believed: members, sizes, types and shapes of arrays.

Nothing is unpacked that declares more than is allowed, and no array is made that its bytes do not fill.
"""

import io
import math
import tokenize
import zipfile
import zlib
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framsyn.core.file_limits import MEGABYTE
from framsyn.errors import FramsynError
from framsyn.places.bundle_errors import damaged, not_a_bundle
from framsyn.places.bundle_manifest import MANIFEST, check_format, parse
from framsyn.places.bundle_variables import FLAG, INTEGER, NUMBER, TEXT, Variable, variables

SUFFIX = ".npy"
#: Bytes of a bundle, packed and unpacked, and of its manifest: a hundred times Finland's.
MOST_BYTES, MOST_MANIFEST = 500 * MEGABYTE, 20 * MEGABYTE
#: Entries along one axis.
LONGEST_AXIS = 200_000
#: Characters of a text.
LONGEST_TEXT = 200
#: Types of numpy, by type of the data dictionary.
KINDS = {TEXT: "U", NUMBER: "f", INTEGER: "iu", FLAG: "b"}
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    SyntaxError,
    TypeError,
    tokenize.TokenError,
)


def read_archive(path: Path) -> tuple[bytes, dict[str, NDArray[Any]]]:
    """The manifest and the arrays of a bundle's file.

    Raises:
        FramsynError: the file is absent, no bundle, too large, or one of its members is broken.
    """
    try:
        size = path.stat().st_size
        _check_size(path, size)
        with zipfile.ZipFile(path) as archive:
            members = _members(path, archive)
            return (
                _content(path, archive, members[MANIFEST], MOST_MANIFEST),
                {
                    one.name: _array(path, archive, members[one.name + SUFFIX], one)
                    for one in sorted(variables(), key=attrgetter("name"))
                },
            )
    except FileNotFoundError as error:
        raise FramsynError(
            "There is no bundle at {path}. Make one with: framsyn calibrate --data FOLDER --out {path}",
            path=path,
        ) from error
    except (OSError, *BROKEN) as error:
        raise not_a_bundle(path) from error


def _check_size(path: Path, size: int) -> None:
    if size > MOST_BYTES:
        raise FramsynError(
            "The bundle {path} holds more than {most} megabytes (unpacked), which no bundle does.",
            path=path,
            most=MOST_BYTES // MEGABYTE,
        )


def _members(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by name: each there is to be, once."""
    wanted = {MANIFEST, *(one.name + SUFFIX for one in variables())}
    found = {info.filename: info for info in archive.infolist()}
    if MANIFEST not in found:
        raise not_a_bundle(path)
    manifest = parse(path, _content(path, archive, found[MANIFEST], MOST_MANIFEST))
    check_format(path, manifest)  # before its members, which another format may have others of
    for name in sorted(wanted - set(found)):
        raise damaged(path, name)
    for name in sorted(set(found) - wanted):
        raise FramsynError(
            "The bundle {path} is damaged: it holds {name}, which no bundle does. Make it again with framsyn"
            " calibrate.",
            path=path,
            name=name[:LONGEST_TEXT],
        )
    if len(archive.infolist()) > len(found):
        raise not_a_bundle(path)
    _check_size(path, sum(info.file_size for info in found.values()))
    return found


def _content(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a member, which are as many as it declares and no more than `most`."""
    if info.file_size > most or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged(path, info.filename)
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
    except (OSError, *BROKEN) as error:
        raise damaged(path, info.filename) from error
    if len(content) != info.file_size:
        raise damaged(path, info.filename)
    return content


def _array(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, variable: Variable) -> NDArray[Any]:
    """An array of the type and number of axes that the data dictionary tells."""
    stream = io.BytesIO(_content(path, archive, info, MOST_BYTES))
    try:
        version = np.lib.format.read_magic(stream)
        if version != (1, 0):
            raise damaged(path, info.filename)
        shape, by_columns, dtype = np.lib.format.read_array_header_1_0(stream)
    except BROKEN as error:
        raise damaged(path, info.filename) from error
    _check_type(path, variable, dtype)
    axes = len(variable.dimensions)
    if (
        len(shape) != axes
        or any(not 0 <= size <= LONGEST_AXIS for size in shape)
        or (by_columns and axes > 1)
    ):
        raise FramsynError(
            "The bundle {path} is damaged: {name} has the shape {found}, where {wanted} are meant. Make it"
            " again with framsyn calibrate.",
            path=path,
            name=variable.name,
            found=str(tuple(shape))[:LONGEST_TEXT],
            wanted=" × ".join(variable.dimensions) or "–",
        )
    content = stream.read()
    if len(content) != math.prod(shape) * dtype.itemsize:
        raise damaged(path, info.filename)
    return np.frombuffer(content, dtype=dtype).reshape(shape).copy()


def _check_type(path: Path, variable: Variable, dtype: np.dtype[Any]) -> None:
    long = variable.type == TEXT and dtype.itemsize > 4 * LONGEST_TEXT
    if dtype.kind not in KINDS[variable.type] or not dtype.isnative or long or dtype.itemsize == 0:
        raise FramsynError(
            "The bundle {path} is damaged: {name} holds {found}, where values of the type {wanted} are meant."
            " Make it again with framsyn calibrate.",
            path=path,
            name=variable.name,
            found=str(dtype)[:LONGEST_TEXT],
            wanted=variable.type,
        )
