"""Traced numbers of levers: within which bounds a council can set them, and what a strategy sets."""

from dataclasses import dataclass

from framsyn.choose.lever_settings import LeverSet, Value
from framsyn.choose.levers import Lever
from framsyn.i18n.translator import N_, Words
from framsyn.report.document.traced import Number, Text, Trace, joined, phrase
from framsyn.report.strategy_words import lever_decimals, setting


@dataclass(frozen=True)
class LeverNumbers:
    """Traced numbers of levers in one language."""

    words: Words

    def bounds(self, lever: Lever) -> Text:
        """Lowest and highest value with the unit; what a choice lies between."""
        if lever.kind == "choice":
            return ("; ".join(setting(lever, one, self.words) for one in lever.choices),)
        return phrase(
            self.words.gettext(N_("{low} to {high} ({unit})")),
            low=self._number(lever, lever.low, "low"),
            high=self._number(lever, lever.high, "high"),
            unit=self.words.gettext(lever.unit),
        )

    def today(self, told: LeverSet) -> Text:
        """The value when going on as today."""
        return self._value(told.lever, told.today, "as_is", self.words.gettext("As today"), None)

    def phases(self, told: LeverSet, posture: str, conduct: str) -> Text:
        """What a strategy sets, with the year of every change."""
        pieces: list[Text] = []
        for place, (year, value) in enumerate(told.phases):
            text = self._value(told.lever, value, posture, conduct, year)
            template = self.words.gettext("from {year}: {value}")
            pieces.append(phrase(template, year=str(year), value=text) if place else text)
        return joined(pieces, "; ")

    def lead_years(self, lever: Lever) -> Number:
        """Years from the decision to the first in which it can act."""
        years = float(lever.lead_years)
        trace = self._trace(lever, "lead_years", "", "", None, years)
        return Number(self.words.number(years), (years,), 0, trace)

    def _value(self, lever: Lever, value: Value, posture: str, conduct: str, year: int | None) -> Text:
        if isinstance(value, tuple):
            return joined(
                [
                    self._single(lever, one, f"set_{place}", posture, conduct, year)
                    for place, one in enumerate(value, start=1)
                ],
                " / ",
            )
        return self._single(lever, value, "set", posture, conduct, year)

    def _single(
        self, lever: Lever, value: float | str, of: str, posture: str, conduct: str, year: int | None
    ) -> Text:
        if lever.kind == "choice" or isinstance(value, str):
            return (setting(lever, value, self.words),)
        trace = self._trace(lever, of, posture, conduct, year, value)
        decimals = lever_decimals(lever, value)
        return (Number(self.words.number(value, decimals), (value,), decimals, trace),)

    def _number(self, lever: Lever, value: float, of: str) -> Number:
        trace = self._trace(lever, of, "", "", None, value)
        decimals = lever_decimals(lever, value)
        return Number(self.words.number(value, decimals), (value,), decimals, trace)

    def _trace(
        self, lever: Lever, of: str, posture: str, conduct: str, year: int | None, value: float
    ) -> Trace:
        label, unit = self.words.gettext(lever.label), self.words.gettext(lever.unit)
        return Trace("settings", lever.id, label, posture, conduct, year, of, unit, value)
