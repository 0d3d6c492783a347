"""How right forecasts were: scores of totals, intervals and ages against what came.

Frames hold one row for each method, origin, horizon and municipality (and target); the columns are named
at `TOTALS`, `SPREAD` and `AGES`. A row whose outcome is not known is left out of a score, never taken as
zero. Errors are forecast less outcome, in percent of the outcome where nothing else is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from framsyn.calibrate.known import Floats

TARGET = ("origin", "horizon", "code")
TOTALS = ("method", *TARGET, "region", "size", "forecast", "actual")
QUANTILES = ("q025", "q10", "q25", "q50", "q75", "q90", "q975")
SPREAD = ("method", *TARGET, "region", "size", "target", *QUANTILES, "crps", "pit", "actual")
AGE_ERRORS = ("absolute_error", "group_error", "age_structure_error", "error_under_15", "error_65_plus")
AGES = ("method", *TARGET, "region", "size", "persons", *AGE_ERRORS)
#: Persons at the origin at which a size class begins; the first begins at nobody.
SIZE_BOUNDS = (2_000, 5_000, 10_000, 20_000, 50_000)
SIZE_CLASSES = ("<2k", "2–5k", "5–10k", "10–20k", "20–50k", ">50k")
#: Nominal percent of an interval, and the quantiles at its ends.
INTERVALS = ((50, "q25", "q75"), (80, "q10", "q90"), (95, "q025", "q975"))
#: A forecast is on the shelf while this percent of areas is within 10 % of the outcome (Wilson 2018).
SHELF_PERCENT = 80.0
BINS = 10
PERSONS = pl.col("actual")


def with_size_class(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the column `size_class`, in the order of `SIZE_CLASSES`; a lower bound is inside."""
    _check(frame, ("size",))
    kind = pl.Enum(SIZE_CLASSES)
    sized: pl.Expr = pl.lit(SIZE_CLASSES[0], kind)
    for bound, name in zip(SIZE_BOUNDS, SIZE_CLASSES[1:], strict=True):
        sized = pl.when(pl.col("size") >= bound).then(pl.lit(name, kind)).otherwise(sized)
    known = pl.col("size").is_not_null() & pl.col("size").is_not_nan()
    return frame.with_columns(pl.when(known).then(sized).alias("size_class"))


def known_totals(totals: pl.DataFrame) -> pl.DataFrame:
    """The rows with both a forecast and an outcome."""
    _check(totals, TOTALS)
    return totals.filter(pl.col("forecast").is_finite() & PERSONS.is_finite())


def point_scores(totals: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Score forecasts of totals within each group.

    Outcomes of nobody have no percent error: they count in `n` and `wape` only.

    Args:
        totals: the columns of `TOTALS`, and those of `by`.
        by: columns that name a group, such as `("method", "horizon")`.

    Returns:
        One row per group, sorted: `by`, `n` forecasts, and in percent `mdape` and `mape` (median and
        mean absolute error), `p80` (80 of 100 errors are no larger), `wape` (100 · Σ|F − A| / ΣA),
        `bias` (mean signed error, MALPE), `within_5` and `within_10` (share of errors no larger).

    Raises:
        ValueError: a column is missing.
    """
    _check(totals, by)
    error = pl.col("forecast") - PERSONS
    signed = _percent(error)
    absolute = _percent(error.abs())
    return (
        known_totals(totals)
        .group_by(by)
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            absolute.median().alias("mdape"),
            absolute.mean().alias("mape"),
            absolute.quantile(0.8, "linear").alias("p80"),
            _weighted(error.abs(), PERSONS).alias("wape"),
            signed.mean().alias("bias"),
            (100.0 * (absolute <= 5.0).mean()).alias("within_5"),
            (100.0 * (absolute <= 10.0).mean()).alias("within_10"),
        )
        .sort(by)
    )


def shelf_life(totals: pl.DataFrame) -> pl.DataFrame:
    """The years for which each method's forecasts can be used.

    Wilson, Brokensha, Rowe and Simpson (2018): the furthest horizon up to which, at every horizon
    tested, at least 80 % of areas are within 10 % of the outcome.

    Returns:
        One row per method: `method`, `shelf_life` (years, 0 = never) and `longest` (horizon tested); a
        shelf life as long as that may in truth be longer.
    """
    scores = point_scores(totals, ("method", "horizon"))
    kept = (pl.col("within_10") >= SHELF_PERCENT).fill_null(value=False).cum_min().over("method")
    return (
        scores.with_columns(kept.alias("kept"))
        .group_by("method")
        .agg(
            pl.col("horizon").filter("kept").max().fill_null(0).alias("shelf_life"),
            pl.col("horizon").max().alias("longest"),
        )
        .sort("method")
    )


def known_ages(ages: pl.DataFrame) -> pl.DataFrame:
    """The rows with an outcome, errors that are not known as null."""
    _check(ages, AGES)
    errors = pl.col(AGE_ERRORS).cast(pl.Float64).fill_nan(None)
    return ages.filter(pl.col("persons").is_finite()).with_columns(errors)


def on_common_targets(known: pl.DataFrame) -> pl.DataFrame:
    """The rows of those targets that every method of the frame has forecast.

    Args:
        known: of `known_totals` or `known_ages`.
    """
    methods = known["method"].n_unique()
    return known.filter(pl.col("method").n_unique().over(TARGET) == methods)


def commonly_known(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The frame with null in each of the columns where, for the same target, any method has null."""
    return frame.with_columns(
        pl.when(pl.col(name).is_not_null().all().over(TARGET)).then(pl.col(name)) for name in columns
    )


@dataclass(frozen=True)
class Comparison:
    """Methods on one and the same set of targets.

    Attributes:
        methods: all that have forecast from these origins at these horizons.
        bound: those among them that share nothing more with ours, and so set the limits.
        rows: their rows on common targets.
    """

    methods: tuple[str, ...]
    bound: tuple[str, ...]
    rows: pl.DataFrame

    @property
    def origins(self) -> list[int]:
        """The origins compared, sorted."""
        return _sorted(self.rows, "origin")

    @property
    def horizons(self) -> list[int]:
        """The horizons compared, sorted."""
        return _sorted(self.rows, "horizon")


def comparisons(known: pl.DataFrame, ours: str) -> list[Comparison]:
    """Fair comparisons: one for each distinct reach of origins and horizons that methods share with ours.

    An official projection has one origin; pooled beside methods of many origins it would meet other years.

    Args:
        known: of `known_totals` or `known_ages`.
        ours: the method that the others are compared with.

    Returns:
        Comparisons, the widest first; none is empty.

    Raises:
        ValueError: no forecast of `ours` has an outcome, or no target is common to methods of one reach.
    """
    reach = {
        str(method): frozenset(rows.select("origin", "horizon").iter_rows())
        for (method,), rows in known.group_by("method", maintain_order=True)
    }
    if ours not in reach:
        raise ValueError(f"no forecast of {ours} has an outcome: give the rows of {ours} too")
    shared = {method: cells & reach[ours] for method, cells in reach.items()}
    widths = sorted({cells for cells in shared.values() if cells}, key=lambda c: (-len(c), sorted(c)))
    made = [_comparison(known, shared, cells) for cells in widths]
    kept = [comparison for comparison in made if comparison.rows.height]
    if not kept:
        raise ValueError("the methods share no target with an outcome: compare them in pairs")
    return kept


def _comparison(
    known: pl.DataFrame, shared: dict[str, frozenset[tuple[int, int]]], cells: frozenset[tuple[int, int]]
) -> Comparison:
    methods = tuple(method for method, own in shared.items() if own >= cells)
    bound = tuple(method for method in methods if shared[method] == cells)
    wanted = pl.DataFrame(sorted(cells), known.select("origin", "horizon").schema, orient="row")
    inside = known.filter(pl.col("method").is_in(methods)).join(wanted, on=["origin", "horizon"], how="semi")
    return Comparison(methods, bound, on_common_targets(inside))


def independent_origins(totals: pl.DataFrame) -> pl.DataFrame:
    """How many forecasts at a horizon do not overlap, whatever the number of origins.

    Two forecasts ten years ahead from origins a year apart share nine years of history, and with them the
    country's shocks. Counted are the windows (origin, origin + horizon] that fit one after the other.

    Returns:
        One row per horizon: `horizon`, `origins` with an outcome, `first_origin`, `last_outcome` (years)
        and `independent`, at least 1.
    """
    rows = []
    for (horizon,), here in known_totals(totals).group_by("horizon"):
        origins = _sorted(here, "origin")
        rows.append((horizon, len(origins), origins[0], origins[-1] + horizon, _windows(origins, horizon)))
    names = ("horizon", "origins", "first_origin", "last_outcome", "independent")
    return pl.DataFrame(rows, dict.fromkeys(names, pl.Int64), orient="row").sort("horizon")


def _windows(origins: list[int], horizon: int) -> int:
    """Windows that fit when each begins no sooner than the one before it ends."""
    count, free = 0, origins[0]
    for origin in origins:
        if origin >= free:
            count, free = count + 1, origin + horizon
    return count


def interval_score(lower: Floats, upper: Floats, actual: Floats, alpha: float) -> Floats:
    """Width plus the penalty for outcomes outside (Gneiting and Raftery 2007), in the unit of the outcome.

    (U − L) + 2/α · (L − y)₊ + 2/α · (y − U)₊; lower is better.

    Args:
        lower: L, the lower end, of any shape.
        upper: U, the upper end, of the same shape.
        actual: y, the outcome; NaN gives NaN.
        alpha: share of outcomes that the interval should leave outside, such as 0.2.

    Raises:
        ValueError: α is not between 0 and 1, or a lower end is above the upper.
    """
    if not 0.0 < alpha < 1.0:
        raise ValueError(f"alpha must lie between 0 and 1, not {alpha}")
    if (lower > upper).any():
        raise ValueError("the lower end of an interval is above the upper")
    below, above = np.maximum(lower - actual, 0.0), np.maximum(actual - upper, 0.0)
    score: Floats = (upper - lower) + 2.0 / alpha * (below + above)
    return score


def crps_of(draws: Floats, actual: Floats, *, fair: bool = True) -> Floats:
    """Continuous ranked probability score from draws: E|X − y| − ½ E|X − X′|, in the unit of the outcome.

    The mean difference of pairs comes from the sorted draws: Σᵢ (2i − D + 1) x₍ᵢ₎ over i = 0 … D − 1 is
    the sum over pairs (Gneiting and Raftery 2007).

    Args:
        draws: [D, N] draws of N quantities.
        actual: [N] outcomes; NaN gives NaN.
        fair: divide by the D(D − 1) pairs of different draws, so that the expected score does not hang
            on D (Ferro 2014); else by D², the score of the draws as they are.

    Raises:
        ValueError: the shapes do not fit, or there is no draw.
    """
    if draws.ndim != 2 or actual.shape != draws.shape[1:] or not len(draws):
        raise ValueError(f"draws [D, N] and actual [N] do not fit: {draws.shape} and {actual.shape}")
    count = len(draws)
    pairs = count * (max(count - 1, 1) if fair else count)
    ranks = 2.0 * np.arange(count) - count + 1.0
    score: Floats = np.abs(draws - actual).mean(axis=0) - ranks @ np.sort(draws, axis=0) / pairs
    return score


def interval_scores(spread: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Score intervals and whole distributions within each group.

    Percentages are of the outcome; an outcome of nobody counts in `n` and the coverage only.

    Args:
        spread: the columns of `SPREAD`, and those of `by`.
        by: columns that name a group, such as `("target", "horizon")`.

    Returns:
        One row per group, sorted: `by`, `n`, and in percent, for 50, 80 and 95: `coverage_50` (share of
        outcomes inside, ends included), `width_50` and `score_50` (mean width and interval score), …;
        `crps` (mean).

    Raises:
        ValueError: a column is missing, or quantiles cross.
    """
    _check(spread, (*SPREAD, *by))
    known = spread.filter(pl.all_horizontal(pl.col(*QUANTILES, "actual").is_finite()))
    named = [f"score_{level}" for level, _, _ in INTERVALS]
    scored = known.with_columns(
        pl.Series(name, _scores(known, *interval), pl.Float64)
        for name, interval in zip(named, INTERVALS, strict=True)
    )
    coverage = [
        (100.0 * PERSONS.is_between(low, high).mean()).alias(f"coverage_{level}")
        for level, low, high in INTERVALS
    ]
    widths = [
        _percent(pl.col(high) - pl.col(low)).mean().alias(f"width_{level}") for level, low, high in INTERVALS
    ]
    means = [_percent(pl.col(name).fill_nan(None)).mean().alias(name) for name in (*named, "crps")]
    counted = pl.len().cast(pl.Int64).alias("n")
    return scored.group_by(by).agg(counted, *coverage, *widths, *means).sort(by)


def _scores(known: pl.DataFrame, level: int, low: str, high: str) -> Floats:
    lower, upper, actual = (known[name].cast(pl.Float64).to_numpy() for name in (low, high, "actual"))
    return interval_score(lower, upper, actual, 1.0 - level / 100.0)


def pit_histogram(spread: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Where outcomes fall in their forecast distributions: flat where these are right.

    A heap at both ends means that they are too narrow, in the middle too wide, at one end a bias.

    Returns:
        Ten rows per group, sorted: `by`, `bin` (0 = the lowest tenth), `share` of outcomes in percent.

    Raises:
        ValueError: a column is missing.
    """
    _check(spread, (*SPREAD, *by))
    binned = spread.filter(pl.col("pit").is_finite() & PERSONS.is_finite()).with_columns(
        (pl.col("pit") * BINS).floor().clip(0, BINS - 1).cast(pl.Int64).alias("bin")
    )
    bins = pl.DataFrame({"bin": range(BINS)}, {"bin": pl.Int64})
    # Without groups the bins stand alone, where anything is known at all.
    groups = binned.select(by).unique().join(bins, how="cross") if by else bins.head(BINS * binned.height)
    counted = groups.join(binned.group_by(*by, "bin").len(), on=[*by, "bin"], how="left", nulls_equal=True)
    count = pl.col("len").fill_null(0)
    whole = count.sum().over(by) if by else count.sum()
    return counted.select(*by, "bin", (100.0 * count / whole).alias("share")).sort(*by, "bin")


def age_scores(ages: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Score ages within each group; each score over the rows that know it.

    Args:
        ages: the columns of `AGES`, and those of `by`.
        by: columns that name a group.

    Returns:
        One row per group, sorted: `by`, `n`, `wape_ages` and `wape_groups` (percent: the summed absolute
        error of single years of age, both sexes together, or of groups, over the persons), `age_structure`
        (mean age structure error, percent), `under_15`, `under_15_bias`, `share_65`, `share_65_bias` (mean
        absolute and mean signed error of the shares, percentage points). Null = nothing known.

    Raises:
        ValueError: a column is missing.
    """
    _check(ages, (*AGES, *by))
    persons, young, old = (pl.col(name) for name in ("persons", "error_under_15", "error_65_plus"))
    return (
        known_ages(ages)
        .group_by(by)
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            _weighted(pl.col("absolute_error"), persons).alias("wape_ages"),
            _weighted(pl.col("group_error"), persons).alias("wape_groups"),
            pl.col("age_structure_error").mean().alias("age_structure"),
            young.abs().mean().alias("under_15"),
            young.mean().alias("under_15_bias"),
            old.abs().mean().alias("share_65"),
            old.mean().alias("share_65_bias"),
        )
        .sort(by)
    )


class Estimate(NamedTuple):
    """A value and the ends of its 95 % interval; NaN ends = one region only, nothing to resample."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """How much less (below zero) or more one method errs than a rival on the same targets.

    Attributes:
        method: the method.
        rival: the other.
        horizon: years.
        n: targets that both have forecast.
        regions: how many were resampled.
        mape: difference in percentage points.
        wape: difference in percentage points.
    """

    method: str
    rival: str
    horizon: int
    n: int
    regions: int
    mape: Estimate
    wape: Estimate


def difference(
    totals: pl.DataFrame,
    method: str,
    rival: str,
    horizon: int,
    generator: np.random.Generator,
    draws: int = 2_000,
) -> Difference:
    """Bootstrap over regions the difference in error between two methods at a horizon.

    Regions are drawn with replacement, each with all its municipalities and origins, because neighbours
    and overlapping origins err together. What the whole country shares is not resampled: the interval says
    how sure the difference is in this history, not in another.

    Args:
        totals: the columns of `TOTALS`.
        method: the method.
        rival: the method taken from it.
        horizon: years.
        generator: random numbers.
        draws: resamples.

    Raises:
        ValueError: a column is missing, or the two have no target in common.
    """
    both = pl.col("method").is_in([method, rival])
    known = known_totals(totals).filter(both, pl.col("horizon") == horizon, PERSONS > 0)
    paired = on_common_targets(known)
    if {method, rival} - set(paired["method"]):
        raise ValueError(f"{method} and {rival} share no target with an outcome at horizon {horizon}")
    mine, theirs = _sums(paired, method), _sums(paired, rival)
    regions = len(mine)
    picked = generator.multinomial(regions, np.full(regions, 1.0 / regions), size=draws).astype(np.float64)
    whole = np.ones((1, regions))
    estimates = []
    for error, weight in ((0, 1), (2, 3)):
        gap = mine[:, error] - theirs[:, error]
        value = float((whole @ gap / (whole @ mine[:, weight]))[0])
        low, high = np.quantile(picked @ gap / (picked @ mine[:, weight]), [0.025, 0.975]).tolist()
        estimates.append(Estimate(value, low, high) if regions > 1 else Estimate(value, np.nan, np.nan))
    return Difference(method, rival, horizon, int(mine[:, 1].sum()), regions, *estimates)


def _sums(paired: pl.DataFrame, method: str) -> Floats:
    """[R, 4] by region: Σ percent error, targets, 100 · Σ absolute error, Σ outcome."""
    absolute = (pl.col("forecast") - PERSONS).abs()
    summed = (
        paired.filter(pl.col("method") == method)
        .group_by("region")
        .agg(
            _percent(absolute).sum().alias("percent"),
            pl.len().alias("n"),
            (100.0 * absolute).sum().alias("persons"),
            PERSONS.sum().alias("actual"),
        )
        .sort("region")
    )
    return summed.select(pl.all().exclude("region").cast(pl.Float64)).to_numpy()


def _percent(value: pl.Expr) -> pl.Expr:
    """In percent of the outcome; null where nobody came."""
    return pl.when(PERSONS > 0).then(100.0 * value / PERSONS)


def _weighted(error: pl.Expr, weight: pl.Expr) -> pl.Expr:
    """100 · Σ error / Σ weight over the rows where the error is known; null without any weight."""
    whole = weight.filter(error.is_not_null()).sum()
    return pl.when(whole > 0).then(100.0 * error.sum() / whole)


def _sorted(frame: pl.DataFrame, name: str) -> list[int]:
    values: list[int] = frame[name].unique().sort().to_list()
    return values


def _check(frame: pl.DataFrame, columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        hint = " (add it with with_size_class)" if "size_class" in missing else ""
        raise ValueError(f"the frame lacks {', '.join(missing)}{hint}; it has {', '.join(frame.columns)}")
