"""Templates of a file of answers: opened in a spreadsheet or a program, filled in, and read back."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from framsyn.engage.reading import ANSWERS_KEY, ASIDE
from framsyn.engage.statements import statements
from framsyn.engage.vocabulary import (
    ANSWER_WORDS,
    COLUMN_WORDS,
    DONT_KNOW,
    GROUP,
    GROUP_WORDS,
    GROUPS,
    RESPONDENT,
    word,
)
from framsyn.errors import FramsynError
from framsyn.writing import beside, check_writable

FORMATS = ("csv", "json")
#: What spreadsheets of the language expect between cells.
SEPARATOR = {"sv": ";", "fi": ";", "en": ","}


def write_template(path: Path, form: str, lang: str, gettext: Callable[[str], str]) -> Path:
    """Write a template and return its path.

    Args:
        path: the file; it must not be there yet, since it might hold answers.
        form: `csv` or `json`.
        lang: `sv`, `fi` or `en`: which words the file uses.
        gettext: gives a message in that language.

    Raises:
        FramsynError: no such format, the file is there already, or nothing can be written there.
    """
    text = template_text(form, lang, gettext)
    if path.exists():
        raise FramsynError("{path} is there already: name another file with --out.", path=path)
    if not path.parent.is_dir():
        raise FramsynError("There is no folder {folder}: make it first.", folder=path.parent)
    check_writable(path.parent)
    try:
        with beside(path) as part:
            # With a byte order mark, without which Excel would misread å, ä and ö.
            part.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8", newline="")
    except OSError as error:
        raise FramsynError(
            "{path} cannot be written ({why}): free some space or choose another file with --out.",
            path=path,
            why=error.strerror or error,
        ) from error
    return path


def template_text(form: str, lang: str, gettext: Callable[[str], str]) -> str:
    """The text of a template; FramsynError where there is no such format."""
    if form not in FORMATS:
        raise FramsynError(
            "There is no format {form} of templates: choose among {known}.",
            form=form,
            known=", ".join(FORMATS),
        )
    return _csv(lang, gettext) if form == "csv" else _json(lang, gettext)


def _csv(lang: str, gettext: Callable[[str], str]) -> str:
    """A row of ids, then rows that are told to the respondent and never count."""
    scale, groups = _explained(lang, gettext)
    example = gettext("Example")
    aside = gettext("Rows that begin with # do not count.")
    columns = (word(COLUMN_WORDS, name, lang) for name in (RESPONDENT, GROUP))
    rows = [
        [*columns, *(one.id for one in statements())],
        [f"{ASIDE}{scale} {aside}", groups, *(gettext(one.text) for one in statements())],
        [f"{ASIDE}{example}", *map(str, _example(lang))],
    ]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=SEPARATOR[lang], lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _json(lang: str, gettext: Callable[[str], str]) -> str:
    scale, _ = _explained(lang, gettext)
    group, *values = _example(lang)
    ids = [one.id for one in statements()]
    document = {
        "about": scale,
        "groups": [word(GROUP_WORDS, one, lang) for one in GROUPS],
        "statements": {one.id: gettext(one.text) for one in statements()},
        "example": {RESPONDENT: "1", GROUP: group, **dict(zip(ids, values, strict=True))},
        ANSWERS_KEY: [],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _explained(lang: str, gettext: Callable[[str], str]) -> tuple[str, str]:
    groups = ", ".join(word(GROUP_WORDS, one, lang) for one in GROUPS)
    unknown = word(ANSWER_WORDS, DONT_KNOW, lang)
    scale = gettext("Answer from 1 (disagree completely) to 5 (agree completely), or: {unknown}.")
    return scale.format(unknown=unknown), gettext("One of: {groups}").format(groups=groups)


def _example(lang: str) -> list[str | int]:
    """A group and answers that only show how they are written."""
    values: list[str | int] = [1 + place % 5 for place in range(len(statements()))]
    values[-1] = word(ANSWER_WORDS, DONT_KNOW, lang)
    return [word(GROUP_WORDS, GROUPS[2], lang), *values]
