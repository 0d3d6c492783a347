"""Traced numbers of what is published of a municipality today, and of its place among others."""

import math
from dataclasses import dataclass

from framsyn.evaluate.standing import Reading
from framsyn.i18n.translator import Words
from framsyn.report.document.traced import Number, Trace


@dataclass(frozen=True)
class PresentNumbers:
    """Numbers of the readings of one municipality.

    Attributes:
        words: the language.
        year: the base year, for which the figures are told.
    """

    words: Words
    year: int

    def value(self, one: Reading) -> Number:
        """The value; per cent with its sign; `–` where it is not published."""
        return self._valued(one, one.value, "value")

    def peer_median(self, one: Reading) -> Number:
        """The median of the peers' known values."""
        return self._valued(one, one.peer_median, "peer_median")

    def place(self, one: Reading, *, peers: bool) -> Number:
        """The place 0–100 among all or among the peers: the score, else, in brackets, the percentile.

        In brackets is what is neither better nor worse.
        """
        score = one.peer_score if peers else one.score
        percentile = one.peer_percentile if peers else one.percentile
        judged = math.isfinite(score)
        of = f"{'peer_' if peers else ''}{'score' if judged else 'percentile'}"
        value = score if judged else percentile
        text = self.words.number(value)
        if not judged and math.isfinite(value):
            text = f"({text})"
        return Number(text, (value,), 0, self._trace(one, value, of, ""))

    def _valued(self, one: Reading, value: float, of: str) -> Number:
        decimals, unit = one.indicator.decimals, self.words.gettext(one.indicator.unit)
        shown = self.words.percent if one.indicator.unit == "%" else self.words.number
        return Number(shown(value, decimals), (value,), decimals, self._trace(one, value, of, unit))

    def _trace(self, one: Reading, value: float, of: str, unit: str) -> Trace:
        label = self.words.gettext(one.indicator.label)
        return Trace("present", one.indicator.id, label, year=self.year, of=of, unit=unit, middle=value)
