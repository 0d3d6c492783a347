"""Numbers that know where they come from, and texts that hold them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class Trace:
    """What a number is of.

    Attributes:
        dataset: what holds it: `futures`, `forecast`, `present`, `warning`, `signposts`, `levers`,
            `position`, `plan`, `strategy` or `law`.
        indicator: id in that dataset.
        label: what it is called, in the reader's language.
        posture: id of the posture; blank where the number hangs on none.
        conduct: what the posture is called, in the reader's language.
        year: calendar year; None where the number is of no single year.
        of: what was reckoned of the indicator: `value`, `change`, `change_percent`, `difference`,
            `difference_percent`, `share_of_futures`, `percentile` and the like.
        unit: of the numbers below, in the reader's language; blank where there is none.
        middle: the median over the futures, or the number itself where it has no interval.
        low, high: the ends of the 80 % interval; NaN where there is none.
    """

    dataset: str
    indicator: str
    label: str
    posture: str = ""
    conduct: str = ""
    year: int | None = None
    of: str = "value"
    unit: str = ""
    middle: float = math.nan
    low: float = math.nan
    high: float = math.nan

    @property
    def key(self) -> tuple[str, str, str, int | None, str]:
        """What it is known by: dataset, indicator, posture, year, what was reckoned."""
        return self.dataset, self.indicator, self.posture, self.year, self.of


@dataclass(frozen=True)
class Number:
    """A number as it is read, with what it shows.

    Attributes:
        text: as set in the reader's language, with any sign and per cent; may hold two ends of an interval.
        shown: the values that stand in the text, in its order, as they are before rounding.
        decimals: with which they are shown; −1 where each value has its own.
        trace: where it comes from.
    """

    text: str
    shown: tuple[float, ...]
    decimals: int
    trace: Trace


#: A text: words and traced numbers in the order of reading.
Text = tuple[str | Number, ...]


def phrase(template: str, **parts: "str | Number | Text") -> Text:
    """A translated template filled with words, numbers and texts, each number keeping its trace.

    >>> phrase("{name} grows", name="Närpes")
    ('Närpes grows',)
    """
    pieces: list[str | Number] = []
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            pieces.append(literal)
        if name is not None:
            part = parts[name]
            pieces.extend(part if isinstance(part, tuple) else (part,))
    return joined(pieces)


def joined(pieces: "Iterable[str | Number | Text]", between: str = "") -> Text:
    """The pieces as one text, with words that stand beside each other run together."""
    made: list[str | Number] = []
    for place, piece in enumerate(pieces):
        for one in ((between,) if place and between else ()) + (
            piece if isinstance(piece, tuple) else (piece,)
        ):
            if isinstance(one, str) and made and isinstance(made[-1], str):
                made[-1] += one
            elif one != "":
                made.append(one)
    return tuple(made)


def capitalised(text: Text) -> Text:
    """The text with its first letter as a capital."""
    first, *rest = text or ("",)
    return (first[:1].upper() + first[1:], *rest) if isinstance(first, str) else text


def plain(text: Text) -> str:
    """The text as it is read."""
    return "".join(one if isinstance(one, str) else one.text for one in text)


def numbers_in(text: Text) -> list[Number]:
    """The numbers of a text in the order of reading."""
    return [one for one in text if isinstance(one, Number)]
