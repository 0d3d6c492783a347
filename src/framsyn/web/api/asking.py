"""What the questions of the interface have in common: parameters, and the municipality in the path."""

from typing import Annotated, Literal

from fastapi import Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from framsyn.errors import FramsynError
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.model.indicators import indicators
from framsyn.places.municipality import Municipality, municipality
from framsyn.web.cost import cost_of
from framsyn.web.refused import NotFoundError

#: Worlds and years where nothing is asked; the worlds are as many as a drag of a lever can live at once.
DRAWS, YEARS, SEED = 300, 20, 1
MOST_SEED = 2**53 - 1
LONGEST_NAME = 80

Lang = Literal["sv", "fi", "en"]
Name = Annotated[str, Path(description="Code or any name: 545, Närpes, Närpiö.", max_length=LONGEST_NAME)]


class Asked(BaseModel):
    """Parameters of every question."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    lang: Lang = Field(default="sv", description="Language of labels and texts.")
    made: str = Field(
        default="",
        max_length=100,
        exclude=True,
        description="With what a linked view was made; does not change the answer.",
    )


class AskedLives(Asked):
    """Parameters of a question whose answer is lived."""

    years: int = Field(default=YEARS, ge=1, le=50, description="Years after the base year.")
    draws: int = Field(default=DRAWS, ge=1, le=1000, description="Worlds.")
    seed: int = Field(default=SEED, ge=0, le=MOST_SEED, description="Seed of the worlds.")

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, self.years, len(DEFAULT_POSTURES)

    def cost(self, draws: int) -> int:
        """Microseconds that it takes with so many draws; by default every posture and indicator."""
        return cost_of(draws, self.years, self.cost_dimensions[2], len(indicators()))


def place(name: str) -> Municipality:
    """The municipality of a path.

    Raises:
        NotFoundError: there is none of that name, or several.
    """
    try:
        return municipality(name)
    except FramsynError as error:
        raise NotFoundError(error.template, **error.parts) from error


async def _in_path(name: Name) -> Municipality:
    return place(name)


#: The municipality that a path names, by whatever spelling.
InPath = Annotated[Municipality, Depends(_in_path)]
