"""What a cause rests on: effects of the register, law, parameters of the worlds, facts of the bundle."""

from typing import NamedTuple

from framsyn.datafile import rows
from framsyn.evaluate.causes import Cause
from framsyn.evidence.register import Effect, effect
from framsyn.foresee.postures import areas
from framsyn.law.parameters import Law, Parameter
from framsyn.places.municipality import STATUSES, Fact, Municipality

#: Law that does not reach self-governing regions: their grant follows residents and prices alone.
LAW_OF_THE_GRANT = ("state_grant_", "fixed_term_", "decision_", "equalisation_")
#: What stands for the areas in the id of a fact.
EVERY_AREA = "*"


class Ruled(NamedTuple):
    """A law parameter as it stands in the base year, None where there was none yet, and in the year told."""

    then: Parameter | None
    now: Parameter


class WorldParameter(NamedTuple):
    """A parameter of the draws of worlds; `status` is observed, estimated or assumed."""

    id: str
    value: float
    unit: str
    status: str
    source: str


def evidence_behind(cause: Cause) -> tuple[Effect, ...]:
    """The effects of the register that the cause works through."""
    return tuple(effect(identity) for identity in cause.evidence)


def law_behind(cause: Cause, m: Municipality, law: Law, year: int) -> tuple[Ruled, ...]:
    """The law parameters that the cause works through, where they reach the municipality by `year`."""
    reached = bool(m.bundle["state_grant_by_law"][m.index])
    told = []
    for identity in cause.law:
        first = law.history(identity)[0].from_year
        if first > year or (identity.startswith(LAW_OF_THE_GRANT) and not reached):
            continue
        then = law.value(identity, m.bundle.base_year) if first <= m.bundle.base_year else None
        told.append(Ruled(then, law.value(identity, year)))
    return tuple(told)


def parameters_behind(cause: Cause, m: Municipality) -> tuple[WorldParameter, ...]:
    """The parameters of the draws that the cause works through: the bundle's own, else the shipped."""
    shipped = {row["id"]: row for row in rows("framsyn.foresee", "world_parameters.csv")}
    calibrated = {**m.bundle.manifest["economy"], **m.bundle.manifest["uncertainty"]}
    found = []
    for identity in cause.parameters:
        row = calibrated.get(identity) or shipped[identity]
        status = row["status"] if isinstance(row["status"], str) else STATUSES[row["status"]]
        found.append(WorldParameter(identity, float(row["value"]), row["unit"], status, row["source"]))
    return tuple(found)


def facts_behind(cause: Cause, m: Municipality) -> tuple[Fact, ...]:
    """The facts of the bundle that the cause works through."""
    return tuple(m.fact(fact) for told in cause.facts for fact in facts_told(told))


def facts_told(told: str) -> tuple[str, ...]:
    """The fact of that id; `cost_*` and `income_*` mean those of every area."""
    kind = told.removesuffix(EVERY_AREA)
    return (told,) if kind == told else tuple(f"{kind}{area}" for area in areas())
