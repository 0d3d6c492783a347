"""Which column of a file of answers is what: our ids, or the texts that survey programs write for headers.

LimeSurvey, Webropol, Microsoft Forms and Google Forms put the statement itself, with or without its number,
into the header, and time stamps, addresses and the like beside the answers. A statement is recognised by its
id or by its text in any language; what is not of the self-assessment is left out and named.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from framsyn.core.table_rows import shortened
from framsyn.engage.statements import statements
from framsyn.engage.vocabulary import COLUMN_WORDS, GROUP, GROUP_WORDS, RESPONDENT, accepted, plain
from framsyn.errors import FramsynError
from framsyn.i18n.translator import LANGUAGES, words

#: Numbers before a text, as programs write them: `12. `, `Q3: `, `[f1] `.
_NUMBER = re.compile(r"^(?:\[\w+\]|(?:q|question|fråga|kysymys)?\s*\d{1,3}\s*[.):\-–])\s*", re.IGNORECASE)
#: The part of a header that names one row of a question with several: `Statements [f1]`, `Statements: …`.
_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")
_CODE = re.compile(r"^\[?([a-z][0-9])\]?\s*(?:[.:)\-–]\s+.*)?$", re.IGNORECASE | re.DOTALL)


class Columns(NamedTuple):
    """What the columns of a file are.

    Attributes:
        ids: of each column: `respondent`, `group`, the id of a statement; None = it is left out.
        left_out: headers of those that are left out.
    """

    ids: tuple[str | None, ...]
    left_out: tuple[str, ...]


def recognised(file: str, row: int, headers: Sequence[str], cells: Sequence[Sequence[str]]) -> Columns:
    """What each column is.

    Args:
        file: what errors call the file.
        row: where the headers stand.
        headers: of the columns.
        cells: of each column, by which a column of groups is recognised whatever it is called.

    Raises:
        FramsynError: a column is there twice, or the groups or a statement are missing.
    """
    found = [column_of(header) for header in headers]
    _keep_exact(found, headers)
    if GROUP not in found:
        groups = [place for place, one in enumerate(found) if one is None and _holds_groups(cells[place])]
        if len(groups) == 1:
            found[groups[0]] = GROUP
    _check_once(file, row, found)
    left_out = tuple(header for header, one in zip(headers, found, strict=True) if one is None)
    _check_complete(file, row, found, left_out)
    return Columns(tuple(found), left_out)


@lru_cache(4096)
def column_of(header: str) -> str | None:
    """The id of a column of the self-assessment, by any header that it may have; None for another column."""
    for part in _parts(header):
        text = plain(part).rstrip("?:.")
        found = accepted(COLUMN_WORDS).get(text) or _ids().get(text) or _texts().get(folded(part))
        if found is not None:
            return found
    return None


def folded(text: str) -> str:
    """The letters and digits of a text alone, small, without diacritics and a number before it."""
    shown = unicodedata.normalize("NFKD", _NUMBER.sub("", text.strip())).casefold()
    return "".join(sign for sign in shown if sign.isalnum())


def _parts(header: str) -> list[str]:
    """The header, and what of it may name one statement: in brackets, after a colon, before its text."""
    text = header.strip()
    found = [text, _NUMBER.sub("", text)]
    if brackets := _BRACKETS.search(text):
        found += [brackets[1], text[: brackets.start()]]
    if ":" in text:
        found.append(text.partition(":")[2])
    if code := _CODE.match(text):
        found.append(code[1])
    return found


def _keep_exact(found: list[str | None], headers: Sequence[str]) -> None:
    """Of several columns of respondents' ids keep the one called so, else the first."""
    places = [place for place, one in enumerate(found) if one == RESPONDENT]
    exact = [place for place in places if plain(headers[place]) in _template_words()]
    chosen = (exact or places)[:1] if len(exact) < 2 else exact
    for place in places:
        if place not in chosen:
            found[place] = None


def _check_once(file: str, row: int, found: Sequence[str | None]) -> None:
    for place, column in enumerate(found):
        if column is not None and column in found[:place]:
            raise FramsynError(
                "{file}, row {row}: the column {column} stands there twice. Take one of them away.",
                file=file,
                row=row,
                column=column,
            )


def _check_complete(file: str, row: int, found: Sequence[str | None], left_out: Sequence[str]) -> None:
    lacking = [one for one in (GROUP, *(one.id for one in statements())) if one not in found]
    if lacking:
        raise FramsynError(
            "{file}, row {row}: missing {columns}. Add what is missing, as 'framsyn assess template' writes"
            " it; a statement nobody was asked may be left blank. Not recognised: {others}.",
            file=file,
            row=row,
            columns=", ".join(lacking),
            others=shortened(left_out) or "–",
        )


def _holds_groups(cells: Sequence[str]) -> bool:
    """Whether every cell that is not blank is the word of a group."""
    told = {plain(cell) for cell in cells if cell.strip()}
    return bool(told) and told <= set(accepted(GROUP_WORDS))


@cache
def _ids() -> Mapping[str, str]:
    return {one.id: one.id for one in statements()}


@cache
def _template_words() -> frozenset[str]:
    """What templates call the column of respondents' ids."""
    return frozenset({RESPONDENT, "svarande", "vastaaja"})


@cache
def _texts() -> Mapping[str, str]:
    """The id of every statement by its folded text in each language."""
    return {folded(words(lang).gettext(one.text)): one.id for one in statements() for lang in LANGUAGES}
