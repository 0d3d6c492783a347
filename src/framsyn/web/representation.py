"""The bytes of an answer as they are sent, packed or not, each known by the digest of those bytes."""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.responses import Response

#: Answers shorter than this are not worth packing, bytes; and how hard others are packed.
WORTH_PACKING, PACKED = 800, 5
NOT_MODIFIED = 304
#: An entity tag, weak or not, as in RFC 9110, section 8.8.3.
TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
#: Digits of a digest in a tag.
DIGITS = 32


@dataclass(frozen=True)
class Representation:
    """An answer's bytes, and the same bytes packed where that is worth it.

    Attributes:
        plain: as they are.
        packed: with gzip, always the same for the same bytes; None = not worth it.
        plain_tag, packed_tag: entity tags of the two, which differ as their bytes do.
    """

    plain: bytes = field(repr=False)
    packed: bytes | None = field(repr=False)
    plain_tag: str
    packed_tag: str

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return len(self.plain) + len(self.packed or b"")


def represent(content: str | bytes) -> Representation:
    """The representation of a text or of bytes."""
    plain = content.encode() if isinstance(content, str) else content
    packed = gzip.compress(plain, PACKED, mtime=0) if len(plain) >= WORTH_PACKING else None
    return Representation(plain, packed, tag_of(plain), tag_of(packed or b""))


def tag_of(content: bytes) -> str:
    """The strong entity tag of bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:DIGITS]}"'


def respond(
    representation: Representation,
    request_headers: Headers,
    media_type: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response with the bytes that the client takes, or 304 where it holds these very bytes.

    Args:
        representation: the answer, which the server holds.
        request_headers: of the request: `Accept-Encoding` chooses, `If-None-Match` is compared.
        media_type: of the answer.
        headers: further ones of a response with content.
    """
    packed = representation.packed if accepts_gzip(request_headers) else None
    tag = representation.plain_tag if packed is None else representation.packed_tag
    always = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if matches(tag, request_headers):
        return Response(status_code=NOT_MODIFIED, headers=always)
    encoding = {} if packed is None else {"Content-Encoding": "gzip"}
    content = representation.plain if packed is None else packed
    return Response(content, media_type=media_type, headers={**always, **encoding, **(headers or {})})


def matches(tag: str, headers: Headers) -> bool:
    """Whether `If-None-Match` names a tag: compared weakly, `*` is any (RFC 9110, section 13.1.2)."""
    named = ",".join(headers.getlist("if-none-match"))
    return named.strip() == "*" or tag in TAG.findall(named)


def accepts_gzip(headers: Headers) -> bool:
    """Whether a client takes what is packed with gzip (RFC 9110, section 12.5.3)."""
    weights: dict[str, float] = {}
    for item in ",".join(headers.getlist("accept-encoding")).split(","):
        coding, _, parameters = item.partition(";")
        weights[coding.strip().lower()] = _weight(parameters)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0.0


def _weight(parameters: str) -> float:
    """The weight of a coding: 1 where none is given, 0 where it cannot be read."""
    name, _, value = parameters.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    return float(value) if re.fullmatch(r"\s*[01](\.\d{0,3})?\s*", value) else 0.0
