"""The data files of the page: which indicators it shows, how postures look, where a series breaks."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows, sections
from framsyn.i18n.translator import N_


class Look(NamedTuple):
    """How a posture is named and drawn; `dash` is an SVG dash pattern, blank = solid."""

    id: str
    label: str
    colour: str
    dash: str

    @property
    def dashes(self) -> list[int]:
        """The pattern as a chart takes it; a solid line is one without gaps."""
        return [int(part) for part in self.dash.split()] or [1, 0]


class Break(NamedTuple):
    """A year when the meaning of finance series changed, except in one region (English name)."""

    year: int
    label: str
    except_region: str


@cache
def breaks() -> tuple[Break, ...]:
    """The breaks of the finance series."""
    told = rows("framsyn.report", "breaks.csv")
    return tuple(Break(int(row["year"]), row["label"], row["except_region"]) for row in told)


@cache
def shown(section: str) -> dict[str, str]:
    """Indicator ids of one section of the page, each with a short explanation (may be blank)."""
    return {
        row["id"]: row["what"] for row in rows("framsyn.report", "shown.csv") if row["section"] == section
    }


#: The id of a strategy told in one line, which has no name of its own, and what it is called.
UNNAMED, OWN = "strategy_1", N_("Own strategy")


def looks(postures: Sequence[str], own: Sequence[str] = ()) -> dict[str, Look]:
    """Name, colour and dash of each posture; a user's own keeps its id as name where it has one.

    Args:
        postures: their ids.
        own: those that a user has written or changed, even where the id is that of a shipped one.
    """
    table = [Look(row["id"], row["label"], row["colour"], row["dash"]) for row in _looks()]
    known = {look.id: look for look in table if look.id and look.id not in own}
    spare = [look for look in table if not look.id]
    named = [posture for posture in postures if posture not in known]
    for number, posture in enumerate(named):
        label = OWN if posture == UNNAMED else posture
        known[posture] = spare[number % len(spare)]._replace(id=posture, label=label)
    return {posture: known[posture] for posture in postures}


@cache
def _looks() -> list[dict[str, str]]:
    return rows("framsyn.report", "postures.csv")


@cache
def visions() -> dict[str, dict[str, str]]:
    """What the brochure states of each posture and what is inferred, as message ids."""
    return {
        posture: {key: rule[key] for key in ("stated", "inferred")}
        for posture, rule in sections("framsyn.model", "postures.toml").items()
        if "stated" in rule and "inferred" in rule
    }


@cache
def core_tasks() -> dict[str, str]:
    """What each core task is called, as message ids."""
    return {row["id"]: row["label"] for row in rows("framsyn.model", "core_tasks.csv")}


@cache
def law_rules() -> dict[str, str]:
    """What the rules that can be carried beyond their last known year are called, as message ids."""
    return {row["id"]: row["label"] for row in rows("framsyn.report", "law_rules.csv")}
