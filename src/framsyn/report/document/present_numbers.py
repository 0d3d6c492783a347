"""Traced numbers of the present: published and estimated figures, and their place among municipalities."""

import math
import re
from dataclasses import dataclass

from framsyn.evaluate.figures import figure_years
from framsyn.evaluate.standing import Evaluation, Reading
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.evaluation import value_of
from framsyn.report.words import NOT_KNOWN, Words

#: Places among others are told in whole numbers from 0 to 100.
PLACE_DECIMALS = 0
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class PresentNumbers:
    """Traced numbers of one municipality's evaluation.

    Attributes:
        evaluation: every indicator of the dictionary, read.
        words: the language.
    """

    evaluation: Evaluation
    words: Words

    def reading(self, indicator: str) -> Reading:
        """One indicator of the dictionary."""
        return next(one for one in self.evaluation.readings if one.indicator.id == indicator)

    def label(self, indicator: str) -> str:
        """What it is called, with its unit where the numbers do not show it."""
        one = self.reading(indicator).indicator
        unit = self.words.gettext(one.unit)
        label = self.words.gettext(one.label)
        return label if unit == "%" else f"{label}, {unit}"

    def value(self, indicator: str) -> Text:
        """The value; – where it is not published."""
        return self._of(indicator, "value", self.reading(indicator).value)

    def peer_median(self, indicator: str) -> Text:
        """The median of the peers."""
        return self._of(indicator, "peer_median", self.reading(indicator).peer_median)

    def place(self, indicator: str, *, peers: bool = False) -> Text:
        """The place 0–100: 100 is the best; in brackets the share that have less, where neither is better."""
        one = self.reading(indicator)
        prefix = "peer_" if peers else ""
        score = one.peer_score if peers else one.score
        if math.isfinite(score):
            return (self._place(one, f"{prefix}score", score),)
        share = one.peer_percentile if peers else one.percentile
        if not math.isfinite(share):
            return (NOT_KNOWN,)
        return phrase("({place})", place=self._place(one, f"{prefix}percentile", share))

    def year(self, indicator: str) -> int | None:
        """The latest year of what it is made of."""
        formula = self.reading(indicator).indicator.formula
        years = YEAR.findall(" ".join(figure_years(self.evaluation.municipality.bundle, formula)))
        return max(map(int, years)) if years else None

    def _of(self, indicator: str, of: str, value: float) -> Text:
        one = self.reading(indicator)
        if not math.isfinite(value):
            return (NOT_KNOWN,)
        trace = self._trace(one, of, self.words.gettext(one.indicator.unit), value)
        return (Number(value_of(one, value, self.words), (value,), one.indicator.decimals, trace),)

    def _place(self, one: Reading, of: str, value: float) -> Number:
        trace = self._trace(one, of, "", value)
        return Number(self.words.number(value, PLACE_DECIMALS), (value,), PLACE_DECIMALS, trace)

    def _trace(self, one: Reading, of: str, unit: str, value: float) -> Trace:
        indicator, label = one.indicator.id, self.words.gettext(one.indicator.label)
        return Trace("present", indicator, label, year=self.year(indicator), of=of, unit=unit, middle=value)
