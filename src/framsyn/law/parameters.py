"""Dated parameters of law, read from the CSV files of this room."""

from dataclasses import dataclass
from functools import cache

from framsyn.datafile import rows
from framsyn.errors import FramsynError

FILES = ("grants.csv", "taxes.csv", "balance.csv")
YEARLY = "yearly"


@dataclass(frozen=True)
class Parameter:
    """A parameter as it stands in one year.

    Attributes:
        id: its name.
        year: the year asked for.
        from_year: the year from which the value is known to hold.
        value: the value, in `unit`.
        unit: its unit.
        status: in_force, proposed, indicative or assumption.
        source: act, bill or whoever told it.
        note: what else to know.
        carried: the value is set year by year, and that of an earlier year stands in for `year`.
    """

    id: str
    year: int
    from_year: int
    value: float
    unit: str
    status: str
    source: str
    note: str
    carried: bool


def value(identity: str, year: int) -> Parameter:
    """The parameter `identity` in `year`: its latest value set in that year or before.

    Raises:
        FramsynError: no such parameter, or none as early as `year`.
    """
    rows = _parameters().get(identity)
    if rows is None:
        raise FramsynError(
            "There is no law parameter called {id}. There are: {known}.",
            id=identity,
            known=", ".join(sorted(_parameters())),
        )
    row = next((row for row in reversed(rows) if int(row["from_year"]) <= year), None)
    if row is None:
        raise FramsynError(
            "The law parameter {id} is known from {first} on: ask for that year or a later one, not {year}.",
            id=identity,
            first=rows[0]["from_year"],
            year=year,
        )
    return _parameter(row, year)


@cache
def exempt_regions() -> frozenset[str]:
    """Codes of self-governing regions to which the reforms of 2023 and 2025 do not apply."""
    return frozenset(row["region_code"] for row in rows("framsyn.law", "reform_2023_exempt_regions.csv"))


@cache
def _parameters() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for file in FILES:
        for row in rows("framsyn.law", file):
            found.setdefault(row["id"], []).append(row)
    return {identity: sorted(rows, key=lambda row: int(row["from_year"])) for identity, rows in found.items()}


def _parameter(row: dict[str, str], year: int) -> Parameter:
    return Parameter(
        id=row["id"],
        year=year,
        from_year=int(row["from_year"]),
        value=float(row["value"]),
        unit=row["unit"],
        status=row["status"],
        source=row["source"],
        note=row["note"],
        carried=row["set"] == YEARLY and int(row["from_year"]) != year,
    )
