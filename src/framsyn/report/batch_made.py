"""The reports of one municipality of a batch: lived once, told in each language, no file half written."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from framsyn.errors import FramsynError
from framsyn.i18n.translator import N_, Words, words
from framsyn.places.municipality import Municipality
from framsyn.report.files import safe_name
from framsyn.report.kinds.material import Asked, Material
from framsyn.report.making import made
from framsyn.writing import beside

Make = Callable[[Material, str, str, Words, date], bytes]

UNEXPECTED = N_("It ended in an error that is ours: {error} ({place}).")


@dataclass(frozen=True)
class Batch:
    """Which reports are made.

    Attributes:
        asked: what each is of, told of any municipality of the bundle.
        kind, form: of `making`.
        langs: languages, each in a file of its own.
        day: the date that they bear; None = that of the folder's reports, else today.
        make: makes one; found by its name in the processes that make them.
    """

    asked: Asked
    kind: str
    form: str
    langs: tuple[str, ...]
    day: date | None = None
    make: Make = made

    def municipality(self, at: int) -> Municipality:
        """The municipality at a place in the bundle."""
        return Municipality(at, self.asked.municipality.bundle)

    def name(self, at: int, lang: str) -> str:
        """The file of a report, such as `091-Helsingfors-foresight-sv.pdf`: code first, as registers sort."""
        m = self.municipality(at)
        return "-".join((m.code, safe_name(m.name(lang)), self.kind, f"{lang}.{self.form}"))


class Task(NamedTuple):
    """Reports of one municipality: its place in the bundle, and languages."""

    at: int
    langs: tuple[str, ...]


class Outcome(NamedTuple):
    """What became of a report.

    Attributes:
        at, lang: of which municipality, by its place in the bundle, in which language.
        why: message id of what went wrong; blank where nothing did.
        parts: of that message.
        ends: that the folder cannot be written, and why: trying the others is of no use.
    """

    at: int
    lang: str
    why: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    ends: str = ""

    def said(self, words: Words) -> str:
        """What went wrong, in words."""
        return words.gettext(self.why).format(**dict(self.parts))


def made_of(batch: Batch, folder: Path, task: Task) -> Iterator[Outcome]:
    """Make the reports of a municipality; what goes wrong with one leaves the others alone."""
    material = Material(replace(batch.asked, municipality=batch.municipality(task.at)))
    for lang in task.langs:
        yield _made(batch, folder, material, lang)


def _made(batch: Batch, folder: Path, material: Material, lang: str) -> Outcome:
    at = material.municipality.index
    if batch.day is None:
        raise ValueError("the date of a batch is settled before its reports are made")
    try:
        content = batch.make(material, batch.kind, batch.form, words(lang), batch.day)
    except FramsynError as error:
        return Outcome(at, lang, error.template, _text(error.parts))
    except Exception as error:
        return Outcome(at, lang, UNEXPECTED, _text({"error": repr(error), "place": _place(error)}))
    try:
        with beside(folder / batch.name(at, lang)) as part:
            part.write_bytes(content)
    except OSError as error:
        return Outcome(at, lang, ends=str(error.strerror or error))
    return Outcome(at, lang)


def _text(parts: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in parts.items())


def _place(error: Exception) -> str:
    """The file and line that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
