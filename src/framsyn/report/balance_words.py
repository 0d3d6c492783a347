"""What §§ 110 and 118 of the Municipal Act say of an economic plan, in sentences whose numbers are traced."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from framsyn.choose.plan import Plan
from framsyn.choose.plan_balance import Balance
from framsyn.choose.plan_lines import lines
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicators import indicators
from framsyn.report.document.traced import Number, Text, Trace, joined, phrase

EXEMPT = N_(
    "Åland has a municipal act of its own: what is said here of §§ 37, 110 and 118 is what the mainland's act"
    " would say."
)
PERCENT, THOUSANDS = "%", N_("thousand euros")
#: Any of the criteria of § 118.
ANY = "any_criterion"


def balance_texts(plan: Plan, words: Words, conduct: str = "") -> list[Text]:
    """What the act says of the plan, matter by matter.

    Args:
        plan: the plan.
        words: the language.
        conduct: what its strategy is called, for the traces.
    """
    told = _Balance(plan, words, conduct)
    exempt: list[Text] = [(words.gettext(EXEMPT),)] if plan.exempt else []
    matters = (told.sum(), told.by_year(), told.deficit(), told.criteria())
    return [*exempt, *(joined(one, " ") for one in matters)]


@dataclass(frozen=True)
class BalanceNumbers:
    """Traced numbers of a plan's balance."""

    plan: Plan
    words: Words
    conduct: str

    def share(self, indicator: str, of: str, value: float, year: int | None = None) -> Number:
        """A share of the worlds in whole per cent."""
        trace = self._trace(indicator, of, PERCENT, value, year)
        return Number(self.words.share(value), (value,), 0, trace)

    def amount(self, indicator: str, of: str, value: float, year: int | None = None) -> Number:
        """Thousand euros."""
        trace = self._trace(indicator, of, self.words.gettext(THOUSANDS), value, year)
        return Number(self.words.number(value), (value,), 0, trace)

    def total(self) -> Trace:
        """The sum of the plan's results with the interval of the model's."""
        balance = self.plan.balance
        ends = (math.nan if one is None else one for one in (balance.p10, balance.p90))
        low, high = ends
        return self._trace("result", "sum", self.words.gettext(THOUSANDS), balance.keur, None, low, high)

    def _trace(
        self,
        indicator: str,
        of: str,
        unit: str,
        value: float,
        year: int | None,
        low: float = math.nan,
        high: float = math.nan,
    ) -> Trace:
        label = self.words.gettext(_label(indicator))
        return Trace(
            "plan", indicator, label, self.plan.strategy, self.conduct, year, of, unit, value, low, high
        )


def _label(indicator: str) -> str:
    if indicator == ANY:
        return N_("A criterion of § 118")
    return lines()[indicator].label if indicator in lines() else indicators()[indicator].label


@dataclass(frozen=True)
class _Balance(BalanceNumbers):
    """The sentences, matter by matter."""

    @property
    def balance(self) -> Balance:
        return self.plan.balance

    def sum(self) -> Iterator[Text]:
        words, balance, total = self.words, self.balance, self.total()
        message = (
            N_(
                "§ 110: the plan {first}–{last} is in balance or surplus: its results sum to {sum} thousand"
                " euros."
            )
            if balance.balanced
            else N_("§ 110: the plan {first}–{last} is in deficit: its results sum to {sum} thousand euros.")
        )
        first, last = balance.years[0].year, balance.years[-1].year
        amount = Number(words.number(total.middle), (total.middle,), 0, total)
        yield phrase(words.gettext(message), first=str(first), last=str(last), sum=amount)
        if balance.p10 is not None and balance.p90 is not None:
            yield phrase(
                words.gettext(
                    N_("In the model's worlds 80% lie within {interval}, and {share} are at or above zero.")
                ),
                interval=Number(words.interval(total.low, total.high), (total.low, total.high), 0, total),
                share=self.share("result", "share_in_surplus", balance.in_surplus),
            )
        if balance.unsure and balance.standard_error is not None:
            yield phrase(
                words.gettext(
                    N_(
                        "The mean is sure to ±{error} only: draw more worlds to tell on which side of zero it"
                        " lies."
                    )
                ),
                error=self.amount("result", "two_standard_errors", 2 * balance.standard_error),
            )
        if balance.own:
            yield (
                words.gettext(
                    N_("Own figures are counted in the sum; shares of worlds are the model's alone.")
                ),
            )
        if not balance.balanced:
            yield (
                words.gettext(
                    N_("The act asks for a plan in balance or surplus: the council must decide on measures.")
                ),
            )

    def by_year(self) -> Iterator[Text]:
        told = [
            phrase(
                "{year} {share}",
                year=str(one.year),
                share=self.share("result", "share_in_surplus", one.in_surplus, one.year),
            )
            for one in self.balance.years
        ]
        message = self.words.gettext(N_("Share of worlds with a result at or above zero: {years}."))
        yield phrase(message, years=joined(told, ", "))

    def deficit(self) -> Iterator[Text]:
        words, balance = self.words, self.balance
        end = balance.years[-1]
        yield from self._opening()
        yield phrase(
            words.gettext(N_("At the end of {year} an accumulated deficit stands in {share} of the worlds.")),
            year=str(end.year),
            share=self.share("accumulated_surplus", "share_in_deficit", end.deficit, end.year),
        )
        if balance.deadlines is not None:
            first, last = balance.deadlines
            when = str(first) if first == last else f"{first}–{last}"
            yield phrase(words.gettext(N_("There it must be covered by the end of {years}.")), years=when)

    def _opening(self) -> Iterator[Text]:
        words, opening = self.words, self.balance.opening
        if opening is None:
            yield (words.gettext(N_("§ 110: there is no accumulated deficit at the start (estimate).")),)
            return
        yield phrase(
            words.gettext(
                N_(
                    "§ 110: the accumulated deficit at the end of {year}, {amount} thousand euros (estimate),"
                    " must be covered by the end of {deadline}, or earlier if it is older than that year."
                )
            ),
            year=str(opening.year),
            amount=self.amount("accumulated_surplus", "deficit", opening.keur, opening.year),
            deadline=str(opening.deadline),
        )
        yield (words.gettext(N_("The plan must name the measures that cover it.")),)
        if opening.covered is not None:
            yield phrase(
                words.gettext(N_("It is covered by then in {share} of the worlds.")),
                share=self.share("accumulated_surplus", "share_covered", opening.covered, opening.deadline),
            )

    def criteria(self) -> Iterator[Text]:
        words, balance = self.words, self.balance
        yield phrase(
            words.gettext(
                N_(
                    "§ 118: a criterion for the assessment procedure is met in some year of the plan in"
                    " {share} of the worlds."
                )
            ),
            share=self.share(ANY, "share_of_futures", balance.any_criterion),
        )
        if balance.any_criterion > 0.0:
            told = [
                phrase(
                    "{label} {share}",
                    label=words.gettext(indicators()[name].label),
                    share=self.share(name, "share_of_futures", share),
                )
                for name, share in balance.criteria.items()
            ]
            yield joined((joined(told, "; "), "."))
        yield (
            words.gettext(
                N_(
                    "The act looks at the municipal group: here its figures are the municipality's own, but"
                    " for loans."
                )
            ),
        )
