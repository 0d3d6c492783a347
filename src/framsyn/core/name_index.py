"""One way to find things by name: by id, code or any of their names, however they are spelled.

A lookup goes from the strictest reading to the loosest and stops at the first that finds anything: the id
itself, a code in another form, the very spelling of a name, then without case, diacritics and punctuation,
then names in longer forms. So a loose reading never takes a name from the thing that is called exactly so.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from framsyn.core.folding import fold, join_words
from framsyn.errors import FramsynError
from framsyn.i18n.translator import N_

NEAREST = 5
#: Letters that a text must have before names that hold it count as near.
LEAST_HELD = 3
#: How like a name must be to be near, and to be so where no other name is.
VERY_LIKE, LIKE = 0.75, 0.6
#: A text longer than this is no misspelt name: nothing is near it.
LONGEST_NAME = 200
#: A code as agencies and spreadsheets write it: `KU005`, `FI-5`, `5.0`.
WRITTEN_CODE = re.compile(r"(?:(?:KU|FI)[\s_-]*)?0*(?P<digits>[0-9]+?)(?:\.0+)?", re.IGNORECASE | re.ASCII)
#: A name and an id as messages show them, and as lists of agencies do.
NAME_AND_ID = re.compile(r"(?P<name>.+?)\s*\((?P<id>[^()]*)\)")
CODE_AND_NAME = re.compile(r"(?P<id>\S+)\s+(?P<name>.+)")
SEVERAL = N_("{text!r} means several things: {found}. Write what is in brackets.")

Index = Mapping[str, Sequence[int]]
Near = Sequence[tuple[int, str]]


class NameEntry(NamedTuple):
    """What one thing can be found by.

    Attributes:
        id: its id or code, as data and commands write it.
        names: what it is called, in any language; messages show them.
        forms: longer or inflected forms of its names, such as `Närpes stad`; messages never show them.
    """

    id: str
    names: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its first name and id, as messages write it."""
        return label_of(self.id, self.names[0] if self.names else self.id)


class Refusal(NamedTuple):
    """Messages for a text that finds nothing or too much, as message ids.

    Attributes:
        nearest: of {id}, with {nearest} or {known}: some names are like it.
        unknown: of {id}, perhaps with {known}: none is.
        several: of {text} and {found}.
    """

    nearest: str
    unknown: str
    several: str = SEVERAL


#: Messages of a kind that has none of its own.
UNNAMED_KIND = Refusal(
    nearest=N_("There is nothing called {id}. Nearest: {nearest}."),
    unknown=N_("There is nothing called {id}. There are: {known}."),
)


@dataclass(frozen=True)
class NameIndex:
    """Things of one kind, found by id, code or any name.

    Attributes:
        ids: of the things, in order.
        entries: makes the same things with their names; called when an id alone does not tell.
        refusal: the messages of the kind.
        codes: whether ids are codes, which may have other prefixes and lack leading zeros.
    """

    ids: Sequence[str]
    entries: Callable[[], Sequence[NameEntry]]
    refusal: Refusal = UNNAMED_KIND
    codes: bool = False

    def find(self, text: str) -> int:
        """The index of the one thing that a text means.

        Raises:
            FramsynError: there is none (the nearest are named), or there are several (all are named).
        """
        wanted, found = text.strip(), self.all_of(text)
        if not found:
            raise self._refused(wanted)
        if len(found) > 1:
            raise FramsynError(
                self.refusal.several,
                text=wanted,
                found=", ".join(self.named[at].label for at in found),
            )
        return found[0]

    def id_of(self, text: str) -> str:
        """The id of the one thing that a text means; FramsynError as `find`."""
        return self.ids[self.find(text)]

    def all_of(self, text: str) -> Sequence[int]:
        """Indices of the things that a text means, in the strictest reading that finds any."""
        wanted = text.strip()
        return next(filter(None, chain(self._readings(wanted), self._labelled(wanted))), ())

    def holds(self, text: str) -> bool:
        """Whether the text means one thing, or several."""
        return bool(self.all_of(text))

    def search(self, text: str) -> list[int]:
        """Indices of the things whose id or a name holds the text; all for a blank text."""
        part = fold(text)
        return [
            at
            for at, entry in enumerate(self.named)
            if any(part in fold(word) for word in (entry.id, *entry.names))
        ]

    def nearest(self, text: str, most: int = NEAREST) -> list[int]:
        """Indices of the things whose ids or names are most like the text, at most `most`."""
        return [at for at, _ in self._near(text)][:most]

    @cached_property
    def named(self) -> Sequence[NameEntry]:
        """The things with their names."""
        return tuple(self.entries())

    def _readings(self, wanted: str) -> Iterator[Sequence[int]]:
        """What the text finds in each reading, the strictest first."""
        if not wanted:
            return
        yield self._ids.get(wanted, ())
        if self.codes and (code := WRITTEN_CODE.fullmatch(wanted)):
            yield self._codes.get(code["digits"], ())
        yield self._spelled.get(wanted.casefold(), ())
        folded = fold(wanted)
        if not folded:
            return
        yield self._folded_names.get(folded, ())
        yield self._folded_ids.get(folded, ())
        yield self._forms.get(folded, ())
        yield self._joined.get(join_words(wanted), ())

    def _labelled(self, wanted: str) -> Iterator[Sequence[int]]:
        """What a name with its id means where both mean the same, as messages and lists show them."""
        if len(wanted) > LONGEST_NAME:
            return
        for shape in (NAME_AND_ID, *((CODE_AND_NAME,) if self.codes else ())):
            if parts := shape.fullmatch(wanted):
                by_id, by_name = (self._strictest(part) for part in parts.group("id", "name"))
                yield [at for at in by_id if at in by_name]

    def _strictest(self, wanted: str) -> Sequence[int]:
        return next(filter(None, self._readings(wanted.strip())), ())

    @cached_property
    def _ids(self) -> Index:
        return _index((identity, at) for at, identity in enumerate(self.ids))

    @cached_property
    def _codes(self) -> Index:
        read = ((WRITTEN_CODE.fullmatch(identity), at) for at, identity in enumerate(self.ids))
        return _index((code["digits"], at) for code, at in read if code)

    @cached_property
    def _spelled(self) -> Index:
        return _index((name.casefold(), at) for name, at in self._names())

    @cached_property
    def _folded_names(self) -> Index:
        return _index((fold(name), at) for name, at in self._names())

    @cached_property
    def _folded_ids(self) -> Index:
        return _index((fold(identity), at) for at, identity in enumerate(self.ids))

    @cached_property
    def _forms(self) -> Index:
        return _index((fold(form), at) for at, entry in enumerate(self.named) for form in entry.forms)

    @cached_property
    def _joined(self) -> Index:
        words = ((word, at) for at, e in enumerate(self.named) for word in (e.id, *e.names, *e.forms))
        return _index((join_words(word), at) for word, at in words)

    def _names(self) -> Iterator[tuple[str, int]]:
        return ((name, at) for at, entry in enumerate(self.named) for name in entry.names)

    def _near(self, text: str) -> Near:
        """The things most like a text, each with its name or id that is."""
        wanted, words = fold(text), self._words
        if not wanted or len(wanted) > LONGEST_NAME or (self.codes and WRITTEN_CODE.fullmatch(text)):
            return ()  # a code is right or wrong: the next number is another place
        held = [word for word in words if len(wanted) >= LEAST_HELD and wanted in word]
        near = [*_close(wanted, words, VERY_LIKE), *sorted(held, key=len)]
        found: dict[int, str] = {}
        for word in near or _close(wanted, words, LIKE):
            found.setdefault(*words[word])
        return tuple(found.items())

    @cached_property
    def _words(self) -> Mapping[str, tuple[int, str]]:
        """Which thing each folded id or name means, and how it is spelled."""
        words: dict[str, tuple[int, str]] = {}
        for at, entry in enumerate(self.named):
            for word in (*entry.names, entry.id):
                words.setdefault(fold(word), (at, word))
        return words

    def _refused(self, wanted: str) -> FramsynError:
        near = self._near(wanted)[:NEAREST]
        template = self.refusal.nearest if near else self.refusal.unknown
        shown = (label_of(self.ids[at], self._shown_name(at, word)) for at, word in near)
        return FramsynError(template, id=wanted, nearest=", ".join(shown), known=", ".join(self.ids))

    def _shown_name(self, at: int, word: str) -> str:
        """The name by which a thing is near; its first name where it is its code."""
        names = self.named[at].names
        return names[0] if self.codes and word == self.ids[at] and names else word


def label_of(identity: str, name: str) -> str:
    """A name with its id in brackets; the id alone where both are spelled alike."""
    return identity if fold(name) == fold(identity) else f"{name} ({identity})"


def _index(pairs: Iterable[tuple[str, int]]) -> Index:
    """Indices of things by what they are found by, each thing once."""
    found: dict[str, list[int]] = {}
    for key, at in pairs:
        indices = found.setdefault(key, [])
        if key and at not in indices:
            indices.append(at)
    return found


def _close(wanted: str, words: Iterable[str], cutoff: float) -> list[str]:
    return difflib.get_close_matches(wanted, list(words), n=2 * NEAREST, cutoff=cutoff)
