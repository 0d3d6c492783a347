"""Standard output and standard error that take any text, and that end a command in one way when they fail.

An encoding that lacks a letter gets a readable replacement; a reader that has gone away and a full device
end the command, once, with a status of their own.
"""

import codecs
import errno
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, TextIO

from framsyn.datafile import rows

#: The name of the error handler that writes a replacement.
READABLE = "framsyn.readable"
#: Handlers that the interpreter chooses by itself; one that the user has chosen is left alone.
USUAL_HANDLERS = ("strict", "surrogateescape", "backslashreplace")
UNKNOWN = "?"


class OutputLostError(Exception):
    """What is written to standard output reaches nobody.

    Attributes:
        reader_gone: whether it was a pipe whose reader has ended; else the device is full or broken.
        reason: the system's own words.
    """

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.reader_gone = error.errno in (errno.EPIPE, errno.ESHUTDOWN)
        self.reason = error.strerror or str(error)


class _Guarded(io.FileIO):
    """A descriptor that fails once: what is written after that is dropped.

    Args:
        descriptor: an open one, which is left open.
        essential: whether a failure ends the command (standard output), or is passed over (standard error).
    """

    def __init__(self, descriptor: int, essential: bool) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self._essential = essential
        self._lost = False

    def write(self, content: Any, /) -> int:
        """Write bytes; raise OutputLostError at the first failure of an essential stream."""
        if self._lost:
            return memoryview(content).nbytes
        try:
            return super().write(content) or 0
        except OSError as error:
            self._lost = True
            if self._essential:
                raise OutputLostError(error) from error
            return memoryview(content).nbytes


@contextmanager
def guarded_output() -> Iterator[None]:
    """Let both streams take any text, and fail with OutputLostError (standard output) or not at all."""
    _open_closed_descriptors()
    before = sys.stdout, sys.stderr
    handlers = [getattr(stream, "errors", None) for stream in before]
    sys.stdout, sys.stderr = _guarded(sys.stdout, 1, True), _guarded(sys.stderr, 2, False)
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OutputLostError, OSError, ValueError):
                stream.flush()
        sys.stdout, sys.stderr = before
        for stream, errors in zip(before, handlers, strict=True):
            if isinstance(stream, io.TextIOWrapper) and stream.errors != errors:
                stream.reconfigure(errors=errors)


def _open_closed_descriptors() -> None:
    """Point closed standard descriptors at nothing, so that no file of ours is opened in their place."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest that is free


def _guarded(stream: TextIO | None, descriptor: int, essential: bool) -> TextIO:
    """The stream with our handler, over a descriptor that fails once; as it is where it is not a real one."""
    if stream is None:  # it was closed when the interpreter began
        return _wrapped(_Guarded(descriptor, essential), "utf-8", READABLE)
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    errors = stream.errors if stream.errors not in (None, *USUAL_HANDLERS) else READABLE
    try:
        descriptor = stream.fileno()
    except OSError:
        descriptor = -1
    if descriptor < 0 or (os.name == "nt" and stream.isatty()):  # a Windows console is no file
        stream.reconfigure(errors=errors)
        return stream
    with suppress(OSError):
        stream.flush()
    return _wrapped(_Guarded(descriptor, essential), stream.encoding, errors, stream.line_buffering)


def _wrapped(raw: _Guarded, encoding: str, errors: str, by_line: bool = False) -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding=encoding, errors=errors, line_buffering=by_line)


@cache
def replacements() -> Mapping[str, str]:
    """ASCII for characters that an encoding may lack: dashes, quotes, spaces, arrows, comparisons."""
    return {row["character"]: row["replacement"] for row in rows("framsyn.cli", "replacements.csv")}


def readable(character: str, encoding: str) -> str:
    """What is written for a character that an encoding lacks: the nearest that it has, else `?`.

    Returns:
        one or more characters that `encoding` can write.
    """
    found = replacements().get(character)
    if found is not None:
        return found
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    try:
        plain.encode(encoding)
    except UnicodeError:
        return UNKNOWN
    return plain or UNKNOWN


def _replace(error: UnicodeError) -> tuple[bytes, int]:
    """The error handler: replace, and take from the next run of spaces what the replacement is longer.

    So the columns of a table stay below each other.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text, encoding = error.object, error.encoding
    written = "".join(readable(character, encoding) for character in text[error.start : error.end])
    longer = len(written) - (error.end - error.start)
    run = re.compile(r"[^\n]*?(?= {2})").match(text, error.end) if longer > 0 else None
    if run is None:
        return written.encode(encoding), error.end
    spaces = len(text[run.end() :]) - len(text[run.end() :].lstrip(" "))
    kept = max(1, spaces - longer)
    between = run.group().encode(encoding, READABLE)
    return written.encode(encoding) + between + b" " * kept, run.end() + spaces


codecs.register_error(READABLE, _replace)
