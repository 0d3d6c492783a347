"""The lines and columns of the economic plan, from `plan_lines.csv`.

The eight core lines are those of the budget report to the State Treasury; the bridge lines are what lies
between them, so that a reader can see that the books tie.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple, get_args

from framsyn.core.name_index import NameEntry, NameIndex
from framsyn.datafile import rows
from framsyn.i18n.every_language import labels

#: The amended budget of the year before, the budget, and the two plan years after it.
COLUMNS = ("prior_year", "budget", "plan_1", "plan_2")
PRIOR = COLUMNS[0]
CORE, BRIDGE = "core", "bridge"

Status = Literal["model", "estimate", "assumed", "own_figure", "own_share", "missing"]
STATUSES: Mapping[str, Status] = {one: one for one in get_args(Status)}


class Line(NamedTuple):
    """A line of the plan.

    Attributes:
        id: stable, the first part of a cell's key.
        part: `core` or `bridge`.
        within: the line that it is a part of, blank where it stands by itself.
        label: message id.
        sign: −1 for what is taken off, 0 for what is told beside; amounts themselves are without sign.
        indicator: the indicator that it is read from, blank where the model has none.
        status: of the model's value: `model`, `assumed` or `missing`.
        reason: why it is assumed or missing; message id.
        share_of: the line that a share of the user's own is of, blank where none can be given.
    """

    id: str
    part: str
    within: str
    label: str
    sign: int
    indicator: str
    status: Status
    reason: str
    share_of: str


@cache
def lines() -> Mapping[str, Line]:
    """Every line by its id, in the order of the plan."""
    told = rows("framsyn.choose", "plan_lines.csv")
    return {
        row["id"]: Line(
            row["id"],
            row["part"],
            row["within"],
            row["label"],
            int(row["sign"]),
            row["indicator"],
            STATUSES[row["status"]],
            row["reason"],
            row["share_of"],
        )
        for row in told
    }


@lru_cache(maxsize=4)
def line_index(ids: tuple[str, ...]) -> NameIndex:
    """Lines of the plan by id or by label in any language."""
    return NameIndex(ids, lambda: [NameEntry(one, labels(lines()[one].label)) for one in ids])
