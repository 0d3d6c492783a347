"""A small choice, searched once, for the tests of what is told of it."""

from functools import cache

from framsyn.choose.choosing import Asked, Choice, choose
from framsyn.choose.insight import Insight, insight_of
from framsyn.choose.measures import read_keeps, read_objectives, read_weights
from framsyn.foresee.postures import shipped
from framsyn.foresee.setting import prepare
from framsyn.places.municipality import municipality

YEARS = 10


@cache
def made_choice() -> tuple[Choice, Insight]:
    """Närpes over ten years, three objectives, a limit of loans, weights, and one strategy of one's own."""
    objectives = read_objectives(["quality_basic_education", "participation@end:max", "loans"], YEARS)
    asked = Asked(
        objectives=objectives,
        keeps=read_keeps(["loans < 7000 in 50 %"], 2025, YEARS),
        turn=2030,
        budget=200,
        worlds=10,
        fresh=60,
        weights=read_weights(["quality_basic_education=2", "participation@end=1", "loans=1"], objectives),
    )
    choice = choose(prepare(municipality("Närpes"), YEARS), asked, {"vår_väg": shipped()["focused"]})
    return choice, insight_of(choice)
