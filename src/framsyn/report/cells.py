"""One indicator value as a reader sees it, in the terminal and on the page alike."""

from dataclasses import dataclass

from framsyn.i18n.translator import Words
from framsyn.model.indicators import Indicator, indicators
from framsyn.report.summary import Summary

HEADLINES = (
    "population",
    "share_65_plus",
    "cash_flow_per_resident",
    "loans_per_resident",
)
OWN_DECIMALS = 1


@dataclass(frozen=True)
class Cells:
    """Formatted values of a summary in one language."""

    summary: Summary
    words: Words

    def indicator(self, name: str) -> Indicator:
        """The indicator's row, or a plain one for a name the model does not list."""
        own = Indicator(name, "", self.summary.units.get(name, ""), OWN_DECIMALS, "", False, "neither", name)
        return indicators().get(name, own)

    def has(self, name: str) -> bool:
        """Whether the dataset holds the indicator at all."""
        return name in self.summary.units

    def label(self, name: str) -> str:
        """What the indicator is called."""
        return self.words.gettext(self.indicator(name).label)

    def unit(self, name: str) -> str:
        """The unit in words, blank where there is none."""
        return self.words.gettext(self.indicator(name).unit)

    def number(self, name: str, value: float) -> str:
        """Any value of the indicator with its decimals, percent with its sign."""
        known = self.indicator(name)
        if known.unit == "%":
            return self.words.percent(value, known.decimals)
        return self.words.number(value, known.decimals)

    def now(self, name: str) -> str:
        """The base-year value."""
        return self.number(name, self.summary.now(name))

    def mid(self, name: str, posture: str, year: int) -> str:
        """The median."""
        return self.number(name, self.summary.at(name, posture, year).p50)

    def plain(self, name: str, posture: str, year: int) -> str:
        """The median without any sign of its unit, for a table whose heading tells it."""
        value = self.summary.at(name, posture, year).p50
        return self.words.number(value, self.indicator(name).decimals)

    def interval(self, name: str, posture: str, year: int) -> str:
        """The 80 % interval, p10 to p90."""
        spread = self.summary.at(name, posture, year)
        return self.words.interval(spread.p10, spread.p90, self.indicator(name).decimals)
