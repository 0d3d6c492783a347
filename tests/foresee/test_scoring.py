import math
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from framsyn.foresee import scoring
from framsyn.model.layout import Floats

INTERVAL_ENDS = {
    "q025": 80.0,
    "q10": 85.0,
    "q25": 90.0,
    "q50": 100.0,
    "q75": 110.0,
    "q90": 115.0,
    "q975": 120.0,
}


def totals(rows: list[dict[str, Any]]) -> pl.DataFrame:
    base = {"method": "ours", "origin": 2000, "horizon": 1, "region": "A", "size": 1000.0}
    full = [{"code": str(place), **base, **row} for place, row in enumerate(rows)]
    kinds = {"forecast": pl.Float64, "actual": pl.Float64}
    return pl.DataFrame(full, schema_overrides=kinds, infer_schema_length=None).select(scoring.TOTALS)


def spread(rows: list[dict[str, Any]]) -> pl.DataFrame:
    base = {"method": "ours", "origin": 2000, "horizon": 1, "region": "A", "size": 1000.0, "target": "total"}
    base |= {**INTERVAL_ENDS, "crps": 2.0, "pit": 0.5, "actual": 100.0}
    full = [{"code": str(place), **base, **row} for place, row in enumerate(rows)]
    return pl.DataFrame(full, infer_schema_length=None).select(scoring.SPREAD)


def ages(rows: list[dict[str, Any]]) -> pl.DataFrame:
    base: dict[str, Any] = {"method": "ours", "origin": 2000, "horizon": 1, "region": "A", "size": 1000.0}
    base |= {"persons": 100.0, **dict.fromkeys(scoring.AGE_ERRORS, 1.0)}
    full = [{"code": str(place), **base, **row} for place, row in enumerate(rows)]
    kinds = dict.fromkeys(("persons", *scoring.AGE_ERRORS), pl.Float64)
    return pl.DataFrame(full, schema_overrides=kinds, infer_schema_length=None).select(scoring.AGES)


def only(frame: pl.DataFrame) -> dict[str, Any]:
    assert frame.height == 1
    return frame.row(0, named=True)


# Totals


def test_point_scores_by_hand() -> None:
    # Signed errors +10, −10, +2 and −4 % of 100, 100, 100 and 1,000 persons.
    frame = totals(
        [
            {"forecast": 110, "actual": 100},
            {"forecast": 90, "actual": 100},
            {"forecast": 102, "actual": 100},
            {"forecast": 960, "actual": 1000},
        ]
    )
    row = only(scoring.point_scores(frame, ["method"]))
    assert row["n"] == 4
    assert row["mdape"] == pytest.approx((4 + 10) / 2)
    assert row["mape"] == pytest.approx((10 + 10 + 2 + 4) / 4)
    assert row["wape"] == pytest.approx(100 * (10 + 10 + 2 + 40) / 1300)
    assert row["bias"] == pytest.approx((10 - 10 + 2 - 4) / 4)
    assert row["within_5"] == pytest.approx(50)
    assert row["within_10"] == pytest.approx(100)
    assert row["p80"] == pytest.approx(10)


@pytest.mark.parametrize("missing", [None, math.nan])
def test_an_outcome_that_is_not_published_is_left_out_of_every_score(missing: float | None) -> None:
    known: list[dict[str, Any]] = [{"forecast": 110, "actual": 100}, {"forecast": 100, "actual": 100}]
    with_gap = [*known, {"forecast": 500, "actual": missing}]
    assert scoring.point_scores(totals(with_gap), ["method"]).equals(
        scoring.point_scores(totals(known), ["method"])
    )


def test_a_forecast_that_is_missing_is_left_out_too() -> None:
    frame = totals([{"forecast": 110, "actual": 100}, {"forecast": None, "actual": 100}])
    assert only(scoring.point_scores(frame, ["method"]))["n"] == 1


def test_an_outcome_of_nobody_counts_in_the_weighted_error_only() -> None:
    frame = totals([{"forecast": 105, "actual": 100}, {"forecast": 5, "actual": 0}])
    row = only(scoring.point_scores(frame, ["method"]))
    assert row["n"] == 2
    assert row["mape"] == pytest.approx(5)
    assert row["wape"] == pytest.approx(10)


def test_scores_are_grouped_by_any_columns_and_sorted() -> None:
    frame = totals(
        [
            {"horizon": 2, "origin": 2001, "forecast": 120, "actual": 100},
            {"horizon": 1, "origin": 2001, "forecast": 110, "actual": 100},
            {"horizon": 1, "origin": 2000, "forecast": 100, "actual": 100},
        ]
    )
    by_horizon = scoring.point_scores(frame, ["method", "horizon"])
    assert by_horizon.select("horizon", "mape").rows() == [(1, 5.0), (2, 20.0)]
    by_origin = scoring.point_scores(frame, ["method", "origin"])
    assert by_origin.select("origin", "mape").rows() == [(2000, 0.0), (2001, 15.0)]


def test_size_classes_hold_their_lower_bound_and_sort_by_size() -> None:
    sizes = [50_000.0, 1_999.9, 2_000.0, 4_999.0, 5_000.0, 10_000.0, 20_000.0, 49_999.0]
    frame = totals([{"size": size, "forecast": 1, "actual": 1} for size in sizes])
    classes = scoring.with_size_class(frame)["size_class"].to_list()
    assert classes == [">50k", "<2k", "2–5k", "2–5k", "5–10k", "10–20k", "20–50k", "20–50k"]
    scores = scoring.point_scores(scoring.with_size_class(frame), ["size_class"])
    assert scores["size_class"].to_list() == list(scoring.SIZE_CLASSES)


def test_a_size_that_is_not_known_has_no_class() -> None:
    frame = pl.DataFrame({"size": [None, math.nan, 3.0]}, strict=False)
    assert scoring.with_size_class(frame)["size_class"].to_list() == [None, None, "<2k"]


def test_shelf_life_ends_before_the_first_horizon_that_fails() -> None:
    # Of five areas 5, 4, 3 and 5 are within 10 % at horizons 1, 2, 3 and 4: usable for two years.
    rows = [
        {"horizon": horizon, "forecast": 105 if place < good else 150, "actual": 100, "code": str(place)}
        for horizon, good in ((1, 5), (2, 4), (3, 3), (4, 5))
        for place in range(5)
    ]
    rows += [{"method": "never", "horizon": h, "forecast": 200, "actual": 100} for h in (1, 2)]
    rows += [{"method": "always", "horizon": h, "forecast": 100, "actual": 100} for h in (1, 3)]
    lives = scoring.shelf_life(totals(rows))
    assert lives.rows() == [("always", 3, 3), ("never", 0, 2), ("ours", 2, 4)]


def test_common_targets_are_those_that_every_method_has_forecast() -> None:
    frame = totals(
        [
            {"code": "1", "forecast": 1, "actual": 1},
            {"code": "2", "forecast": 1, "actual": 1},
            {"code": "3", "forecast": 1, "actual": None},
            {"method": "rival", "code": "1", "forecast": 1, "actual": 1},
            {"method": "rival", "code": "2", "forecast": None, "actual": 1},
            {"method": "rival", "code": "3", "forecast": 1, "actual": None},
        ]
    )
    common = scoring.on_common_targets(scoring.known_totals(frame))
    assert common.select("method", "code").rows() == [("ours", "1"), ("rival", "1")]


def test_a_method_of_one_origin_is_compared_at_that_origin_only() -> None:
    rows = [
        {"method": method, "origin": origin, "code": "1", "forecast": 1, "actual": 1}
        for method, origins in (
            ("ours", (2000, 2001)),
            ("trend", (2000, 2001)),
            ("official", (2001,)),
            ("late", (2005,)),
        )
        for origin in origins
    ]
    wide, narrow = scoring.comparisons(totals(rows), "ours")
    assert (wide.methods, wide.bound, wide.origins) == (("ours", "trend"), ("ours", "trend"), [2000, 2001])
    assert (narrow.methods, narrow.bound) == (("ours", "trend", "official"), ("official",))
    assert (narrow.origins, narrow.horizons, narrow.rows.height) == ([2001], [1], 3)


def test_without_ours_there_is_nothing_to_compare_with() -> None:
    with pytest.raises(ValueError, match="no forecast of ours has an outcome"):
        scoring.comparisons(totals([{"method": "trend", "forecast": 1, "actual": 1}]), "ours")


def test_methods_of_different_municipalities_cannot_be_compared() -> None:
    frame = totals([{"forecast": 1, "actual": 1}, {"method": "trend", "forecast": 1, "actual": 1}])
    with pytest.raises(ValueError, match="share no target"):
        scoring.comparisons(frame, "ours")


def test_overlapping_origins_count_as_the_windows_that_fit() -> None:
    # Origins 1995–2015 at ten years: 1995–2005, 2005–2015, 2015–2025.
    rows = [
        {
            "origin": origin,
            "horizon": horizon,
            "forecast": 1,
            "actual": 1 if origin + horizon <= 2025 else None,
        }
        for origin in range(1995, 2019)
        for horizon in (1, 7, 10)
    ]
    free = scoring.independent_origins(totals(rows))
    assert free.rows() == [(1, 24, 1995, 2019, 24), (7, 24, 1995, 2025, 4), (10, 21, 1995, 2025, 3)]


def test_one_origin_is_one_and_origins_far_apart_are_not_more_than_they_are() -> None:
    one = totals([{"origin": 2018, "horizon": 7, "forecast": 1, "actual": 1}])
    assert scoring.independent_origins(one)["independent"].to_list() == [1]
    apart = totals([{"origin": o, "horizon": 2, "forecast": 1, "actual": 1} for o in (1990, 1991, 2018)])
    assert scoring.independent_origins(apart)["independent"].to_list() == [2]


def test_missing_columns_are_named() -> None:
    with pytest.raises(ValueError, match="the frame lacks forecast, actual; it has"):
        scoring.point_scores(totals([{"forecast": 1, "actual": 1}]).drop("forecast", "actual"), ["method"])
    with pytest.raises(ValueError, match=r"lacks size_class \(add it with with_size_class\)"):
        scoring.point_scores(totals([{"forecast": 1, "actual": 1}]), ["size_class"])
    with pytest.raises(ValueError, match="lacks pit"):
        scoring.pit_histogram(spread([{}]).drop("pit"))
    with pytest.raises(ValueError, match="lacks persons"):
        scoring.age_scores(ages([{}]).drop("persons"), ["method"])


# Intervals


def test_the_interval_score_by_hand() -> None:
    # Width 4; α = 0.2 makes each person outside cost ten.
    lower, upper = np.full(3, 8.0), np.full(3, 12.0)
    score = scoring.interval_score(lower, upper, np.array([10.0, 7.0, 14.0]), 0.2)
    np.testing.assert_allclose(score, [4, 4 + 10, 4 + 20])


def test_an_interval_score_refuses_crossed_ends_and_a_wrong_alpha() -> None:
    ends = np.array([1.0]), np.array([0.0])
    with pytest.raises(ValueError, match="above the upper"):
        scoring.interval_score(*ends, np.array([0.5]), 0.2)
    with pytest.raises(ValueError, match="between 0 and 1"):
        scoring.interval_score(ends[1], ends[0], np.array([0.5]), 1.0)


def test_interval_scores_by_hand() -> None:
    # Outcomes 100 (inside all), 115 (at the end of 80) and 200 (outside all), crps 2 persons.
    frame = spread([{}, {"actual": 115.0}, {"actual": 200.0}])
    row = only(scoring.interval_scores(frame, ["method"]))
    assert row["n"] == 3
    assert row["coverage_50"] == pytest.approx(100 / 3)
    assert row["coverage_80"] == pytest.approx(200 / 3)
    assert row["coverage_95"] == pytest.approx(200 / 3)
    assert row["width_80"] == pytest.approx((30 / 100 + 30 / 115 + 30 / 200) / 3 * 100)
    assert row["score_80"] == pytest.approx((30 / 100 + 30 / 115 + (30 + 10 * 85) / 200) / 3 * 100)
    assert row["score_50"] == pytest.approx((20 / 100 + (20 + 4 * 5) / 115 + (20 + 4 * 90) / 200) / 3 * 100)
    assert row["score_95"] == pytest.approx((40 / 100 + 40 / 115 + (40 + 40 * 80) / 200) / 3 * 100)
    assert row["crps"] == pytest.approx((2 / 100 + 2 / 115 + 2 / 200) / 3 * 100)


def test_intervals_without_an_outcome_are_left_out() -> None:
    row = only(scoring.interval_scores(spread([{}, {"actual": math.nan}, {"actual": None}]), ["target"]))
    assert (row["n"], row["coverage_50"]) == (1, 100.0)


def test_exact_quantiles_cover_what_they_say() -> None:
    # Outcomes at every thousandth of a uniform distribution over 0–1,000.
    ends = dict(zip(scoring.QUANTILES, (25.0, 100.0, 250.0, 500.0, 750.0, 900.0, 975.0), strict=True))
    frame = spread([{**ends, "actual": place + 0.5} for place in range(1000)])
    row = only(scoring.interval_scores(frame, ["method"]))
    assert [row[f"coverage_{level}"] for level in (50, 80, 95)] == pytest.approx([50.0, 80.0, 95.0])


def test_the_pit_histogram_has_ten_bins_that_sum_to_a_hundred() -> None:
    frame = spread([{"pit": 0.0}, {"pit": 0.05}, {"pit": 0.1}, {"pit": 1.0}, {"pit": 0.5, "actual": None}])
    shares = scoring.pit_histogram(frame)
    assert shares.rows() == [(b, {0: 50.0, 1: 25.0, 9: 25.0}.get(b, 0.0)) for b in range(10)]
    assert scoring.pit_histogram(frame.head(0)).height == 0


def test_the_pit_histogram_of_each_group_has_every_bin() -> None:
    shares = scoring.pit_histogram(spread([{"pit": 0.95}, {"target": "6", "pit": 0.0}]), ["target"])
    assert shares.height == 20
    assert shares.filter(pl.col("share") > 0).rows() == [("6", 0, 100.0), ("total", 9, 100.0)]


def crps_by_definition(draws: Floats, actual: float, pairs: int) -> float:
    distance = np.abs(draws[:, None] - draws[None, :]).sum() / pairs
    return float(np.abs(draws - actual).mean() - 0.5 * distance)


@pytest.mark.parametrize("fair", [True, False])
def test_the_crps_from_sorted_draws_is_that_of_all_pairs(*, fair: bool) -> None:
    generator = np.random.default_rng(3)
    draws, actual = generator.gamma(2.0, 300.0, (41, 7)), generator.gamma(2.0, 300.0, 7)
    pairs = 41 * 40 if fair else 41 * 41
    expected = [crps_by_definition(draws[:, i], actual[i], pairs) for i in range(7)]
    np.testing.assert_allclose(scoring.crps_of(draws, actual, fair=fair), expected, rtol=1e-12)


def test_the_crps_of_a_point_mass_is_the_absolute_error() -> None:
    for count in (1, 50):
        score = scoring.crps_of(np.full((count, 2), 100.0), np.array([93.0, 104.0]))
        np.testing.assert_allclose(score, [7.0, 4.0])


def test_the_crps_of_normal_draws_is_near_its_formula() -> None:
    # Of a standard normal at its centre: 2 φ(0) − 1/√π = 0.2337.
    draws = np.random.default_rng(4).standard_normal((100_000, 1))
    np.testing.assert_allclose(
        scoring.crps_of(draws, np.zeros(1)), math.sqrt(2 / math.pi) - 1 / math.sqrt(math.pi), atol=0.003
    )


def test_the_crps_refuses_shapes_that_do_not_fit_and_leaves_unknown_outcomes_unknown() -> None:
    with pytest.raises(ValueError, match=r"\(3, 2\) and \(3,\)"):
        scoring.crps_of(np.zeros((3, 2)), np.zeros(3))
    assert np.isnan(scoring.crps_of(np.zeros((3, 1)), np.array([np.nan]))).all()


# Ages


def test_age_scores_by_hand() -> None:
    frame = ages(
        [
            {"absolute_error": 4, "group_error": 2, "age_structure_error": 1, "error_under_15": -2},
            {"persons": 300, "absolute_error": None, "group_error": 10, "age_structure_error": 3,
             "error_under_15": 1, "error_65_plus": None},
            {"persons": None, "absolute_error": 99, "group_error": 99},
        ]
    )  # fmt: skip
    row = only(scoring.age_scores(frame, ["method"]))
    assert row == {
        "method": "ours",
        "n": 2,
        "wape_ages": pytest.approx(4.0),  # of the 100 persons whose single years are known
        "wape_groups": pytest.approx(100 * 12 / 400),
        "age_structure": pytest.approx(2.0),
        "under_15": pytest.approx(1.5),
        "under_15_bias": pytest.approx(-0.5),
        "share_65": pytest.approx(1.0),
        "share_65_bias": pytest.approx(1.0),
    }


def test_ages_that_nobody_knows_have_no_score() -> None:
    row = only(scoring.age_scores(ages([{"absolute_error": None, "error_under_15": math.nan}]), ["method"]))
    assert row["wape_ages"] is None
    assert row["under_15"] is None


def test_what_one_method_does_not_know_is_blank_for_all() -> None:
    frame = ages(
        [
            {"code": "1"},
            {"code": "2"},
            {"code": "1", "method": "rival", "absolute_error": None},
            {"code": "2", "method": "rival"},
        ]
    )
    blank = scoring.commonly_known(frame, ["absolute_error", "group_error"])
    assert blank["absolute_error"].to_list() == [None, 1.0, None, 1.0]
    assert blank["group_error"].to_list() == [1.0] * 4


# Differences


def two_methods(regions: int, gap: float) -> pl.DataFrame:
    generator = np.random.default_rng(5)
    rows: list[dict[str, Any]] = []
    for place in range(60):
        actual = float(generator.uniform(500, 50_000))
        error = float(generator.normal(0.0, 0.03))
        where = {"code": str(place), "region": str(place % regions), "horizon": 5, "actual": actual}
        rows.append({**where, "forecast": actual * (1 + error)})
        rows.append(
            {**where, "method": "rival", "forecast": actual * (1 + error + math.copysign(gap, error))}
        )
    return totals(rows)


def test_the_difference_of_identical_methods_is_zero_with_zero_in_its_interval() -> None:
    found = scoring.difference(two_methods(6, 0.0), "ours", "rival", 5, np.random.default_rng(1))
    assert (found.n, found.regions) == (60, 6)
    for estimate in (found.mape, found.wape):
        assert estimate.value == 0.0
        assert estimate.low <= 0.0 <= estimate.high


def test_the_difference_is_that_of_the_scores_and_the_same_for_the_same_seed() -> None:
    frame = two_methods(6, 0.01)
    first, again = (
        scoring.difference(frame, "ours", "rival", 5, np.random.default_rng(1), 500) for _ in range(2)
    )
    other = scoring.difference(frame, "ours", "rival", 5, np.random.default_rng(2), 500)
    scores = scoring.point_scores(frame, ["method"])
    mape, wape = scores["mape"], scores["wape"]
    assert first == again
    assert first.wape.low != other.wape.low
    assert first.mape.value == pytest.approx(mape[0] - mape[1]) == pytest.approx(-1.0)
    assert first.wape.value == pytest.approx(wape[0] - wape[1])
    assert first.mape.low <= first.mape.value <= first.mape.high < 0


def test_whole_regions_are_resampled_together() -> None:
    # Ours is 10 points better in one region and 10 worse in the other: a draw holds both, or one twice.
    rows: list[dict[str, Any]] = []
    for place in range(40):
        region = "A" if place < 20 else "B"
        for method in ("ours", "rival"):
            good = (method == "ours") == (region == "A")
            rows.append(
                {
                    "method": method,
                    "code": str(place),
                    "region": region,
                    "actual": 100,
                    "forecast": 100 if good else 110,
                }
            )
    found = scoring.difference(totals(rows), "ours", "rival", 1, np.random.default_rng(1))
    assert found.mape == scoring.Estimate(0.0, -10.0, 10.0)


def test_one_region_gives_a_difference_without_an_interval() -> None:
    found = scoring.difference(two_methods(1, 0.01), "ours", "rival", 5, np.random.default_rng(1))
    assert found.mape.value == pytest.approx(-1.0)
    assert math.isnan(found.mape.low)
    assert math.isnan(found.wape.high)


def test_a_difference_needs_a_common_target() -> None:
    with pytest.raises(ValueError, match="share no target with an outcome at horizon 9"):
        scoring.difference(two_methods(3, 0.0), "ours", "rival", 9, np.random.default_rng(1))


@pytest.mark.data
def test_the_official_projection_of_2019_has_the_scores_known_for_it(data_folder: Path) -> None:
    """MAPE 2.62 and wAPE 2.19 % in 2025, 0.62 and 0.36 % in 2019; 86.7 % within 5 % in 2025."""
    codes = {"code": pl.String}
    projected = pl.read_csv(data_folder / "official_projection_2019.csv.gz", schema_overrides=codes)
    published = pl.read_csv(data_folder / "population_total_1972_2025.csv.gz", schema_overrides=codes)
    persons = pl.col("population").cast(pl.Float64)
    everyone = pl.sum_horizontal(pl.exclude("code", "year")).cast(pl.Float64)
    base = published.filter(pl.col("year") == 2018).select("code", size=persons)
    frame = (
        projected.select("code", "year", forecast=everyone, horizon=pl.col("year") - 2018)
        .join(published.select("code", "year", actual=persons), on=["code", "year"])
        .join(base, on="code")
        .with_columns(method=pl.lit("official_2019"), origin=2018, region=pl.lit(""))
    )
    scores = {row["horizon"]: row for row in scoring.point_scores(frame, ["horizon"]).iter_rows(named=True)}
    assert [round(scores[h][name], 2) for h in (1, 7) for name in ("mape", "wape")] == [
        0.62,
        0.36,
        2.62,
        2.19,
    ]
    assert round(scores[7]["within_5"], 1) == 86.7
