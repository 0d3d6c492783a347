"""Municipalities found by code or by any of their names, whatever the case and diacritics."""

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from framsyn.errors import FramsynError

NEAREST = 5
# Letters that Unicode does not split into a base letter and a mark.
WHOLE_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"}
)


class Entry(NamedTuple):
    """What a municipality can be found by: its code and its names, blanks left out."""

    code: str
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its first name and code, as said in messages."""
        return f"{self.names[0] if self.names else self.code} ({self.code})"


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Text without case, diacritics and punctuation, words one space apart.

    >>> fold("Närpiö"), fold("Weißensee"), fold("Sør-Odal"), fold("ÅLAND")
    ('narpio', 'weissensee', 'sor odal', 'aland')
    """
    # Folding can need splitting first, and splitting can free capitals: both are done twice.
    lower = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(WHOLE_LETTERS)
    split = unicodedata.normalize("NFKD", lower)
    kept = (c if c.isalnum() else " " for c in split if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def find(query: str, entries: Sequence[Entry]) -> int:
    """The index of the one municipality that a code or a name means.

    A code goes before a name, and may lack its leading zeros where no other code is meant.
    A name with the very spelling asked for goes before names that only fold to the same.

    Raises:
        FramsynError: no such municipality (the nearest names are told), or several.
    """
    wanted = query.strip()
    for found in _stages(wanted, entries):
        if len(found) == 1:
            return found[0]
        if found:
            raise FramsynError(
                "{query!r} means several municipalities: {found}. Give the code.",
                query=wanted,
                found=", ".join(entries[i].label for i in found),
            )
    close = [entries[at].label for at in nearest(wanted, entries)]
    if not close:
        raise FramsynError(
            "There is no municipality {query!r}. List them with: framsyn municipalities", query=wanted
        )
    raise FramsynError(
        "There is no municipality {query!r}. Nearest: {nearest}.", query=wanted, nearest=", ".join(close)
    )


def search(text: str, entries: Sequence[Entry]) -> list[int]:
    """Indices of the municipalities whose code or a name holds the text; all for a blank text."""
    part = fold(text)
    return [
        index
        for index, entry in enumerate(entries)
        if any(part in fold(word) for word in (entry.code, *entry.names))
    ]


def nearest(wanted: str, entries: Sequence[Entry], most: int = NEAREST) -> list[int]:
    """Indices of the municipalities whose names or codes are most like the text, at most `most`."""
    words = {fold(word): at for at, entry in enumerate(entries) for word in (*entry.names, entry.code)}
    close = difflib.get_close_matches(fold(wanted), words, n=most * 2, cutoff=0.5)
    return list(dict.fromkeys(words[word] for word in close))[:most]


def _stages(wanted: str, entries: Sequence[Entry]) -> Iterator[list[int]]:
    bare, folded = wanted.lstrip("0"), fold(wanted)
    yield [i for i, e in enumerate(entries) if wanted and e.code == wanted]
    if bare.isdigit():
        yield [i for i, e in enumerate(entries) if e.code.lstrip("0") == bare]
    yield [i for i, e in enumerate(entries) if wanted.casefold() in map(str.casefold, e.names)]
    if folded:
        yield [i for i, e in enumerate(entries) if folded in map(fold, e.names)]
        yield [i for i, e in enumerate(entries) if folded == fold(e.code)]
