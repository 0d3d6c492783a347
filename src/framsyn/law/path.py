"""The rules over the years that a life is lived: arrays by year, and what is carried into the future."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.law.parameters import Law
from framsyn.law.taxes import corporate_tax_factor

Floats = NDArray[np.float64]

#: § 118 limits in the order of `LawPath.limits`.
LIMITS = (
    "assessment_deficit_eur",
    "assessment_deficit_before_eur",
    "assessment_margin_to_depreciation",
    "assessment_tax_above_mean_pp",
    "assessment_debt_to_mean",
    "assessment_servicing_coverage",
    "assessment_instalment_years",
)
#: National decisions on the grant, euros of the whole country.
DECISIONS = (
    "decision_proportional_cut_eur",
    "decision_index_brake_eur",
    "decision_cost_sharing_eur",
    "decision_social_assistance_eur",
    "decision_new_tasks_eur",
)
RULES = (
    "state_grant_pct",
    "fixed_term_per_resident_eur",
    "corporate_tax_pct",
    "corporate_tax_municipal_share_pct",
    "income_tax_mean_pct",
    "equalisation_added_share",
    "equalisation_deducted_share",
    "deficit_cover_years",
)


class LawPath(NamedTuple):
    """The rules by year, index 0 = base year; money in nominal euros of the year.

    Attributes:
        grant_share: [year] state grant percentage / 100; Act 618/2021 § 21.
        fixed_term: [year] fixed-term addition (+) or deduction (−), EUR/resident; Act 618/2021 § 32.
        decided: [year] other national decisions on the grant known by the year, EUR/resident, over those
            that held in the base year; a decision holds on until another row ends it.
        corporate_factor: [year] municipalities' corporate tax under the year's rate and share over that of
            the base year, with the same profits; Act 532/1998 §§ 12 and 12 f.
        mean_income_tax_rate: [year] income-weighted mean rate, percent.
        equalisation_added: [year] share of the gap below the mean that is added.
        equalisation_deducted: [year] share of the excess above the mean that is taken.
        cover_years: [year] years to cover a deficit; Municipal Act § 110.
        limits: [7] § 118 as of the year after the base year: deficit and deficit the year before
            (EUR/resident), margin / depreciation, tax above mean (percentage points), debt to mean,
            servicing coverage, instalment years. The servicing coverage became a limit in 2022; before
            that its first limit stands.
    """

    grant_share: Floats
    fixed_term: Floats
    decided: Floats
    corporate_factor: Floats
    mean_income_tax_rate: Floats
    equalisation_added: Floats
    equalisation_deducted: Floats
    cover_years: Floats
    limits: Floats


class Carried(NamedTuple):
    """A rule set year by year that is carried beyond its last known year.

    Attributes:
        id: the parameter.
        last_year: the last year for which it is known; its value stands in for the later years.
        value: that value, in `unit`.
        unit: its unit.
        status: in_force, proposed, indicative or assumption.
        sentence: key of the sentence that says so: `carried_` and the status.
    """

    id: str
    last_year: int
    value: float
    unit: str
    status: str
    sentence: str


def law_path(law: Law, base_year: int, years: int, residents: float) -> tuple[LawPath, tuple[Carried, ...]]:
    """The rules of the base year and `years` years after it, and every rule that is carried forward.

    Args:
        law: the standing law or an edited copy.
        base_year: the year in which lives begin.
        years: years after it, 0 or more.
        residents: the country's residents, who share the national decisions in euros.

    Raises:
        FramsynError: a number that cannot stand, or a rule that is not known as early as `base_year`.
    """
    if years < 0 or not residents > 0:
        raise FramsynError(
            "A path of law takes 0 years or more and residents above 0, not {years} and {residents}.",
            years=years,
            residents=residents,
        )
    span = range(base_year, base_year + years + 1)

    def values(identity: str) -> Floats:
        return np.array([law.value(identity, year).value for year in span])

    corporate = corporate_tax_factor(
        values("corporate_tax_pct"),
        values("corporate_tax_municipal_share_pct"),
        law.value("corporate_tax_pct", base_year).value,
        law.value("corporate_tax_municipal_share_pct", base_year).value,
    )
    path = LawPath(
        grant_share=values("state_grant_pct") / 100.0,
        fixed_term=values("fixed_term_per_resident_eur"),
        decided=decided_per_resident(law, span, residents),
        corporate_factor=corporate,
        mean_income_tax_rate=values("income_tax_mean_pct"),
        equalisation_added=values("equalisation_added_share"),
        equalisation_deducted=values("equalisation_deducted_share"),
        cover_years=values("deficit_cover_years"),
        limits=np.array([_limit(law, identity, base_year + 1) for identity in LIMITS]),
    )
    return path, carried_rules(law, RULES, span)


def decided_per_resident(law: Law, span: range, residents: float) -> Floats:
    """[year] national decisions on the grant over those of the first year, EUR/resident."""
    totals = np.array([sum(_decision(law, identity, year) for identity in DECISIONS) for year in span])
    return np.asarray((totals - totals[0]) / residents, dtype=np.float64)


def carried_rules(law: Law, identities: Iterable[str], span: range) -> tuple[Carried, ...]:
    """Which of the rules are carried into the last year of `span` from an earlier one."""
    last = [law.value(identity, span[-1]) for identity in identities]
    return tuple(
        Carried(rule.id, rule.from_year, rule.value, rule.unit, rule.status, f"carried_{rule.status}")
        for rule in last
        if rule.carried
    )


def _decision(law: Law, identity: str, year: int) -> float:
    """Euros of a decision in a year; none before it is made."""
    made = law.history(identity)[0].from_year
    return law.value(identity, year).value if year >= made else 0.0


def _limit(law: Law, identity: str, year: int) -> float:
    return law.value(identity, max(year, law.history(identity)[0].from_year)).value
