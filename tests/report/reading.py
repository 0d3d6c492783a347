"""Reading a report back: its texts, and the numbers that stand in them, as a reader of a language would."""

import math
import re
from html.parser import HTMLParser

from framsyn.report.document.traced import Number

#: A number in a text: digits in groups of three, and decimals.
NUMERAL = r"[−-]?\d{1,3}(?:[\u00a0\u202f,]\d{3})+(?:[.,]\d+)?|[−-]?\d+(?:[.,]\d+)?"
DECIMAL = {"sv": ",", "fi": ",", "en": "."}


def numerals(text: str, lang: str) -> list[float]:
    """The numbers in a text, as the language writes them."""
    mark = DECIMAL[lang]
    groups = "\u00a0\u202f" if mark == "," else ","
    pattern = rf"[−-]?\d+(?:[{groups}]\d{{3}})*(?:{re.escape(mark)}\d+)?"
    found = re.findall(pattern, text.replace("–", " – "))
    return [float(re.sub(rf"[{groups}]", "", one).replace("−", "-").replace(mark, ".")) for one in found]


def shows(number: Number, lang: str) -> bool:
    """Whether the text of a number is its values rounded to its decimals."""
    if number.text[:1] in "<>":
        bound = numerals(number.text[1:], lang)[0]
        return all(value < bound if number.text[0] == "<" else value > bound for value in number.shown)
    known = [value for value in number.shown if math.isfinite(value)]
    if len(known) < len(number.shown):
        return number.text == "–"
    read = numerals(number.text, lang)
    if number.decimals < 0:
        return len(read) >= len(known)
    half = 0.5 * 10.0**-number.decimals
    return len(read) == len(known) and all(
        abs(a - b) <= half * (1 + 1e-6) for a, b in zip(read, known, strict=True)
    )


class Page(HTMLParser):
    """The traced numbers of a page with what they say of themselves, and all other text."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.numbers: list[tuple[dict[str, str], str]] = []
        self.bare: list[str] = []
        self.lang = ""
        self._within: dict[str, str] | None = None
        self._skipped = 0
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        self.lang = told.get("lang", self.lang) if tag == "html" else self.lang
        if tag in ("style", "svg", "code"):
            self._skipped += 1
        if "data-dataset" in told:
            self._within = told

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "svg", "code"):
            self._skipped -= 1
        if tag == "span":
            self._within = None

    def handle_data(self, data: str) -> None:
        if self._within is not None:
            self.numbers.append((self._within, data))
        elif not self._skipped and data.strip():
            self.bare.append(data)
