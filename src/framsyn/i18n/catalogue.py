"""Messages of the whole package, and the tool that brings the catalogues up to date.

`python -m framsyn.i18n.catalogue update` adds new messages to every catalogue, untranslated, and drops
those no longer used. Nothing is guessed: a changed message has to be translated anew.
"""

import csv
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from framsyn.datafile import rows
from framsyn.writing import beside

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = Path(__file__).resolve().parent / "locale"
TRANSLATED = ("sv", "fi")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "N_": None,
    "FramsynError": None,
    "ForbiddenError": None,
    "NotFoundError": None,
    "TooManyError": None,
    "Note": None,
    "ngettext": (1, 2),
}
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
VISIONS = "model/postures.toml"
#: No clock in the header, so that an update without changes changes nothing.
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
#: Nor the version of the library that writes it.
GENERATOR = b'"Generated-By:'

Message = str | tuple[str, ...]


@cache
def messages(package: Path = PACKAGE) -> Mapping[Message, set[str]]:
    """Every message id of code, templates and data files, with the files it stands in; looked for once."""
    found: dict[Message, set[str]] = {}
    for place, message in (*_from_code(package), *_from_data(package)):
        if message:
            found.setdefault(message, set()).add(place)
    return found


def _from_code(package: Path) -> Iterator[tuple[str, Message]]:
    extracted = extract_from_dir(
        str(package), method_map=METHODS, options_map={}, keywords=KEYWORDS, strip_comment_tags=False
    )
    for place, _line, message, _comments, _context in extracted:
        yield Path(place).as_posix(), message


def _from_data(package: Path) -> Iterator[tuple[str, Message]]:
    for told in rows("framsyn.i18n", "message_columns.csv"):
        with (package / told["file"]).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                yield told["file"], row[told["column"]]
    for rule in tomllib.loads((package / VISIONS).read_text(encoding="utf-8")).values():
        yield from ((VISIONS, rule[key]) for key in ("stated", "inferred") if key in rule)


def path(lang: str) -> Path:
    """Where the catalogue of a language stands."""
    return LOCALE / lang / "LC_MESSAGES" / "framsyn.po"


def missing(lang: str) -> list[Message]:
    """Messages without a finished translation: absent, blank in any form, or fuzzy."""
    with path(lang).open("rb") as stream:
        catalogue = read_po(stream, locale=lang)
    return [message for message in messages() if not _is_translated(catalogue, message)]


def _is_translated(catalogue: Catalog, message: Message) -> bool:
    key = message if isinstance(message, str) else message[0]
    found = catalogue.get(key)
    if found is None or found.fuzzy:
        return False
    forms = (found.string,) if isinstance(found.string, str) else tuple(found.string or ())
    return bool(forms) and all(forms)


def update(lang: str) -> None:
    """Rewrite a catalogue: today's messages in order, with the translations that it had."""
    old = Catalog(locale=lang)
    if path(lang).exists():
        with path(lang).open("rb") as stream:
            old = read_po(stream, locale=lang)
    new = Catalog(
        locale=lang,
        project="Framsyn",
        version="0",
        creation_date=CREATED,
        revision_date=CREATED,
        fuzzy=False,
        header_comment=f"# Framsyn, {lang}: python -m framsyn.i18n.catalogue update",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
    )
    for message, places in messages().items():
        key = message if isinstance(message, str) else message[0]
        had = old.get(key)
        string = had.string if had is not None and not had.fuzzy else None
        new.add(message, string=string, locations=[(place, 0) for place in sorted(places)])
    text = BytesIO()
    write_po(text, new, width=100, sort_by_file=True, include_lineno=False)
    lines = text.getvalue().splitlines(keepends=True)
    path(lang).parent.mkdir(parents=True, exist_ok=True)
    with beside(path(lang)) as part:
        part.write_bytes(b"".join(line for line in lines if not line.startswith(GENERATOR)))


def main(arguments: list[str]) -> int:
    """Run `update`, or list what lacks a translation; the exit code says whether anything does."""
    if arguments not in (["update"], ["check"]):
        sys.stderr.write("python -m framsyn.i18n.catalogue update|check\n")
        return 2
    if arguments == ["update"]:
        for lang in TRANSLATED:
            update(lang)
    lacking = [(lang, message) for lang in TRANSLATED for message in missing(lang)]
    for lang, message in lacking:
        sys.stdout.write(f"{lang}: {message}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
