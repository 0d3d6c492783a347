"""The economic plan of a chosen strategy, § 110 of the Municipal Act: eight lines by four columns.

Thousand euros of each year (current prices); a value is the mean over the worlds, so that sums tie, and
beside it stands the interval that holds 80 % of them. What the model does not know is missing with its
reason, never zero, unless the municipality has given a figure of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from framsyn.calibrate.anchors import anchor
from framsyn.choose.chosen import Chosen
from framsyn.choose.own_figures import OwnFigures
from framsyn.choose.plan_balance import Balance, balance_of
from framsyn.choose.plan_lines import COLUMNS, CORE, PRIOR, Line, Status, lines
from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.model.layout import Floats

#: The budget decided by 31 December of the year after the base year.
USUAL_AHEAD = 2
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Cell:
    """One amount of the plan.

    Attributes:
        line, column, year: where it stands.
        keur: thousand euros of the year; None = missing.
        p10, p90: the interval that holds 80 % of the worlds; None for an own figure or a single world.
        status: model, estimate (the model's, where an amended budget belongs), assumed, own_figure,
            own_share (the model's line times a share of the municipality's own) or missing.
        reason: message id of what is particular to the line; blank where its status tells all.
    """

    line: str
    column: str
    year: int
    keur: float | None
    p10: float | None
    p90: float | None
    status: Status
    reason: str = ""

    @property
    def key(self) -> str:
        """The cell's stable key, such as `annual_margin.budget`."""
        return f"{self.line}.{self.column}"


@dataclass(frozen=True)
class Plan:
    """The plan of one municipality and strategy.

    Attributes:
        code, strategy: the municipality's code and the strategy's id.
        names: the municipality's name by language.
        base_year, budget_year, draws, seed: what it was made from.
        bundle_version: of the start.
        exempt: whether the municipality has a municipal act of its own (Åland), so that §§ 110 and 118 of
            the mainland's act tell only what they would say.
        cells: by key, in the order of lines and columns.
        balance: the checks of §§ 110 and 118.
    """

    code: str
    strategy: str
    names: Mapping[str, str]
    base_year: int
    budget_year: int
    draws: int
    seed: int
    bundle_version: str
    exempt: bool
    cells: Mapping[str, Cell]
    balance: Balance

    @property
    def years(self) -> dict[str, int]:
        """The year of each column."""
        return years_of(self.budget_year)

    def cell(self, line: str, column: str) -> Cell:
        """One cell."""
        return self.cells[f"{line}.{column}"]


def exempt_names() -> set[str]:
    """English names of the regions that have a municipal act of their own."""
    return {row["name_en"] for row in rows("framsyn.law", "reform_2023_exempt_regions.csv")}


def years_of(budget_year: int) -> dict[str, int]:
    """The year of each column."""
    return {column: budget_year - 1 + place for place, column in enumerate(COLUMNS)}


def check_budget_year(budget_year: int, base_year: int, last_year: int) -> None:
    """Raise FramsynError where the plan's years are not all after the base year and lived."""
    first, last = base_year + USUAL_AHEAD, last_year - len(COLUMNS) + 2
    if not first <= budget_year <= last:
        raise FramsynError(
            "The budget year must be from {first} to {last}; {year} was given.",
            first=first,
            last=last,
            year=budget_year,
        )


def plan_of(chosen: Chosen, budget_year: int, own: OwnFigures | None = None) -> Plan:
    """The plan of a strategy that has been lived.

    Args:
        chosen: the lives; the plan's last year must be among them.
        budget_year: the first year of the plan.
        own: figures of the municipality's own.

    Raises:
        FramsynError: the budget year is out of range.
    """
    check_budget_year(budget_year, chosen.base_year, chosen.last_year)
    given, amounts = own or OwnFigures(), amounts_of(chosen)
    cells = [
        _cell(line, column, year, year - chosen.base_year, amounts, given)
        for line in lines().values()
        for column, year in years_of(budget_year).items()
    ]
    by_key = {cell.key: cell for cell in cells}
    results = [by_key[f"result.{column}"] for column in COLUMNS if column != PRIOR]
    m = chosen.setting.municipality
    return Plan(
        code=m.code,
        strategy=chosen.id,
        names={lang: m.name(lang) for lang in ("sv", "fi", "en")},
        base_year=chosen.base_year,
        budget_year=budget_year,
        draws=chosen.draws,
        seed=chosen.setting.seed,
        bundle_version=m.bundle.version,
        exempt=m.region("en") in exempt_names(),
        cells=by_key,
        balance=balance_of(
            chosen, budget_year, [(one.keur or 0.0, one.status == "own_figure") for one in results]
        ),
    )


def amounts_of(chosen: Chosen) -> dict[str, Floats]:
    """[draw, year] thousand euros of the year by line, of the lines that the model knows.

    Personnel is jobs times the cost of a job that they were reckoned from at the start, at the prices of
    the municipality's own operations.
    """
    known = {line.id: line for line in lines().values() if line.indicator}
    made = {one: chosen.nominal(line.indicator) for one, line in known.items() if one != "personnel"}
    jobs = chosen.values(known["personnel"].indicator)
    made["personnel"] = jobs * anchor("cost_per_job") * chosen.cost_index / 1000.0
    return made


def _cell(
    line: Line, column: str, year: int, row: int, amounts: Mapping[str, Floats], own: OwnFigures
) -> Cell:
    given = own.cells.get((line.id, column))
    if given is not None:
        return Cell(line.id, column, year, given, None, None, "own_figure")
    if line.id in own.shares:
        return _spread(line, column, year, own.shares[line.id] * amounts[line.share_of][:, row], "own_share")
    if line.status == "missing":
        return Cell(line.id, column, year, None, None, None, "missing", line.reason)
    status: Status = "estimate" if line.status == "model" and column == PRIOR else line.status
    return _spread(line, column, year, amounts[line.id][:, row], status, line.reason)


def _spread(line: Line, column: str, year: int, keur: Floats, status: Status, reason: str = "") -> Cell:
    low, high = (float(one) for one in np.quantile(keur, (LOW, HIGH))) if len(keur) > 1 else (None, None)
    return Cell(line.id, column, year, float(keur.mean()), low, high, status, reason)


def core_lines() -> list[Line]:
    """The eight lines of the report."""
    return [line for line in lines().values() if line.part == CORE]
