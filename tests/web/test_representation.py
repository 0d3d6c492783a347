"""The bytes that are sent, packed or not, each known by the digest of those bytes."""

import gzip
import hashlib

import pytest
from starlette.datastructures import Headers

from framsyn.web.representation import (
    WORTH_PACKING,
    Representation,
    accepts_gzip,
    matches,
    represent,
    respond,
    tag_of,
)

ZIPPED, PLAIN = Headers({"accept-encoding": "gzip"}), Headers({"accept-encoding": "identity"})
LONG = b"a" * 1_000


def digest_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def test_a_tag_is_the_first_digits_of_the_bytes_digest_in_quotation_marks() -> None:
    assert tag_of(b"") == '"e3b0c44298fc1c149afbf4c8996fb924"'


def test_an_answer_is_packed_from_800_bytes_on_and_a_text_is_sent_in_utf_8() -> None:
    short = b"a" * (WORTH_PACKING - 1)
    assert represent(short) == Representation(short, None, digest_of(short), digest_of(b""))
    long = "å" * (WORTH_PACKING // 2)
    packed = gzip.compress(long.encode(), 5, mtime=0)
    assert represent(long) == Representation(
        long.encode(), packed, digest_of(long.encode()), digest_of(packed)
    )


def test_an_answer_takes_the_memory_of_both_its_forms() -> None:
    found = represent(LONG)
    assert found.packed is not None
    assert found.nbytes == len(LONG) + len(found.packed)
    assert represent(b"abc").nbytes == 3


@pytest.mark.parametrize("headers", [PLAIN, ZIPPED])
def test_an_answer_has_the_headers_of_the_form_that_is_sent(headers: Headers) -> None:
    found = represent(LONG)
    sent = respond(found, headers, "text/x-test", {"X-More": "1"})
    zipped = headers is ZIPPED
    content = found.packed if zipped else found.plain
    assert content is not None
    assert (sent.status_code, sent.body) == (200, content)
    assert dict(sent.headers) == {
        "etag": digest_of(content),
        "cache-control": "no-cache",
        "vary": "Accept-Encoding",
        **({"content-encoding": "gzip"} if zipped else {}),
        "x-more": "1",
        "content-length": str(len(content)),
        "content-type": "text/x-test; charset=utf-8",
    }


def test_what_is_not_worth_packing_is_sent_as_it_is_to_everybody() -> None:
    sent = respond(represent(b"abc"), ZIPPED, "application/json")
    assert sent.body == b"abc"
    assert sent.headers["etag"] == digest_of(b"abc")
    assert sent.headers["content-type"] == "application/json"
    assert "content-encoding" not in sent.headers


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_unchanged_is_said_of_the_very_form_that_would_be_sent(encoding: str) -> None:
    found = represent(LONG)
    tags = {"identity": found.plain_tag, "gzip": found.packed_tag}
    other = "gzip" if encoding == "identity" else "identity"
    same = respond(
        found,
        Headers({"accept-encoding": encoding, "if-none-match": tags[encoding]}),
        "text/x-test",
        {"X-More": "1"},
    )
    assert (same.status_code, same.body) == (304, b"")
    assert {name: same.headers[name] for name in ("etag", "cache-control", "vary")} == {
        "etag": tags[encoding],
        "cache-control": "no-cache",
        "vary": "Accept-Encoding",
    }
    assert "x-more" not in same.headers
    changed = Headers({"accept-encoding": encoding, "if-none-match": tags[other]})
    assert respond(found, changed, "text/x-test").status_code == 200


@pytest.mark.parametrize(
    ("named", "matching"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ('"b","a"', True),
        ("*", True),
        (' "b" , W/"a" ', True),
        ('"b"', False),
        ("a", False),
        ('"x, a"', False),
        ('"a', False),
        ("", False),
        ('"*"', False),
    ],
)
def test_tags_are_read_as_the_standard_says(named: str, matching: bool) -> None:
    assert matches('"a"', Headers({"if-none-match": named})) == matching


def test_tags_in_several_headers_are_one_list() -> None:
    headers = Headers(raw=[(b"if-none-match", b'"b"'), (b"if-none-match", b'"a"')])
    assert matches('"a"', headers)


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("deflate, gzip;q=0.5", True),
        ("*", True),
        ("x-gzip", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("br", False),
        ("gzip;q=x", False),
        ("GZIP", True),
        ("gzip;Q=0", False),
        ("gzip ; q = 0", False),
        ("gzip;q=0.001", True),
        ("gzip;q=0.0001", False),
        ("gzip;q=1.000", True),
        ("gzip;q=0.", False),
        ("gzip;q=2", False),
        ("gzip;q=0=1", False),
        ("gzip;level=0", True),
        ("gzip;q=0, x-gzip", False),
        ("x-gzip;q=0, *", False),
        ("br;q=0, *;q=0.5", True),
    ],
)
def test_packing_is_for_those_who_take_it(accepted: str, packed: bool) -> None:
    headers = Headers({"accept-encoding": accepted})
    assert accepts_gzip(headers) == packed
    content = b"a" * 1_000
    sent = respond(represent(content), headers, "text/plain")
    assert (gzip.decompress(sent.body) if packed else sent.body) == content
    assert ("content-encoding" in sent.headers) == packed


def test_packing_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    once = represent(b"a" * 1_000)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert represent(b"a" * 1_000) == once


def test_codings_in_several_headers_are_one_list() -> None:
    headers = Headers(raw=[(b"accept-encoding", b"br"), (b"accept-encoding", b"gzip")])
    assert accepts_gzip(headers)
    assert not accepts_gzip(Headers({}))
    assert not matches('"a"', Headers({}))
