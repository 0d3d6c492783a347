"""What the kinds of report tell with: one municipality's numbers, tables and figures in one language."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from framsyn.choose.statute import Draft
from framsyn.datafile import rows
from framsyn.evaluate.standing import Reading
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.report import figures
from framsyn.report.command import own_postures
from framsyn.report.document.blocks import Block, Bullets, Column, Drawing, Figure, Paragraph, Row, Table
from framsyn.report.document.lever_numbers import LeverNumbers
from framsyn.report.document.numbers import Numbers
from framsyn.report.document.plan_numbers import PlanNumbers
from framsyn.report.document.present_numbers import PresentNumbers
from framsyn.report.document.traced import Text, Trace, phrase
from framsyn.report.kinds.material import Material
from framsyn.report.listing import looks

BANDS = N_("The line is the median; the dark band holds half of the worlds and the light band 80%.")
#: What stands beside a median.
MEDIANS = N_("Median, in brackets the interval that holds 80% of the futures.")
MONEY = N_("Money is in the prices of {year}.")
UNKNOWN = N_("– is not known.")
POINTS = N_("Changes of shares are in percentage points.")
FROM_TO = N_("{label}, {year}: from {low} ({lowest}) to {high} ({highest}) at the median.")
FROM_TO_UNSURE = N_(
    "{label}, {year}: from {low} ({lowest}) to {high} ({highest}) at the median; which of them is higher"
    " is not sure."
)
ACROSS = 3
INDICATOR_WIDTH, VALUE_WIDTH = 2.0, 1.4


@dataclass(frozen=True, eq=False)
class Telling:
    """One municipality told in one language."""

    material: Material
    words: Words

    @cached_property
    def numbers(self) -> Numbers:
        """Numbers of the futures."""
        return Numbers(self.material.futures, self.material.summary, self.words)

    @cached_property
    def present(self) -> PresentNumbers:
        """Numbers of today among the municipalities."""
        return PresentNumbers(self.words, self.material.base)

    @cached_property
    def plan(self) -> PlanNumbers:
        """Numbers of the economic plan."""
        return PlanNumbers(self.material.plan, self.conduct, self.words)

    @property
    def levers(self) -> LeverNumbers:
        """Numbers of the levers."""
        return LeverNumbers(self.words)

    @property
    def draft(self) -> Draft:
        """The headings of § 37."""
        return self.material.draft

    @property
    def name(self) -> str:
        """The municipality's name."""
        return self.material.municipality.name(self.words.lang)

    @property
    def strategy(self) -> str:
        """Id of the chosen strategy; going on as today where none is chosen."""
        return self.material.asked.strategy or AS_IS

    @property
    def compares(self) -> bool:
        """Whether a strategy is chosen that is another than going on as today."""
        return self.strategy != AS_IS

    @property
    def conduct(self) -> str:
        """What the strategy is called."""
        return self.numbers.names[self.strategy]

    @property
    def horizon(self) -> int:
        """The last year."""
        return self.numbers.last

    def reading_of(self, indicator: str) -> Reading:
        """Today's figure of an indicator of `dictionary.csv`, among the municipalities."""
        return next(one for one in self.material.evaluation.readings if one.indicator.id == indicator)

    def say(self, message: str, **parts: object) -> str:
        """A message in the language, filled."""
        return self.words.gettext(message).format(**parts)

    def named(self, indicator: str) -> str:
        """An indicator's name with its unit, where the numbers do not show it."""
        label, unit = self.numbers.cells.label(indicator), self.numbers.cells.unit(indicator)
        return label if unit in ("", "%") else f"{label}, {unit}"

    def value(self, indicator: str, posture: str, year: int) -> Text:
        """The median with its interval; – where it is not known."""
        if not math.isfinite(self.numbers.trace(indicator, posture, year).middle):
            return (NOT_KNOWN,)
        return self.numbers.with_interval(indicator, posture, year)

    def futures_table(self, indicators: Sequence[str], caption: str) -> Table:
        """Each indicator at the horizon under every posture."""
        numbers = self.numbers
        columns = [Column(self.words.gettext("Indicator"), numeric=False, width=INDICATOR_WIDTH)]
        columns += [Column(numbers.names[one], width=VALUE_WIDTH) for one in self.material.postures]
        told = tuple(
            Row(
                (
                    (self.named(one),),
                    *(self.value(one, posture, self.horizon) for posture in self.material.postures),
                )
            )
            for one in indicators
        )
        return Table(caption, tuple(columns), told, (self.reading(indicators),))

    def reading(self, indicators: Sequence[str], *, changes: bool = False) -> str:
        """How the numbers of a table are read, and where it tells changes, those of shares."""
        parts = [self.words.gettext(MEDIANS)]
        if changes and any(self.numbers.cells.indicator(one).unit == "%" for one in indicators):
            parts.append(self.words.gettext(POINTS))
        if any(self.numbers.cells.indicator(one).unit.startswith("EUR") for one in indicators):
            parts.append(self.say(MONEY, year=self.material.base))
        return " ".join(parts)

    def fan(self, indicator: str, postures: Sequence[str] | None = None) -> Figure:
        """The course of an indicator, a drawing for each posture on the same scale."""
        futures = self.material.futures
        looked = looks(postures or self.material.postures, own_postures(futures.attrs))
        region = str(futures.attrs.get("region_en") or futures.attrs.get("region_sv") or "")
        cells, history = self.numbers.cells, self.material.history
        made = figures.fan_figure(indicator, cells, list(looked.values()), history, region)
        drawings = tuple(
            Drawing(panel, self.numbers.names[panel.look.id] if panel.look else "") for panel in made.panels
        )
        caption = f"{self.named(indicator)}, {self.numbers.base}–{self.horizon}"
        return Figure(caption, drawings, (self.words.gettext(BANDS),), min(ACROSS, len(drawings)))

    def extremes(self, indicator: str) -> Text:
        """Between which postures the medians of the horizon lie."""
        numbers, year = self.numbers, self.horizon
        medians = {one: numbers.trace(indicator, one, year).middle for one in self.material.postures}
        low, high = min(medians, key=medians.__getitem__), max(medians, key=medians.__getitem__)
        least, most = numbers.middle(indicator, low, year), numbers.middle(indicator, high, year)
        if least.text == most.text:
            message = N_("{label}, {year}: {value} at the median whatever the posture.")
            return phrase(
                self.words.gettext(message), label=self.named(indicator), year=str(year), value=least
            )
        message = FROM_TO if self._sure(indicator, low, high) else FROM_TO_UNSURE
        return phrase(
            self.words.gettext(message),
            label=self.named(indicator),
            year=str(year),
            low=least,
            lowest=numbers.names[low],
            high=most,
            highest=numbers.names[high],
        )

    def _sure(self, indicator: str, low: str, high: str) -> bool:
        """Whether one posture lies above another in at least nine of ten futures."""
        place = self.horizon - self.material.base
        least, most = (self.numbers.lives(indicator, one)[:, place] for one in (low, high))
        return bool(np.quantile(most - least, 0.1) > 0.0)

    def points(self, trace: Trace, decimals: int) -> Text:
        """A change or difference with its sign and interval; of a share in percentage points."""
        one = trace
        if trace.unit == "%":
            one = replace(trace, unit=self.words.gettext(N_("percentage points")))
        numbers = self.numbers
        return numbers.beside(numbers.shown(one, decimals, signed=True), numbers.ends(one, decimals))

    def write(self, message: str, place: str) -> list[Block]:
        """A place where the municipality writes, with the questions that it may answer there."""
        questions = rows("framsyn.report", "questions.csv")
        asked = [one["question"] for one in questions if one["place"] == place]
        blocks: list[Block] = [Paragraph((self.words.gettext(message),), "write")]
        return [Bullets(tuple((self.words.gettext(one),) for one in asked)), *blocks] if asked else blocks
