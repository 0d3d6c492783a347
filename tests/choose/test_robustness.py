"""Regret, satisficing and their kin, by hand and by identities; whether they agree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from framsyn.choose.agreement import agreement, compared, kendall
from framsyn.choose.robustness import (
    Floats,
    Measures,
    Objective,
    measures,
    meets,
    regret,
    robustness,
    scaled,
    weighted_value,
)
from framsyn.errors import FramsynError

MORE = Objective("margin", threshold=5.0)
LESS = Objective("loans", more_is_better=False, threshold=30.0)
#: Three strategies in four futures: a high and risky one, a steady one, one that is never best.
MARGIN = np.array([[0.0, 4.0, 8.0, 12.0], [5.0, 5.0, 6.0, 6.0], [1.0, 2.0, 5.0, 5.0]])
LOANS = np.array([[10.0, 20.0, 30.0, 60.0], [30.0, 30.0, 30.0, 30.0], [40.0, 40.0, 20.0, 10.0]])

tables = arrays(
    np.float64,
    st.tuples(st.integers(2, 5), st.integers(2, 8)),
    elements=st.integers(-100, 100).map(float),
)


def by_hand(values: Floats) -> dict[str, list[float]]:
    """The measures from their formulas, one future at a time; more is better."""
    strategies, futures = values.shape
    low, span = values.min(), values.max() - values.min()
    told: dict[str, list[float]] = {name: [] for name in ("regret", "regret_90", "mean_variance")}
    for s in range(strategies):
        missed = sorted(max(values[k, f] for k in range(strategies)) - values[s, f] for f in range(futures))
        told["regret"].append(missed[-1])
        place = 0.9 * (futures - 1)
        below = int(place)
        above = min(below + 1, futures - 1)
        told["regret_90"].append(missed[below] + (place - below) * (missed[above] - missed[below]))
        unit = [(v - low) / span if span else 1.0 for v in values[s]]
        mean = sum(unit) / futures
        sd = (sum((u - mean) ** 2 for u in unit) / (futures - 1)) ** 0.5
        told["mean_variance"].append((mean + 1) / (sd + 1))
    return told


def test_measures_of_one_objective_equal_those_worked_out_by_hand() -> None:
    found = measures(MARGIN, MORE, pessimism=0.75)
    assert regret(MARGIN).tolist() == [[5, 1, 0, 0], [0, 0, 2, 6], [4, 3, 3, 7]]
    assert found.minimax_regret.tolist() == [5, 6, 7]
    assert found.regret_90 == pytest.approx([3.8, 4.8, 6.1])
    assert found.worst.tolist() == [0, 5, 1]
    assert found.best.tolist() == [12, 6, 5]
    assert found.mean.tolist() == [6, 5.5, 3.25]
    assert found.hurwicz.tolist() == [3, 5.25, 2]
    assert found.satisficing is not None
    assert found.satisficing.tolist() == [0.5, 1, 0.5]
    sd = np.sqrt(80 / 3) / 12
    assert found.mean_variance[0] == pytest.approx((0.5 + 1) / (sd + 1))


def test_where_less_is_better_measures_are_those_of_the_turned_values() -> None:
    found = measures(LOANS, LESS)
    assert found.worst.tolist() == [-60, -30, -40]
    assert found.minimax_regret.tolist() == [50, 20, 30]
    assert found.satisficing is not None
    assert found.satisficing.tolist() == [0.75, 1, 0.5]


def test_all_thresholds_must_be_met_in_the_same_future() -> None:
    found = robustness({"margin": MARGIN, "loans": LOANS}, [MORE, LESS])
    assert meets(MARGIN, MORE)[0].tolist() == [False, False, True, True]
    assert meets(LOANS, LESS)[0].tolist() == [True, True, True, False]
    assert found.satisficing is not None
    assert found.satisficing.tolist() == [0.25, 1, 0.5]


def test_regrets_of_several_objectives_are_shares_of_their_range_and_the_largest_counts() -> None:
    found = robustness({"margin": MARGIN, "loans": LOANS}, [MORE, LESS])
    by_future = np.maximum(regret(MARGIN) / 12.0, regret(-LOANS) / 50.0)
    assert found.minimax_regret == pytest.approx([1.0, 0.5, 0.6])
    assert found.regret_90 == pytest.approx(np.quantile(by_future, 0.9, axis=1))


@given(tables)
def test_measures_equal_their_formulas(values: Floats) -> None:
    found, formula = measures(values, Objective("x")), by_hand(values)
    assert found.minimax_regret == pytest.approx(formula["regret"])
    assert found.regret_90 == pytest.approx(formula["regret_90"])
    assert found.mean_variance == pytest.approx(formula["mean_variance"])


@given(tables)
def test_what_is_best_in_every_future_has_no_regret(values: Floats) -> None:
    best = values.max(axis=0, keepdims=True)
    found = measures(np.vstack([values, best]), Objective("x"))
    assert found.minimax_regret[-1] == 0.0
    assert found.regret_90[-1] == 0.0
    assert found.worst[-1] == found.worst.max()


@given(tables)
def test_adding_a_dominated_strategy_changes_no_regret(values: Floats) -> None:
    beaten = values.min(axis=0, keepdims=True) - 1.0
    before, after = measures(values, MORE), measures(np.vstack([values, beaten]), MORE)
    for name in ("minimax_regret", "regret_90", "worst", "mean", "hurwicz", "satisficing"):
        assert getattr(after, name)[:-1].tolist() == getattr(before, name).tolist()


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_futures_does_not_matter(values: Floats, random: np.random.Generator) -> None:
    order = list(range(values.shape[1]))
    random.shuffle(order)
    before, after = measures(values, MORE), measures(values[:, order], MORE)
    for name in Measures.__dataclass_fields__:
        assert getattr(after, name) == pytest.approx(getattr(before, name))


@given(tables)
@settings(max_examples=50)
def test_turning_the_direction_and_the_sign_together_changes_nothing(values: Floats) -> None:
    as_more = measures(values, Objective("x", threshold=3.0))
    as_less = measures(-values, Objective("x", more_is_better=False, threshold=-3.0))
    for name in Measures.__dataclass_fields__:
        assert getattr(as_more, name).tolist() == getattr(as_less, name).tolist()


def test_a_missing_value_is_told_with_its_place() -> None:
    holed = MARGIN.copy()
    holed[1, 2] = np.nan
    with pytest.raises(FramsynError, match=r"margin is not known for strategy steady in future 2 \(1 values"):
        robustness({"margin": holed}, [MORE], names=["high", "steady", "low"])


@pytest.mark.parametrize(
    ("values", "objectives", "message"),
    [
        ({}, [], r"^Robustness needs at least one objective\.$"),
        ({"loans": LOANS}, [MORE], r"^There are no values of the objective margin\.$"),
        (
            {"margin": MARGIN, "loans": LOANS[:, :2]},
            [MORE, LESS],
            r"^The objectives .* futures: margin \(3, 4\), loans \(3, 2\)\.$",
        ),
        ({"margin": np.empty((0, 3))}, [MORE], "at least one of each"),
    ],
)
def test_tables_that_do_not_fit_are_told(
    values: dict[str, Floats], objectives: list[Objective], message: str
) -> None:
    with pytest.raises(FramsynError, match=message):
        robustness(values, objectives)


def refusal(values: Floats, pessimism: float = 0.5, names: list[str] | None = None) -> str:
    with pytest.raises(FramsynError) as error:
        measures(values, MORE, pessimism, names)
    return str(error.value)


def test_what_is_missing_is_told_in_whole_sentences() -> None:
    assert refusal(np.empty((2, 0))) == (
        "The values of margin must be a table of strategies by futures with at least one of each."
    )
    holed = MARGIN.copy()
    holed[[1, 2], 2] = np.nan
    told = (
        "The value of margin is not known for strategy {} in future 2 (2 values are missing). Leave out that "
    )
    told += "strategy, future or objective: a missing value is not zero."
    assert refusal(holed) == told.format(1)
    assert refusal(holed, names=["high", "steady", "low"]) == told.format("steady")


@pytest.mark.parametrize("pessimism", [-0.1, 1.5])
def test_the_weight_on_the_worst_future_is_a_share(pessimism: float) -> None:
    assert refusal(MARGIN, pessimism) == (
        f"The weight on the worst future must be from 0 to 1; {pessimism} was given."
    )


def test_the_whole_weight_may_be_on_the_worst_or_on_the_best_future() -> None:
    assert measures(MARGIN, MORE, pessimism=1.0).hurwicz.tolist() == [0, 5, 1]
    assert measures(MARGIN, MORE, pessimism=0.0).hurwicz.tolist() == [12, 6, 5]


def test_in_a_single_future_nothing_spreads() -> None:
    found = measures(np.array([[0.0], [0.5], [1.0]]), Objective("margin"))
    assert found.mean_variance.tolist() == [1.0, 1.5, 2.0]
    assert found.satisficing is None


def test_a_range_below_one_is_scaled_as_any() -> None:
    assert scaled(np.array([[2.0, 2.25, 2.5]])).tolist() == [[0.0, 0.5, 1.0]]


def test_without_a_threshold_it_is_met_throughout() -> None:
    met = meets(MARGIN, Objective("margin"))
    assert met.dtype == np.dtype(bool)
    assert met.tolist() == np.full(MARGIN.shape, True).tolist()


def test_a_weighted_value_scales_each_objective_to_its_swing() -> None:
    value = weighted_value({"margin": MARGIN, "loans": LOANS}, [MORE, LESS], {"margin": 3.0, "loans": 1.0})
    assert value[0].tolist() == pytest.approx([0.25, 0.75 * 4 / 12 + 0.2, 0.75 * 8 / 12 + 0.15, 0.75])


def test_only_the_ratio_of_weights_counts_and_one_of_them_may_be_zero() -> None:
    values = {"margin": MARGIN.astype(int), "loans": LOANS.astype(int)}
    small = weighted_value(values, [MORE, LESS], {"margin": 0.3, "loans": 0.1})
    large = weighted_value(values, [MORE, LESS], {"margin": 3.0, "loans": 1.0})
    assert small == pytest.approx(large)
    alone = weighted_value(values, [MORE, LESS], {"margin": 0.5, "loans": 0.0})
    assert alone == pytest.approx(MARGIN / 12.0)
    assert weighted_value({"margin": MARGIN}, [MORE], {"margin": 1.0}) == pytest.approx(alone)


def test_where_strategies_are_alike_there_is_no_regret_and_a_small_range_counts_as_any() -> None:
    alike = robustness({"margin": np.full((2, 3), 7.0)}, [Objective("margin")])
    assert alike.objectives == (Objective("margin"),)
    assert alike.minimax_regret.tolist() == [0.0, 0.0]
    assert alike.satisficing is None
    near = robustness({"margin": np.array([[0.0, 0.5], [0.5, 0.5]])}, [Objective("margin")])
    assert near.minimax_regret.tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (
            {"margin": 1.0},
            r"^Every objective needs one weight\. Objectives: loans, margin; weights: margin\.$",
        ),
        ({"trust": 1.0, "loans": 1.0}, r"Objectives: loans, margin; weights: loans, trust\.$"),
        ({"margin": 1.0, "loans": -1.0}, r"^Weights must be .* above zero: see loans\.$"),
        ({"margin": 0.0, "loans": 0.0}, r"above zero: see margin, loans\.$"),
    ],
)
def test_weights_that_cannot_be_are_told(weights: dict[str, float], message: str) -> None:
    with pytest.raises(FramsynError, match=message):
        weighted_value({"margin": MARGIN, "loans": LOANS}, [MORE, LESS], weights)


def test_measures_that_disagree_are_shown_with_their_first_and_last() -> None:
    found = agreement(robustness({"margin": MARGIN}, [MORE]), "margin")
    assert found.first["minimax_regret"] == (0,)
    assert found.first["worst"] == (1,)
    assert found.last["satisficing"] == (0, 2)
    assert found.last["mean"] == (2,)
    assert found.unanimous == ()
    a, b = found.measures.index("minimax_regret"), found.measures.index("worst")
    assert found.tau[a, b] == pytest.approx(-1 / 3)
    assert np.diag(found.tau) == pytest.approx(1.0)


def test_all_objectives_together_are_compared_by_what_needs_no_weights() -> None:
    found = agreement(robustness({"margin": MARGIN, "loans": LOANS}, [MORE, LESS]))
    assert found.measures == ("minimax_regret", "regret_90", "satisficing")
    assert found.unanimous == (1,)


@given(st.lists(st.integers(0, 4), min_size=3, max_size=8), st.randoms(use_true_random=False))
def test_kendalls_tau_equals_scipys(score: list[int], random: np.random.Generator) -> None:
    from scipy.stats import kendalltau

    other = list(score)
    random.shuffle(other)
    ours = kendall(np.array(score, dtype=float), np.array(other, dtype=float))
    theirs = kendalltau(score, other).statistic
    assert ours == pytest.approx(theirs, nan_ok=True)


def test_scores_that_differ_by_rounding_alone_are_level() -> None:
    found = compared({"one": np.array([0.1 + 0.2, 0.3, 0.0]), "two": np.array([1.0, 1.0, 0.0])})
    assert found.first["one"] == (0, 1)
    assert found.tau[0, 1] == 1.0
