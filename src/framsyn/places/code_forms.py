"""Codes of municipalities and regions in the forms in which offices and spreadsheets write them.

`KU005` and `MK21` are Statistics Finland's, `FI-545` that of exchange formats, `5` what a spreadsheet leaves
of `005`. A code of another form, such as `SE-0114`, is what it is.
"""

import re
from collections.abc import Iterable, Mapping

import polars as pl

_FORM = re.compile(r"(?P<prefix>KU|MK|FI-?)?(?P<digits>[0-9]{1,4})(?:\.0)?", re.IGNORECASE)


def normal_code(text: str, known: Mapping[str, str], width: int = 0) -> str:
    """A code as the municipalities have it.

    Args:
        text: the code as it is written.
        known: the codes of the municipalities by their digits without leading zeros (`by_digits`).
        width: how many digits an unknown code is filled to; 0 = it is left as it is written.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return text
    digits = found["digits"].lstrip("0") or "0"
    return known.get(digits) or (digits.zfill(width) if width else text)


def by_digits(codes: Iterable[str]) -> dict[str, str]:
    """The codes that are digits alone, by their digits without leading zeros; none that two codes share."""
    found: dict[str, list[str]] = {}
    for code in codes:
        if code.isascii() and code.isdigit():
            found.setdefault(code.lstrip("0") or "0", []).append(code)
    return {digits: same[0] for digits, same in found.items() if len(same) == 1}


def normal_codes(column: pl.Series, codes: Iterable[str]) -> pl.Series:
    """A column of codes as the municipalities have them."""
    wanted = set(codes)
    known = by_digits(wanted)
    widths = {len(code) for code in wanted} if len(known) == len(wanted) else set()
    width = widths.pop() if len(widths) == 1 else 0
    others = [code for code in column.drop_nulls().unique().to_list() if code not in wanted]
    return column.replace({code: normal_code(code, known, width) for code in others})


def own_codes(column: pl.Series) -> pl.Series:
    """The column of codes that names the municipalities or their regions, in one form.

    Prefixes go; where codes have leading zeros, or prefixes, those without get theirs back.
    """
    found = {code: _FORM.fullmatch(code) for code in column.drop_nulls().unique().to_list()}
    forms = {code: form for code, form in found.items() if form is not None}
    if not any(form["prefix"] or form["digits"].startswith("0") for form in forms.values()):
        return column
    width = max(len(form["digits"]) for form in forms.values())
    return column.replace({code: form["digits"].zfill(width) for code, form in forms.items()})
