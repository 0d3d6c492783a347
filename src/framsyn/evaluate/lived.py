"""Lives of one municipality under several postures in the same worlds, with the worlds themselves."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from framsyn.core.cancellation import with_current_token
from framsyn.foresee.futures import CHUNK
from framsyn.foresee.postures import AS_IS, posture
from framsyn.foresee.setting import Drawn, Setting
from framsyn.model.course import Conduct
from framsyn.model.layout import INDICATORS, Floats
from framsyn.processors import processors


@dataclass(frozen=True)
class Lives:
    """Lives and their worlds.

    Attributes:
        drawn: worlds, effects and starts of all draws.
        records: [draw, year, indicator] by posture.
    """

    drawn: Drawn
    records: Mapping[str, Floats]


def live_postures(setting: Setting, rules: Mapping[str, Conduct], draws: int) -> Lives:
    """Live each posture in the same worlds; going on as today is lived first, as always.

    Args:
        setting: the municipality made ready.
        rules: rules of decision by posture id.
        draws: worlds. Draw k is the same whatever their number.
    """
    records = {one: np.empty((draws, setting.years + 1, INDICATORS)) for one in rules}
    chunks = [range(first, min(first + CHUNK, draws)) for first in range(0, draws, CHUNK)]

    def live(chunk: range) -> Drawn:
        drawn = setting.draw(chunk)
        rows = slice(chunk.start, chunk.stop)
        reference = setting.live(drawn, setting.course(posture(AS_IS)))
        for identity, rule in rules.items():
            if identity == AS_IS:
                records[AS_IS][rows] = reference
            else:
                setting.live(drawn, setting.course(rule), reference, records[identity][rows])
        return drawn

    with ThreadPoolExecutor(processors()) as pool:
        parts = list(pool.map(with_current_token(live), chunks))
    return Lives(Drawn(*(np.concatenate(one) for one in zip(*parts, strict=True))), records)
