"""Signposts: the few published figures of the next years that best tell which future is coming.

They are learned on half of the worlds and judged on the other half, which nothing was learned from. A figure
is a signpost only where it tells the futures apart better than the best of all figures would by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.evaluate.discriminant import FOLDS, Discriminant, Ints, moments, select
from framsyn.evaluate.observables import so_far
from framsyn.evaluate.separation import (
    LEAST_CASES,
    Mask,
    auc,
    best_cut,
    noise,
    pairwise_auc,
    rates,
)
from framsyn.model.layout import Floats

AHEAD = 5
#: Spread that is none, share of the figure.
SAME = 1e-9


@dataclass(frozen=True)
class Signpost:
    """One published figure that tells futures apart, known some years after the base year.

    Attributes:
        id: the figure.
        ahead: years after the base year; a stock stands at the end of that year, a flow is the mean of
            the years until then.
        auc: how well it tells the classes apart in worlds held out (0.5 = not at all, 1 = always).
        levels: its median in each class.
        above: whether a value above the trigger is the alarm; of two classes only, as the next three.
        trigger: the value at which hits less false alarms are most.
        hit_rate: share of the lives of the last class that it warns of.
        false_alarms: share of the other lives that it warns of.
    """

    id: str
    ahead: int
    auc: float
    levels: tuple[float, ...]
    above: bool = False
    trigger: float = float("nan")
    hit_rate: float = float("nan")
    false_alarms: float = float("nan")


@dataclass(frozen=True)
class Guide:
    """What can be told so many years after the base year.

    Attributes:
        ahead: years after the base year.
        posts: the signposts, best first.
        together: the few figures, at most four, that tell most together; none = nothing tells.
        right: share of lives held out whose class they tell, the mean over classes; NaN with no figure.
        by_class: the same for each class.
        base: share of lives held out that are of each class.
        rule: how they are weighed.
    """

    ahead: int
    posts: tuple[Signpost, ...]
    together: tuple[str, ...]
    right: float
    by_class: tuple[float, ...]
    base: tuple[float, ...]
    rule: Discriminant | None = field(repr=False)

    @property
    def hit_rate(self) -> float:
        """Of two classes: share of the last class that the figures together warn of."""
        return self.by_class[-1]

    @property
    def false_alarms(self) -> float:
        """Of two classes: share of the first class that they warn of wrongly."""
        return 1.0 - self.by_class[0]


def signposts(
    values: Floats,
    fails: Mask,
    ids: Sequence[str],
    flows: Sequence[bool] | None = None,
    years: Sequence[int] = range(1, AHEAD + 1),
    failed_at: Ints | None = None,
) -> list[Signpost]:
    """The signposts of failing, best first in each year; see `guides`."""
    return [post for one in guides(values, fails, ids, flows, years, failed_at) for post in one.posts]


def guides(
    values: Floats,
    fails: Mask,
    ids: Sequence[str],
    flows: Sequence[bool] | None = None,
    years: Sequence[int] = range(1, AHEAD + 1),
    failed_at: Ints | None = None,
) -> list[Guide]:
    """What tells, in each of the years ahead, whether a life fails.

    Args:
        values: [draw, year, figure] what is published, the base year first.
        fails: [draw] whether the life fails.
        ids: [figure] names.
        flows: [figure] which of them run through the year, none by default: a flow is read as the mean of
            the years so far.
        years: years ahead at which is asked.
        failed_at: [draw] years after the base year in which the life fails first: lives that have failed
            already are no longer asked about. All lives are asked about by default.

    Raises:
        FramsynError: arrays that do not agree.
    """
    _check(values, fails, ids, years)
    when = np.full(len(fails), np.iinfo(np.int64).max) if failed_at is None else failed_at
    draws = np.arange(len(fails))
    classes = fails.astype(np.int64)
    found = []
    for ahead in years:
        asked = ~fails | (when > ahead)
        known = so_far(values[asked], flows or [False] * len(ids), ahead)
        found.append(_guide(_Asked(known, classes[asked], draws[asked], 2, ahead, ids, len(years))))
    return found


def guides_to_class(
    values: Sequence[Floats],
    ids: Sequence[str],
    flows: Sequence[bool] | None = None,
    years: Sequence[int] = range(1, AHEAD + 1),
) -> list[Guide]:
    """What tells, in each of the years ahead, which of several futures is coming.

    Args:
        values: for each future [draw, year, figure], the same worlds in each.
        ids, flows, years: as in `guides`.
    """
    draws = np.tile(np.arange(len(values[0])), len(values))
    classes = np.repeat(np.arange(len(values)), len(values[0]))
    lives = np.concatenate(values)
    _check(lives, classes > 0, ids, years)
    return [
        _guide(
            _Asked(
                so_far(lives, flows or [False] * len(ids), ahead),
                classes,
                draws,
                len(values),
                ahead,
                ids,
                len(years),
            )
        )
        for ahead in years
    ]


def _check(values: Floats, fails: Mask, ids: Sequence[str], years: Sequence[int]) -> None:
    if values.ndim != 3 or len(values) != len(fails) or values.shape[2] != len(ids):
        raise FramsynError(
            "Figures of shape {shape} do not agree with {lives} lives and {names} names: give"
            " [draw, year, figure].",
            shape=values.shape,
            lives=len(fails),
            names=len(ids),
        )
    if not years or min(years) < 1 or max(years) >= values.shape[1]:
        raise FramsynError(
            "Signposts can be asked for from 1 to {most} years ahead; {years} was given.",
            most=values.shape[1] - 1,
            years=", ".join(map(str, years)) or "–",
        )


@dataclass(frozen=True)
class _Asked:
    """One question: values [case, K] known by a year, and the classes that they are to tell."""

    values: Floats
    classes: Ints
    draws: Ints
    count: int
    ahead: int
    ids: Sequence[str]
    questions: int

    def half(self, odd: bool) -> tuple[Floats, Ints, Ints]:
        """Values, classes and draws of every second world."""
        here = self.draws % 2 == odd
        return self.values[here], self.classes[here], self.draws[here]


def _guide(asked: _Asked) -> Guide:
    learned, classes, draws = asked.half(odd=False)
    held, truth, _ = asked.half(odd=True)
    base = tuple(float((truth == one).mean()) for one in range(asked.count)) if len(truth) else ()
    sizes = [min((half == one).sum() for half in (classes, truth)) for one in range(asked.count)]
    if min(sizes) < LEAST_CASES:
        nothing = (float("nan"),) * asked.count
        return Guide(asked.ahead, (), (), float("nan"), nothing, base, None)
    # Figures that are the same in all lives, or not known, tell nothing.
    usable = np.isfinite(asked.values).all(axis=0) & (
        learned.std(axis=0) > SAME * np.abs(learned).max(axis=0)
    )
    columns = np.flatnonzero(usable)
    if not len(columns):
        return _blind(asked, base)
    scale, middle = learned[:, columns].std(axis=0), learned[:, columns].mean(axis=0)
    standard = (learned[:, columns] - middle) / scale
    told = np.abs(_auc(standard, classes, asked.count) - 0.5)
    fewest, fewer = sorted(int(size) for size in sizes)[:2]
    least = noise(fewest, fewer, len(columns) * asked.questions)
    telling = [one for one in np.argsort(-told, kind="stable").tolist() if told[one] > least]
    if not telling:
        return _blind(asked, base)
    chosen = select(standard, classes, asked.count, (draws // 2) % FOLDS, telling)
    rule = _in_units(
        moments(standard, classes, asked.count).rule(chosen), columns[list(chosen)], middle, scale
    )
    guessed = rule.chances(held).argmax(axis=1)
    by_class = tuple(float((guessed[truth == one] == one).mean()) for one in range(asked.count))
    return Guide(
        ahead=asked.ahead,
        posts=tuple(_post(asked, int(columns[one])) for one in telling),
        together=tuple(asked.ids[one] for one in rule.columns),
        right=float(np.mean(by_class)),
        by_class=by_class,
        base=base,
        rule=rule,
    )


def _blind(asked: _Asked, base: tuple[float, ...]) -> Guide:
    """Nothing tells: a guess among the classes is as good."""
    even = 1.0 / asked.count
    return Guide(asked.ahead, (), (), even, (even,) * asked.count, base, None)


def _auc(values: Floats, classes: Ints, count: int) -> Floats:
    return auc(values, classes == 1) if count == 2 else pairwise_auc(values, classes, count)


def _in_units(rule: Discriminant, columns: NDArray[np.int64], middle: Floats, scale: Floats) -> Discriminant:
    """The rule on standardised figures as one on the figures themselves, under their own columns."""
    chosen = list(rule.columns)
    unit = scale[chosen]
    return Discriminant(
        tuple(columns.tolist()),
        rule.means * unit + middle[chosen],
        rule.precision / np.outer(unit, unit),
    )


def _post(asked: _Asked, column: int) -> Signpost:
    learned, classes, _ = asked.half(odd=False)
    held, truth, _ = asked.half(odd=True)
    told = float(_auc(held[:, [column]], truth, asked.count)[0])
    levels = tuple(float(np.median(learned[classes == one, column])) for one in range(asked.count))
    if asked.count > 2:
        return Signpost(asked.ids[column], asked.ahead, told, levels)
    fails = classes == 1
    above = bool(auc(learned[:, [column]], fails)[0] > 0.5)
    trigger = best_cut(learned[:, column], fails, above)
    alarm = held[:, column] > trigger if above else held[:, column] < trigger
    hit, false = rates(alarm, truth == 1)
    # The direction was learned: where the lives held out go the other way, it is worse than telling nothing.
    held_out = told if above else 1.0 - told
    return Signpost(asked.ids[column], asked.ahead, held_out, levels, above, trigger, hit, false)
