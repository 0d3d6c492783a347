"""The state grant of the whole country in a year, part by part, each with its status and its basis.

Since the decrees of 2023 and later are not read, costs of those years stand on the budget proposal of 2023:
the parts follow the law's `calculated_costs_eur`, which follows the index and new tasks. What the parts do
not explain of a published total is told as transition and other items, by difference.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from framsyn.errors import FramsynError
from framsyn.law import grants
from framsyn.law.age_prices import AGES, Floats
from framsyn.law.parameters import Law, Parameter

#: Parts of the calculated costs beside age, and the price of a criterion that has one.
CRITERIA = {
    "costs_morbidity_eur": "price_morbidity_eur",
    "costs_unemployment_eur": "price_unemployment_eur",
    "costs_bilingual_eur": "price_bilingual_eur",
    "costs_foreign_language_eur": "price_foreign_language_eur",
    "costs_density_eur": "price_density_eur",
    "costs_archipelago_eur": "price_archipelago_eur",
    "costs_part_archipelago_eur": "price_part_archipelago_eur",
    "costs_education_eur": "price_education_eur",
}
EMPLOYMENT = "costs_employment_services_eur"
PUBLISHED, DERIVED, COUNTED, BY_DIFFERENCE, HELD = "published", "derived", "counted", "by_difference", "held"
#: From the least to the most doubtful.
DOUBT = ("in_force", "proposed", "indicative", "assumption")


class Component(NamedTuple):
    """A part of the country's grant or of its calculated costs.

    Attributes:
        id: its name.
        eur: EUR a year.
        status: in_force, proposed, indicative or assumption.
        basis: published for this year; derived from parameters; counted from residents and prices;
            by_difference from a published total; held from the last year that has one.
    """

    id: str
    eur: float
    status: str
    basis: str


def calculated_parts(
    law: Law, year: int, residents: Floats, counts: Mapping[str, float] | None = None
) -> tuple[Component, ...]:
    """Calculated costs of the country by age class and criterion, EUR a year. Act 618/2021 §§ 6–12.

    The age part is spread on the classes by their prices and residents; a criterion is the published
    amount moved to the year, or price × count where a count is given.

    Args:
        law: the law.
        year: the grant's year, 2015 or later.
        residents: [age 0…100] residents under the law at the beginning of the year before.
        counts: persons, or coefficient × residents, by criterion (a key of `CRITERIA`).

    Raises:
        FramsynError: residents of another shape, an unknown criterion, or a year too early.
    """
    _check(residents, counts or {})
    moved = _moved(law, year)
    age = _part(law, "costs_age_eur", year, moved)
    prices = grants.scale_prices(law.age_prices(year), residents, age.eur)
    parts = [
        Component(
            f"costs_age_{one.first}_{one.last}_eur",
            float(prices[one.first : one.last + 1] @ residents[one.first : one.last + 1]),
            doubtful((age.status, one.status, "indicative")),
            COUNTED,
        )
        for one in law.classes(year)
    ]
    for identity, price in CRITERIA.items():
        if counts and identity in counts:
            parts.append(_counted(identity, law.value(price, year), counts[identity]))
        else:
            parts.append(_part(law, identity, year, moved))
    return (*parts, _part(law, EMPLOYMENT, year, _index_since(law, EMPLOYMENT, year)))


def national_grant(
    law: Law,
    year: int,
    residents: Floats,
    counts: Mapping[str, float] | None = None,
    equalisation_eur: float | None = None,
) -> tuple[Component, ...]:
    """The country's grant for basic services by part, EUR a year. Act 618/2021.

    The sum of the parts is the published total in a year that has one (`basic_grant_eur`), by
    construction: `transition` takes the difference. In other years it is held from the last such year.

    Args:
        law: the law.
        year: the grant's year, 2015 or later.
        residents: [age 0…100] residents under the law at the beginning of the year before.
        counts: as for `calculated_parts`.
        equalisation_eur: net tax-revenue equalisation, where it is known better than the law's figure.

    Raises:
        FramsynError: as for `calculated_parts`.
    """
    formula = by_formula(law, year, residents, counts, equalisation_eur)
    published = law.value("basic_grant_eur", year)
    if published.from_year == year:
        rest = published.value - total(formula)
        return (*formula, Component("transition", rest, published.status, BY_DIFFERENCE))
    return (*formula, _held_transition(law, published.from_year, residents))


def by_formula(
    law: Law,
    year: int,
    residents: Floats,
    counts: Mapping[str, float] | None = None,
    equalisation_eur: float | None = None,
) -> tuple[Component, ...]:
    """The parts of `national_grant` that rules give: all but transition and other items."""
    costs = calculated_parts(law, year, residents, counts)
    percentage = law.value("state_grant_pct", year)
    people = float(residents.sum())
    status = doubtful((law.value("calculated_costs_eur", year).status, percentage.status))
    if counts:
        status = doubtful((status, "indicative"))
    fixed = law.value("fixed_term_per_resident_eur", year)
    evened = _part(law, "equalisation_net_eur", year, 1.0)
    if equalisation_eur is not None:
        evened = Component(evened.id, equalisation_eur, "indicative", COUNTED)
    return (
        Component("by_percentage", grants.grant_of_costs(total(costs), percentage.value), status, DERIVED),
        _part(law, "add_ons_eur", year, _index_since(law, "add_ons_eur", year)),
        Component("fixed_term", grants.fixed_term(people, fixed.value), fixed.status, DERIVED),
        evened,
        _decisions(law, year),
    )


def total(parts: Sequence[Component]) -> float:
    """EUR a year of all the parts together."""
    return sum(part.eur for part in parts)


def per_resident(parts: Sequence[Component], residents: Floats) -> float:
    """Average of the parts together, EUR/resident; `residents` [age] of the country under the law."""
    return total(parts) / float(residents.sum())


def index_base(law: Law, year: int) -> float:
    """What an index of the grant works on, EUR: costs × grant percentage, and the add-ons.

    A published sum that an index yields, over the index, is this figure of the year before.
    """
    costs = law.value("calculated_costs_eur", year).value
    add_ons = law.value("add_ons_eur", year).value * _index_since(law, "add_ons_eur", year)
    return grants.grant_of_costs(costs, law.value("state_grant_pct", year).value) + add_ons


def derived_costs(law: Law, before: float, year: int, tasks_pp: float) -> float:
    """Calculated costs of `year` from those of the year before, EUR: with the index and new tasks.

    Ages and criteria are taken to weigh as before. Act 618/2021 § 21.

    Args:
        law: the law; its index of the year and grant percentage of the year before are used.
        before: calculated costs of the year before, EUR.
        year: the year.
        tasks_pp: what new tasks raise the grant percentage by, percentage points.
    """
    indexed = before * (1.0 + law.value("grant_index_pct", year).value / 100.0)
    old = law.value("state_grant_pct", year - 1).value
    return indexed + grants.cost_of_new_tasks(indexed, old, tasks_pp)


def doubtful(statuses: Sequence[str]) -> str:
    """The most doubtful of the statuses."""
    return max(statuses, key=DOUBT.index)


def _moved(law: Law, year: int) -> float:
    """Costs of `year`, less employment services, over those of the year from which the parts are known."""
    start = law.value("costs_age_eur", year).from_year

    def without(one: int) -> float:
        services = _part(law, EMPLOYMENT, one, _index_since(law, EMPLOYMENT, one))
        return law.value("calculated_costs_eur", one).value - services.eur

    return without(year) / without(start)


def _index_since(law: Law, identity: str, year: int) -> float:
    """Growth by the index from the year from which a parameter is known."""
    factor = 1.0
    for one in range(law.value(identity, year).from_year + 1, year + 1):
        index = law.value("grant_index_pct", one)
        factor *= 1.0 + (index.value / 100.0 if not index.carried else 0.0)
    return factor


def _part(law: Law, identity: str, year: int, moved: float) -> Component:
    known = law.value(identity, year)
    if known.from_year == year:
        basis = PUBLISHED if known.status in ("in_force", "proposed") else DERIVED
        return Component(identity, known.value, known.status, basis)
    return Component(identity, known.value * moved, doubtful((known.status, "indicative")), DERIVED)


def _counted(identity: str, price: Parameter, count: float) -> Component:
    return Component(identity, grants.persons_cost(price.value, count), price.status, COUNTED)


def _decisions(law: Law, year: int) -> Component:
    """National decisions that hold in the year."""
    made = [identity for identity in law.ids() if identity.startswith("decision_")]
    known = [law.value(identity, year) for identity in made if law.history(identity)[0].from_year <= year]
    statuses = [one.status for one in known if one.value] or ["in_force"]
    return Component("decisions", sum(one.value for one in known), doubtful(statuses), DERIVED)


def _held_transition(law: Law, start: int, residents: Floats) -> Component:
    """Transition items of `start`, the last year with a published total, held in euros."""
    then = law.value("basic_grant_eur", start).value - total(by_formula(law, start, residents))
    return Component("transition", then, "assumption", HELD)


def _check(residents: Floats, counts: Mapping[str, float]) -> None:
    if np.shape(residents) != (AGES,) or not np.all(np.asarray(residents) >= 0):
        raise FramsynError(
            "Residents by age must be {ages} numbers of 0 or more (ages 0–100), not an array of shape "
            "{shape}.",
            ages=AGES,
            shape=np.shape(residents),
        )
    unknown = sorted(set(counts) - set(CRITERIA))
    if unknown:
        raise FramsynError(
            "There is no criterion {id} of the state grant. There are: {known}.",
            id=unknown[0],
            known=", ".join(CRITERIA),
        )
