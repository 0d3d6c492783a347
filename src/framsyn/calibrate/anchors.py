"""National anchors of the base year: the sums that the municipalities' figures must close to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from framsyn.datafile import rows


@dataclass(frozen=True)
class Anchor:
    """One national figure: its year, status (observed, estimated, assumed) and source."""

    id: str
    value: float
    unit: str
    year: int
    status: str
    source: str


@cache
def anchors() -> Mapping[str, Anchor]:
    """Every anchor by id, from `national_2025.csv`."""
    return {
        row["id"]: Anchor(
            row["id"], float(row["value"]), row["unit"], int(row["year"]), row["status"], row["source"]
        )
        for row in rows("framsyn.calibrate", "national_2025.csv")
    }


def anchor(identity: str) -> float:
    """The value of a national anchor."""
    return anchors()[identity].value


def anchor_year() -> int:
    """The year of the anchors: base-year prices are those of this year."""
    return anchors()["population"].year
