"""Municipalities found by code or by any of their names, with or without their legal form."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from framsyn.core.folding import fold
from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.datafile import rows
from framsyn.i18n.translator import N_
from framsyn.places.bundle import Bundle

REFUSAL = Refusal(
    nearest=N_("There is no municipality {id!r}. Nearest: {nearest}. List them with: framsyn municipalities"),
    unknown=N_("There is no municipality {id!r}. List them with: framsyn municipalities"),
    several=N_("{text!r} means several municipalities: {found}. Give the code."),
)
#: Columns of the bundle that hold names, the one that messages show first.
NAME_COLUMNS = ("name_sv", "name_fi", "name_en")
REGION_COLUMNS = ("region_sv", "region_fi", "region_en")
#: What a municipality is called officially, after and before its name in any language.
AFTER = ("kommun", "stad", "kunta", "kaupunki", "municipality", "city", "town")
BEFORE = ("municipality of", "city of", "town of")
#: After its Swedish and its Finnish genitive.
AFTER_SWEDISH, AFTER_FINNISH = ("kommun", "stad"), ("kunta", "kaupunki")
#: Letters after which Swedish has no genitive of its own.
NO_GENITIVE = ("s", "x", "z")
#: Abbreviations of Swedish names, and what they stand for.
SAINT = {"S:t ": "Sankt ", "S:ta ": "Sankta "}
#: The old province after a Finnish name, such as `Koski Tl`.
PROVINCE = re.compile(r" [A-Z][a-z]$")


def municipal_index(bundle: Bundle) -> NameIndex:
    """The municipalities of a bundle, found by code or by any name."""
    columns = (bundle[column] for column in NAME_COLUMNS)
    names = zip(*([str(name).strip() for name in column] for column in columns), strict=True)
    return _index(tuple(map(str, bundle["code"])), tuple(names))


@lru_cache(maxsize=4)
def _index(codes: tuple[str, ...], names: tuple[tuple[str, ...], ...]) -> NameIndex:
    """The index of codes and their names in the order of `NAME_COLUMNS`, blank where there is none."""

    def entries() -> list[NameEntry]:
        return [municipal_entry(code, *called) for code, called in zip(codes, names, strict=True)]

    return NameIndex(codes, entries, REFUSAL, codes=True)


def municipal_entry(code: str, swedish: str, finnish: str, english: str) -> NameEntry:
    """What one municipality can be found by; a blank name is none."""
    names = tuple(dict.fromkeys(name for name in (swedish, finnish, english) if name))
    forms = [form for name in names for form in _legal_forms(name)]
    forms += _swedish_forms(swedish) if swedish else []
    forms += _finnish_forms(finnish) if finnish else []
    return NameEntry(code, names, tuple(dict.fromkeys(forms)))


def of_region(text: str, bundle: Bundle) -> list[int]:
    """Indices of the municipalities of the region that a text names in any language."""
    wanted = fold(text)
    columns = [bundle[column] for column in REGION_COLUMNS]
    return [
        at
        for at in range(len(bundle))
        if wanted and any(wanted == fold(str(column[at])) for column in columns)
    ]


def _legal_forms(name: str) -> Iterator[str]:
    """A name with the words of its legal form, whatever the languages of both."""
    yield from (f"{name} {word}" for word in AFTER)
    yield from (f"{word} {name}" for word in BEFORE)


def _swedish_forms(name: str) -> Iterator[str]:
    """The genitive of a Swedish name, alone and in an official name."""
    genitive = name if name.endswith(NO_GENITIVE) else f"{name}s"
    yield from _official(genitive, AFTER_SWEDISH)
    for short, whole in SAINT.items():
        if name.startswith(short):
            yield from (name.replace(short, whole), name.replace(":", ""))


def _finnish_forms(name: str) -> Iterator[str]:
    """The genitive of a Finnish name, alone and in an official name."""
    yield PROVINCE.sub("", name)
    yield f"{name}:n"
    yield from (f"{name}:n {word}" for word in AFTER_FINNISH)
    if name in _genitives():
        yield from _official(_genitives()[name], AFTER_FINNISH)


def _official(genitive: str, words: tuple[str, ...]) -> Iterator[str]:
    yield genitive
    yield from (f"{genitive} {word}" for word in words)


@cache
def _genitives() -> Mapping[str, str]:
    """The genitive of each Finnish name: no rule makes `Helsingin` of `Helsinki`."""
    return {row["name"]: row["genitive"] for row in rows("framsyn.places", "name_genitives.csv")}
