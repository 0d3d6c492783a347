"""The price of a home: of old dwellings in housing companies, all kinds together, in the last year published.

ln price = municipality + kind + year over the last years, weighted by sales and recency. Each municipality is
drawn towards what income, size, growth, region and an earlier price explain, the more the fewer its sales;
where no price is published that explanation stands alone.
"""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.cost_history import slope
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, column
from framsyn.calibrate.growth import growth_pct
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.known import places as rows_of
from framsyn.calibrate.places import Places

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ALL = "all"
#: Prices of these many last years are read; one this many years old weighs half.
YEARS, HALF_LIFE = 6, 2.0
ROUNDS = 200
LEAST_PLACES = 30
#: Deviations of a region count as those of this many municipalities would without any.
REGION_PULL = 2.0


class Sales(NamedTuple):
    """Published prices [N]: row of the municipality, kind, year, ln price, and weight (sales × recency)."""

    place: Ints
    kind: Ints
    year: Ints
    price: Floats
    weight: Floats


class PriceLevels(NamedTuple):
    """ln price of all kinds in the last year [P] (NaN without sales), its variance [P]."""

    level: Floats
    noise: Floats


def house_price(places: Places) -> Column:
    """[P] EUR/m² in the last year of `house_prices`; without the table the country's (assumed)."""
    frame = places.tables.get("house_prices")
    found = None if frame is None else price_levels(places, frame)
    if found is None:
        return column(np.full(len(places.codes), anchor("house_price")), ASSUMED)
    usual = usual_level(places, found)
    usual = usual + earlier_residual(places, found, usual)
    level = shrunk(found, usual)
    return column(np.exp(level), ESTIMATED)


def price_levels(places: Places, frame: pl.DataFrame) -> PriceLevels | None:
    """The municipalities' own level in the last year; None where too few have prices."""
    priced = frame.drop_nulls("price_eur_m2").filter(
        (pl.col("sales_priced") > 0) & (pl.col("price_eur_m2") > 0)
    )
    if priced.is_empty():
        return None
    last = max(priced["year"].to_list())
    late = priced.filter(pl.col("year") > last - YEARS)
    kinds = sorted(set(late["type"]))
    if ALL not in kinds or late["code"].n_unique() < LEAST_PLACES:
        return None
    age = last - late["year"].to_numpy()
    sales = Sales(
        rows_of(late, "code", list(places.codes)),
        np.array([kinds.index(kind) for kind in late["type"]], dtype=np.int64),
        (late["year"].to_numpy() - (last - YEARS + 1)).astype(np.int64),
        np.log(late["price_eur_m2"].cast(pl.Float64).to_numpy()),
        late["sales_priced"].cast(pl.Float64).to_numpy() * 0.5 ** (age / HALF_LIFE),
    )
    return fitted_levels(sales, len(places.codes), kinds.index(ALL))


def fitted_levels(sales: Sales, places: int, kind_of_all: int) -> PriceLevels:
    """Effects of municipality, kind and year by backfitting; the level is of all kinds in the last year."""
    effects = [np.zeros(places), np.zeros(sales.kind.max() + 1), np.zeros(YEARS)]
    index = (sales.place, sales.kind, sales.year)
    for _ in range(ROUNDS):
        for axis, effect in enumerate(effects):
            others = sum(
                (effects[other][index[other]] for other in range(len(effects)) if other != axis),
                np.zeros(len(sales.price)),
            )
            weight = np.bincount(index[axis], sales.weight, len(effect))
            total = np.bincount(index[axis], sales.weight * (sales.price - others), len(effect))
            effects[axis] = np.divide(total, weight, out=np.zeros(len(effect)), where=weight > 0)
    place, kind, year = effects
    residual = sales.price - place[sales.place] - kind[sales.kind] - year[sales.year]
    variance = float((sales.weight * residual**2).sum() / len(residual))
    weight = np.bincount(sales.place, sales.weight, places)
    found = weight > 0
    level = np.where(found, place + kind[kind_of_all] + year[-1], np.nan)
    noise = np.divide(variance, weight, out=np.full(places, np.inf), where=found)
    return PriceLevels(level, noise)


def usual_level(places: Places, found: PriceLevels) -> Floats:
    """[P] ln price that income, size, growth and region explain, fitted where prices are published."""
    known = np.isfinite(found.level)
    design = price_design(places)
    weight = np.sqrt(places.size)[known]
    answer = np.linalg.lstsq(
        design[known] * np.sqrt(weight)[:, None], found.level[known] * np.sqrt(weight), rcond=None
    )[0]
    explained: Floats = design @ answer
    residual = np.where(known, found.level - explained, 0.0)
    regions = np.array(places.regions)
    for region in set(places.regions):
        here = regions == region
        explained[here] += residual[here].sum() / ((here & known).sum() + REGION_PULL)
    return explained


def earlier_residual(places: Places, found: PriceLevels, usual: Floats) -> Floats:
    """[P] what the agency's own earlier price says beyond the usual; 0 where it has none.

    The earlier price is explained as the later one; of its residual, what shows in the later.
    """
    frame = places.tables.get("house_prices_official")
    nothing = np.zeros(len(places.codes))
    if frame is None:
        return nothing
    priced = frame.filter((pl.col("type") == ALL) & (pl.col("price_eur_m2") > 0))
    means = priced.group_by("code").agg(pl.col("price_eur_m2").log().mean().alias("level"))
    earlier = values_of(means, "level", list(places.codes))
    if np.isfinite(earlier).sum() < LEAST_PLACES:
        return nothing
    apart = earlier - usual_level(places, PriceLevels(earlier, nothing))
    both = np.isfinite(apart) & np.isfinite(found.level)
    lasting = slope(apart[both], (found.level - usual)[both], np.sqrt(places.size[both])) or 0.0
    return max(lasting, 0.0) * np.nan_to_num(apart)


def price_design(places: Places) -> Floats:
    """[P, C] ones, ln median income, ln residents, its square, and growth of ten years."""
    codes = list(places.codes)
    frame = places.tables.get("income")
    income = np.full(len(codes), np.nan)
    if frame is not None:
        income = values_of(frame, "median_equivalised_income_eur", codes)
    known = np.isfinite(income) & (income > 0)
    earned = np.log(np.where(known, income, income[known].mean() if known.any() else 1.0))
    size = np.log(np.maximum(places.size, 1.0)) - 9.0
    growth = growth_pct(places).values / 100.0
    columns = [np.ones(len(codes)), size, size**2, growth]
    return np.stack(columns + ([earned] if known.any() else []), axis=1)


def shrunk(found: PriceLevels, usual: Floats) -> Floats:
    """[P] own level drawn to the usual by noise over noise and spread; the usual where there is none."""
    known = np.isfinite(found.level)
    apart = np.where(known, found.level - usual, 0.0)
    noise = found.noise[known]
    spread = max(float((apart[known] ** 2).mean() - np.median(noise)), 1e-4)
    weight = np.where(known, spread / (spread + np.where(known, found.noise, 1.0)), 0.0)
    level: Floats = usual + weight * apart
    return level
