"""The text of a file in any usual encoding, packed or not, and never more of it than is allowed."""

import gzip
import os
import threading
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.core.text_file import WINDOWS_SIGNS, decoded, read_content, read_text_file
from framsyn.errors import FramsynError

TEXT = "år;värde\nÅland;4 100,00 €\n"
NORDIC = st.text(st.sampled_from(sorted(WINDOWS_SIGNS) + list("abcÅ;,.0123\n")), max_size=40).filter(
    lambda text: "“" not in text and "”" not in text
)


def refusal(path: Path, most: int = 1000) -> str:
    with pytest.raises(FramsynError) as raised:
        read_text_file(path, most)
    return str(raised.value)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1252", "windows-1252"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_text_is_read_in_the_encoding_that_it_has(
    tmp_path: Path, encoding: str, told: str, packed: bool
) -> None:
    content = TEXT.encode(encoding)
    path = tmp_path / ("a.csv.gz" if packed else "a.csv")
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    assert read_text_file(path, 1000) == (TEXT, told)


def test_utf_16_of_either_order_is_read() -> None:
    assert decoded(b"\xff\xfe" + TEXT.encode("utf-16-le"), "a").text == TEXT
    assert decoded(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a").text == TEXT


@given(NORDIC)
def test_what_was_written_in_windows_1252_is_read_back(text: str) -> None:
    content = text.encode("cp1252")
    found = decoded(content, "a")
    assert found.text == text or (found.encoding == "utf-8" and found.text.encode() == content)


@given(st.text(max_size=40))
def test_what_was_written_in_utf_8_is_read_back_or_refused(text: str) -> None:
    try:
        found = decoded(text.encode("utf-8", "surrogatepass"), "a")
    except FramsynError:
        assert "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text) or text[:2] == "PK"
    else:
        assert found.text.removeprefix("\ufeff") == text.removeprefix("\ufeff")


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_a_refusal(content: bytes) -> None:
    try:
        told = decoded(content, "a").encoding
    except FramsynError as error:
        told = str(error)
    assert told
    assert "codec" not in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TEXT[:-3].encode("cp850"), "row 1: a character is neither UTF-8 nor Windows-1252"),
        (TEXT.encode("mac-roman"), "row 1: a character is neither UTF-8 nor Windows-1252"),
        ("Söderö\n".encode("cp850"), "row 1: a character is neither UTF-8 nor Windows-1252"),
        (TEXT.encode("utf-8")[:-2] + b"\n", "row 2: a character is neither UTF-8 nor Windows-1252"),
        (b"\xff\xfea", "row 1: a character is neither UTF-8"),
        (TEXT.encode("utf-16-le"), "row 1: a "),
        (b"a;b\n1;\x002\n", "row 2: a zero byte"),
        (b"PK\x03\x04 and so on", "is a workbook or an archive"),
        (b"\xd0\xcf\x11\xe0 and so on", "is a workbook or an archive"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    told = refusal(tmp_path / "a.csv")
    assert said in told
    assert "codec" not in told


def test_no_more_than_is_allowed_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1" * 1001)
    assert "holds more than 1 megabytes" in refusal(tmp_path / "a.csv")
    assert len(read_content(tmp_path / "a.csv", 1001)) == 1001


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zlib.compressobj(9, wbits=31)
    packed = b"".join(bomb.compress(bytes(10**6)) for _ in range(200)) + bomb.flush()
    assert len(packed) < 300_000
    (tmp_path / "a.csv.gz").write_bytes(packed)
    assert "holds more than 2 megabytes (unpacked)" in refusal(tmp_path / "a.csv.gz", 2_000_000)


@pytest.mark.parametrize("content", [gzip.compress(TEXT.encode(), mtime=0)[:-9], b"\x1f\x8b", b"no gzip"])
def test_a_broken_gzip_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv.gz").write_bytes(content)
    assert "cannot be unpacked" in refusal(tmp_path / "a.csv.gz")


def test_what_cannot_be_opened_is_told_in_our_words(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "none.csv")
    assert "There is no file" in refusal(tmp_path / "none" / "a.csv")
    assert "is a folder" in refusal(tmp_path)
    assert "cannot be opened" in refusal(tmp_path / ("a" * 300))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("content", [b"a,b\n", gzip.compress(b"a,b\n", mtime=0)])
def test_a_pipe_is_read_as_a_file_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=[content])
    writer.start()
    assert read_text_file(path, 100).text == "a,b\n"
    writer.join()
