"""What a strategy sets each lever to, phase by phase, beside what holds today."""

from dataclasses import dataclass

from framsyn.choose.levers import Lever, levers
from framsyn.foresee.postures import AS_IS, Posture, areas, phases_of, rule_of, shipped
from framsyn.model.layout import PARTICIPATION, Place

#: A value of a lever: a number, a choice, or several numbers where its areas differ.
Value = float | str | tuple[float, ...]
PROGRAMMES = ("digital", "engagement")


@dataclass(frozen=True)
class LeverSet:
    """One lever of a strategy.

    Attributes:
        lever: which.
        today: its value when going on as today.
        phases: the first year of each phase and the value from then on; only phases that change it.
    """

    lever: Lever
    today: Value
    phases: tuple[tuple[int, Value], ...]

    @property
    def moved(self) -> bool:
        """Whether the strategy ever sets it otherwise than today."""
        return any(value != self.today for _, value in self.phases)


def lever_set(identity: str, posture: Posture, place: Place, first_year: int) -> LeverSet:
    """What a strategy sets one lever to.

    Args:
        identity: of the lever.
        posture: the strategy.
        place: the municipality, which tells what is spent today.
        first_year: the first year lived.
    """
    lever = levers()[identity]
    told: list[tuple[int, Value]] = []
    for year, phase in phases_of(posture):
        value = _value(lever, phase, place)
        if not told or told[-1][1] != value:
            told.append((max(year, first_year), value))
    return LeverSet(lever, _value(lever, shipped()[AS_IS], place), tuple(told))


def _value(lever: Lever, posture: Posture, place: Place) -> Value:
    """The lever's value in one phase; a core task's areas have its ambition."""
    if lever.id == "core_ambition" and not posture.core_task:
        return ""
    if lever.id in PROGRAMMES:
        return _programme(lever.id, getattr(posture, lever.id), place)
    ambition = rule_of(posture).ambition
    found = [
        float(ambition[areas().index(name.removeprefix("ambition."))])
        if name.startswith("ambition.")
        else getattr(posture, name)
        for name in lever.fields
    ]
    return found[0] if len(set(found)) == 1 else tuple(found)


def _programme(name: str, told: float, place: Place) -> float:
    """Euros per resident a year; what is spent today where the strategy leaves it."""
    if told >= 0.0:
        return told
    residents = float(place.population.sum())
    return place.digital if name == "digital" else float(place.costs[PARTICIPATION]) / residents
