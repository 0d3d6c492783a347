"""Which effects of the register a figure answers to: it would be another without them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import compress

import numpy as np

from framsyn.core.cancellation import with_current_token
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import Floats

#: An effect is made this much of itself to see whether a figure answers: enough to pass a step of a rule.
A_TENTH_LESS, NOTHING = 0.9, 1e-9


def effects_answered(
    value: Callable[[Floats], Floats], effects: Floats, pool: ThreadPoolExecutor
) -> frozenset[str]:
    """The effects to which a figure answers in any of some draws.

    Args:
        value: the figure [draw] under effects [draw, coefficient].
        effects: as they are in these draws.
        pool: threads to simulate in.
    """
    usual = value(effects)
    enough = NOTHING * np.maximum(1.0, np.abs(usual))

    def answers(column: int) -> bool:
        less = effects.copy()
        less[:, column] *= A_TENTH_LESS
        return bool(np.any(np.abs(value(less) - usual) > enough))

    return frozenset(compress(COEFFICIENTS, pool.map(with_current_token(answers), range(len(COEFFICIENTS)))))
