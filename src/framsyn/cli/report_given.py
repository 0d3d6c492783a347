"""What the options of `framsyn report` tell."""

from pathlib import Path
from typing import NamedTuple


class Given(NamedTuple):
    """What a report is of, as the options tell it."""

    years: int
    draws: int
    seed: int
    strategy: str | None
    posture: str | None
    budget_year: int | None
    own: Path | None
    law: Path | None
    bundle: Path | None
