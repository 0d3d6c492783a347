"""The text of a file that somebody hands over: bounded, unpacked, in whatever encoding an office writes.

UTF-8 with or without a byte order mark and UTF-16 with one are certain. What is not UTF-8 is taken for
Windows-1252, where it holds only letters and signs that Nordic texts in it have; anything else is refused.
"""

import codecs
import gzip
import io
import re
import zlib
from pathlib import Path
from typing import BinaryIO, NamedTuple

from framsyn.core.file_limits import MEGABYTE
from framsyn.errors import FramsynError

UTF_8, UTF_16, WINDOWS = "utf-8", "utf-16", "windows-1252"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, UTF_16),
    (codecs.BOM_UTF16_BE, UTF_16),
)
#: What a text in Windows-1252 may hold beside ASCII: other signs show that it is in another encoding.
WINDOWS_SIGNS = frozenset("åäöÅÄÖéÉèÈêëàáâçíîïñóôõúûüÜýøØæÆðÐþÞßÕÁÍÓÚ§°²³½·«»×€–—‘’“”…\u00a0\u00ad\u00b4")
#: A quotation mark inside a word is an ö of an older code page.
_INSIDE_A_WORD = re.compile(r"[^\W\d_][“”][^\W\d_]")
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


class TextFile(NamedTuple):
    """A text, and the encoding that it was read in: `utf-8`, `utf-16` or `windows-1252`."""

    text: str
    encoding: str


def read_text_file(path: Path, most: int) -> TextFile:
    """The text of a file, plain or gzip.

    Args:
        path: the file.
        most: bytes that it may hold, unpacked.

    Raises:
        FramsynError: the file cannot be opened or unpacked, is too large, or is no text.
    """
    return decoded(read_content(path, most), path.name)


def read_content(path: Path, most: int) -> bytes:
    """The bytes of a file; of a gzip file those packed in it. No more than `most` are ever held.

    Raises:
        FramsynError: the file cannot be opened or unpacked, or holds more.
    """
    packed_most = most + most // 1000 + 1000  # what cannot be packed takes a little more
    try:
        with path.open("rb") as stream:  # a pipe too, such as /dev/stdin, where nothing is found twice
            content = stream.read(packed_most + 1)
    except OSError as error:
        raise _not_opened(path, error) from error
    if content.startswith(GZIP) and len(content) <= packed_most:
        return _unpacked(io.BytesIO(content), path.name, most)
    if path.suffix == ".gz" and content and not content.startswith(GZIP):
        raise _not_unpacked(path.name)
    return _bounded(content, path.name, most)


def decoded(content: bytes, file: str) -> TextFile:
    """The text of bytes.

    Args:
        content: the bytes.
        file: what errors call the file.

    Raises:
        FramsynError: they are a workbook, or no text in an encoding that is read.
    """
    if content.startswith((ZIP, OLD_WORKBOOK)):
        raise FramsynError(
            "{file} is a workbook or an archive. Save its sheet with the file type CSV UTF-8 and give that.",
            file=file,
        )
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), None)
    found = _marked(content, encoding, file) if encoding else _unmarked(content, file)
    zero = found.text.find("\0")
    if zero >= 0:
        raise FramsynError(
            "{file}, row {row}: a zero byte, which no text holds. Save the file again as CSV UTF-8.",
            file=file,
            row=found.text.count("\n", 0, zero) + 1,
        )
    return found


def _marked(content: bytes, encoding: str, file: str) -> TextFile:
    try:
        return TextFile(content.decode(encoding), UTF_16 if encoding == UTF_16 else UTF_8)
    except UnicodeDecodeError as error:
        raise _unknown_character(content, error.start, file) from error


def _unmarked(content: bytes, file: str) -> TextFile:
    try:
        return TextFile(content.decode(UTF_8), UTF_8)
    except UnicodeDecodeError as error:
        wrong = error
    try:
        text = content.decode(WINDOWS)
    except UnicodeDecodeError as error:
        raise _unknown_character(content, wrong.start, file) from error
    strange = any(sign not in WINDOWS_SIGNS for sign in set(text) if ord(sign) > 127)
    if strange or _INSIDE_A_WORD.search(text):
        raise _unknown_character(content, wrong.start, file)
    return TextFile(text, WINDOWS)


def _unknown_character(content: bytes, start: int, file: str) -> FramsynError:
    return FramsynError(
        "{file}, row {row}: a character is neither UTF-8 nor Windows-1252. Save the file with the encoding"
        " UTF-8; in Excel choose Save as and the file type CSV UTF-8.",
        file=file,
        row=content.count(b"\n", 0, start) + 1,
    )


def _unpacked(stream: BinaryIO, file: str, most: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=stream) as unpacking:
            return _bounded(unpacking.read(most + 1), file, most)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _not_unpacked(file) from error


def _not_unpacked(file: str) -> FramsynError:
    return FramsynError(
        "{file} cannot be unpacked: it is broken, cut short or no gzip file. Copy it again.", file=file
    )


def _bounded(content: bytes, file: str, most: int) -> bytes:
    if len(content) > most:
        raise FramsynError(
            "{file} holds more than {most} megabytes (unpacked): take out the rows that are not needed.",
            file=file,
            most=max(1, most // MEGABYTE),
        )
    return content


def _not_opened(path: Path, error: OSError) -> FramsynError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FramsynError("There is no file {path}: check its name and folder.", path=path)
    if isinstance(error, IsADirectoryError):
        return FramsynError("{path} is a folder: name a file in it.", path=path)
    return FramsynError("{path} cannot be opened: check that it is a file that you may read.", path=path)
