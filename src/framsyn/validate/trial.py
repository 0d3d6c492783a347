"""Lives under held levers or changed effects, beside the lives as today in the same worlds."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from framsyn.evidence.register import SCHOOLS_OF_THOUGHT
from framsyn.foresee.postures import AS_IS, posture
from framsyn.foresee.schools import effects_in_schools
from framsyn.foresee.setting import Drawn, Setting
from framsyn.foresee.worlds import draw_effects
from framsyn.model.layout import Floats


@dataclass(frozen=True)
class Trial:
    """One municipality in drawn worlds.

    Attributes:
        setting: the municipality.
        drawn: the worlds.
        baseline: [draw, year, indicator] its lives as today.
    """

    setting: Setting
    drawn: Drawn
    baseline: Floats

    def held(self, pins: Mapping[int, float]) -> Floats:
        """[draw, year, indicator] lives as today but for levers that are held in every year."""
        return self.setting.live(self.drawn, self.setting.course(posture(AS_IS), pins), self.baseline)


def trial_of(setting: Setting, drawn: Drawn) -> Trial:
    """A trial in worlds that are drawn already."""
    return Trial(setting, drawn, setting.live(drawn, setting.course(posture(AS_IS))))


def trial(setting: Setting, draws: range) -> Trial:
    """A trial in the municipality's own worlds."""
    return trial_of(setting, setting.draw(draws))


def trial_in_school(setting: Setting, draws: range, school: str) -> Trial:
    """A trial in which every draw belongs to one school of thought.

    Raises:
        ValueError: there is no such school.
    """
    worlds, starts = setting.draw_local(draws)
    schools = np.full(len(draws), SCHOOLS_OF_THOUGHT.index(school), dtype=np.intp)
    return trial_of(
        setting, Drawn(worlds, effects_in_schools(draw_effects(draws, setting.seed), schools), starts)
    )
