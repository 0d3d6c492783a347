"""The monitor tried on history: made ready at an earlier base year, fed with what was published after it.

For every municipality lives are lived as today from the bundle of that year. What is foretold is whether its
residents in the final year are in the lowest, or highest, quarter of its lives. Signposts are learned on the
lives alone, then fed with the published figures of the years after the base year. The naive rule warns where
residents are by then in that quarter of the lives of that year: the deviation so far goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framsyn.evaluate.history_figures import Came
from framsyn.evaluate.lived import live_postures
from framsyn.evaluate.observables import Observable, observables, published, so_far
from framsyn.evaluate.separation import Mask, auc, rates
from framsyn.evaluate.shift import shifts
from framsyn.evaluate.signposts import Guide, guides
from framsyn.foresee.postures import AS_IS, posture
from framsyn.foresee.setting import prepare
from framsyn.model.layout import POPULATION, W_PRICE, Floats
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality

BELOW, ABOVE = "below", "above"
QUARTER = 0.25
LOW, HIGH = 0.05, 0.95
FED = (
    "population",
    "births",
    "deaths",
    "net_moves",
    "immigration",
    "emigration",
    "net_immigration",
    "share_under_15",
    "share_65_plus",
    "unemployment_rate",
    "annual_margin_per_resident",
    "loans_per_resident",
    "net_operating_cost_per_resident",
)


@dataclass(frozen=True)
class Tried:
    """One municipality; Y years of feeding, F figures.

    Attributes:
        end: share of its lives below the residents of the final year.
        chances: [Y] by side: the signposts' probability of ending in that quarter.
        promised: [Y] by side: hit rate and false alarms in lives held out.
        naive: [Y] by side: how far residents are on that side of the lives then, 0…1.
        percentiles: [Y, F] share of the lives below each published figure; NaN = not published.
        shifted: [Y] whether any figure until then is told to have shifted.
        leading: [Y] by side: the figures looked at.
    """

    end: float
    chances: Mapping[str, Floats]
    promised: Mapping[str, Floats]
    naive: Mapping[str, Floats]
    percentiles: Floats
    shifted: Mask
    leading: Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Score:
    """How well the monitor did after so many years of feeding, on one side.

    Attributes:
        side: below or above.
        fed: years of published figures.
        base_rate: share of the municipalities that ended in their quarter (a quarter is expected).
        hits, false_alarms: of the signposts.
        promised_hits, promised_false_alarms: what the lives held out had promised, the mean.
        naive_hits, naive_false_alarms: of the naive rule.
        auc, naive_auc: how well their order of the municipalities tells those that ended so from the
            others; a surprise shared by the whole country does not count in it.
    """

    side: str
    fed: int
    base_rate: float
    hits: float
    false_alarms: float
    promised_hits: float
    promised_false_alarms: float
    naive_hits: float
    naive_false_alarms: float
    auc: float
    naive_auc: float


def try_on_history(
    bundle: Bundle,
    came: Came,
    fed_years: int,
    final_year: int,
    draws: int = 600,
    seed: int = 1,
    places: Sequence[int] | None = None,
    progress: Callable[[], None] = lambda: None,
) -> list[Tried]:
    """Try the monitor on every municipality, or on those at `places` of the bundle.

    Args:
        bundle: the bundle of the earlier base year (`foresee.past_bundle`).
        came: what was published after it, municipalities in the same order.
        fed_years: years of published figures.
        final_year: the year whose residents are foretold.
        draws: worlds.
        seed: their seed.
        places: which municipalities.
        progress: called after each.
    """
    tried = []
    for place in range(len(bundle)) if places is None else places:
        if np.isfinite(came.final[place]):
            tried.append(_try(Municipality(place, bundle), came, place, fed_years, final_year, draws, seed))
        progress()
    return tried


def _try(
    m: Municipality, came: Came, place: int, fed_years: int, final_year: int, draws: int, seed: int
) -> Tried:
    years = final_year - m.bundle.base_year
    setting = prepare(m, years, seed)
    lives = live_postures(setting, {AS_IS: posture(AS_IS)}, draws)
    records = lives.records[AS_IS]
    chosen = [observables()[one] for one in FED]
    values = published(records, setting, chosen)
    # Money was published in euros of its year.
    money = [number for number, one in enumerate(chosen) if one.money]
    values[..., money] *= lives.drawn.worlds[:, :, W_PRICE, None]
    seen = _seen(came, place, chosen, values, fed_years)
    residents = records[..., POPULATION]
    sides = {
        BELOW: residents[:, -1] < np.quantile(residents[:, -1], QUARTER),
        ABOVE: residents[:, -1] > np.quantile(residents[:, -1], 1.0 - QUARTER),
    }
    told = {side: _foretold(values, found, chosen, seen) for side, found in sides.items()}
    lower = np.array([_below(residents[:, year + 1], seen[year, 0]) for year in range(fed_years)])
    return Tried(
        end=_below(residents[:, -1], float(came.final[place])),
        chances={side: np.array([one[0] for one in rows]) for side, rows in told.items()},
        promised={side: np.array([one[1] for one in rows]) for side, rows in told.items()},
        naive={BELOW: 1.0 - lower, ABOVE: lower},
        percentiles=np.array(
            [
                [_below(values[:, year + 1, number], seen[year, number]) for number in range(len(chosen))]
                for year in range(fed_years)
            ]
        ),
        shifted=np.array([_shifted(values, seen[: fed + 1], chosen) for fed in range(fed_years)]),
        leading={side: tuple(one[2] for one in rows) for side, rows in told.items()},
    )


def _seen(came: Came, place: int, chosen: Sequence[Observable], values: Floats, fed: int) -> Floats:
    """[year, figure] what was published of the municipality; NaN = not."""
    seen = np.full((fed, len(chosen)), np.nan)
    for number, one in enumerate(chosen):
        if one.id == "unemployment_rate":
            seen[:, number] = came.figures["unemployment_ratio"][place, :fed] * values[0, 0, number]
        else:
            seen[:, number] = came.figures[one.id][place, :fed]
    return seen


def _below(lives: Floats, value: float) -> float:
    """Share of lives below a value, equal ones half; NaN where it is not known."""
    if not np.isfinite(value):
        return float("nan")
    return float((lives < value).mean() + 0.5 * (lives == value).mean())


def _foretold(
    values: Floats, found: Mask, chosen: Sequence[Observable], seen: Floats
) -> list[tuple[float, tuple[float, float], tuple[str, ...]]]:
    """For each year of feeding: the chance foretold, what was promised, and the figures looked at."""
    rows = []
    for fed in range(1, len(seen) + 1):
        known = [
            number
            for number, one in enumerate(chosen)
            if np.isfinite(seen[:fed, number] if one.flow else seen[fed - 1, number]).all()
        ]
        flows = [chosen[number].flow for number in known]
        ids = [chosen[number].id for number in known]
        guide = guides(values[..., known], found, ids, flows, [fed])[0]
        # The base year's row is not read.
        told = np.concatenate([np.zeros((1, len(known))), seen[:fed, known]])[None]
        promised = (guide.hit_rate, guide.false_alarms)
        rows.append((_chance(guide, so_far(told, flows, fed)), promised, guide.together))
    return rows


def _chance(guide: Guide, told: Floats) -> float:
    """Probability of ending so, both ends alike beforehand; a half where nothing tells."""
    return 0.5 if guide.rule is None else float(guide.rule.chances(told)[0, 1])


def _shifted(values: Floats, seen: Floats, chosen: Sequence[Observable]) -> bool:
    """Whether any published figure, or the years of one together, is told to have shifted."""
    published_at = np.isfinite(seen).T
    at = [(int(year), int(number)) for number, year in zip(*np.nonzero(published_at), strict=True)]
    lives = np.stack([values[:, year + 1, number] for year, number in at], axis=1)
    slack = np.array([chosen[number].slack for _, number in at])
    courses = [[i for i, (_, one) in enumerate(at) if one == number] for number in range(len(chosen))]
    single, together = shifts(
        lives, np.array([seen[one] for one in at]), slack, [one for one in courses if len(one) > 1]
    )
    return any(one.shifted for one in (*single, *together))


def scores(tried: Sequence[Tried]) -> list[Score]:
    """Hits and false alarms over the municipalities, by side and years of feeding."""
    end = np.array([one.end for one in tried])
    found = []
    for side, truth in ((BELOW, end < QUARTER), (ABOVE, end > 1.0 - QUARTER)):
        chances = np.stack([one.chances[side] for one in tried])
        naive = np.stack([one.naive[side] for one in tried])
        promised = np.stack([one.promised[side] for one in tried])
        for fed in range(chances.shape[1]):
            known = np.isfinite(naive[:, fed])
            found.append(_score(side, fed, truth[known], chances[known], naive[known], promised[known]))
    return found


def _score(side: str, fed: int, truth: Mask, chances: Floats, naive: Floats, promised: Floats) -> Score:
    hits, false = rates(chances[:, fed] > 0.5, truth)
    naive_hits, naive_false = rates(naive[:, fed] > 1.0 - QUARTER, truth)
    order, naive_order = auc(np.stack([chances[:, fed], naive[:, fed]], axis=1), truth).tolist()
    return Score(
        side=side,
        fed=fed + 1,
        base_rate=float(truth.mean()),
        hits=hits,
        false_alarms=false,
        promised_hits=float(np.nanmean(promised[:, fed, 0])),
        promised_false_alarms=float(np.nanmean(promised[:, fed, 1])),
        naive_hits=naive_hits,
        naive_false_alarms=naive_false,
        auc=order,
        naive_auc=naive_order,
    )


def outside(tried: Sequence[Tried]) -> dict[str, list[float]]:
    """Share of the municipalities outside 90 % of the lives, by figure and year; NaN = not published."""
    told = np.stack([one.percentiles for one in tried])
    found = {}
    for number, identity in enumerate(FED):
        row = []
        for year in range(told.shape[1]):
            known = told[:, year, number][np.isfinite(told[:, year, number])]
            away = (known < LOW) | (known > HIGH)
            row.append(float(away.mean()) if len(known) else float("nan"))
        found[identity] = row
    return found
