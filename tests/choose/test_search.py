"""The search against fronts that are known: analytic, enumerated, or unreachable."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymoo.problems import get_problem

from framsyn.choose.dominance import hypervolume, nondominated
from framsyn.choose.problem import Outcome
from framsyn.choose.search import Ended, Front, Progress, search
from framsyn.choose.variables import Kind, Variable, Variables
from framsyn.errors import FramsynError
from framsyn.model.layout import Floats
from tests.choose import known_model
from tests.choose.known_model import KnownModel, front_hypervolume, waste


@dataclass
class Knapsack:
    """Two objectives and a limit over four small variables, every combination countable."""

    limit: float = 9.0
    variables: Variables = field(
        default_factory=lambda: Variables(
            [
                Variable("schools", 0, 6, kind=Kind.INTEGER),
                Variable("rate", 1.0, 2.0, 0.1),
                Variable("task", 0, 3, kind=Kind.CHOICE),
                Variable("land", -1.0, 1.0, 0.25),
            ]
        )
    )
    asked: list[Floats] = field(default_factory=list)

    def evaluate(self, rows: Floats) -> Outcome:
        self.asked.append(rows)
        schools, rate, task, land = rows.T
        gain = np.array([0.0, 3.0, 1.0, 2.0])[task.astype(int)]
        objectives = np.stack(
            [schools**2 + rate * gain + land, -(schools * rate + gain + np.sin(3 * land))], axis=1
        )
        return Outcome(objectives, (schools * rate + 2 * gain - self.limit)[:, None])


@dataclass
class Plain:
    """A problem of pymoo, asked as ours."""

    name: str
    variables: Variables
    settings: dict[str, int]

    def evaluate(self, rows: Floats) -> Outcome:
        told = get_problem(self.name, **self.settings).evaluate(rows, return_as_dictionary=True)
        return Outcome(told["F"], told.get("G", np.zeros((len(rows), 0))))


def unit_box(count: int) -> Variables:
    return Variables([Variable(f"x{place}", 0.0, 1.0) for place in range(count)])


@pytest.fixture(scope="module")
def known() -> Front:
    return search(KnownModel(), 8000, 1)


def test_the_known_front_of_the_small_municipality_is_found(known: Front) -> None:
    found = hypervolume(known.outcome.objectives, known_model.REFERENCE)
    assert 0.95 * front_hypervolume() < found <= front_hypervolume() + 1e-9
    assert known.feasible
    assert (known.outcome.violations <= 0.0).all()
    assert known.outcome.objectives[:, 0].max() > 0.79  # the limit itself is on the front
    assert (known.rows[:, 5] == 1.0).mean() > 0.9  # the right core task
    assert np.median(waste(known.rows)) < 0.02


def test_the_analytic_volume_of_the_front_is_that_of_a_dense_sample_of_it() -> None:
    angle = np.linspace(0.0, 1.0, 400)
    service, engagement = (axis.ravel() for axis in np.meshgrid(angle, angle))
    rows = np.tile(known_model.RIGHT, (len(service), 1))
    rows[:, 0], rows[:, 1], rows[:, 5] = service, engagement, 1.0
    front = known_model.mean_outcome(rows)
    front = front[front[:, 0] <= known_model.LOANS_LIMIT]
    assert np.allclose(waste(rows), 0.0)
    assert hypervolume(front, known_model.REFERENCE) == pytest.approx(front_hypervolume(), rel=0.003)


def test_no_row_of_the_front_beats_another_and_nothing_is_evaluated_twice() -> None:
    problem = Knapsack()
    found = search(problem, 1500, 3, population=100)
    assert len(nondominated(found.outcome.objectives)) == len(found.rows)
    asked = np.concatenate(problem.asked)
    assert len(np.unique(asked, axis=0)) == len(asked) == found.evaluated == 1500


def test_a_discrete_front_is_the_one_found_by_trying_everything() -> None:
    problem = Knapsack()
    every = problem.variables.every()
    told = problem.evaluate(every)
    kept = np.flatnonzero((told.violations <= 0.0).all(axis=1))
    true = np.unique(told.objectives[kept][nondominated(told.objectives[kept])], axis=0)
    assert len(every) == 7 * 11 * 4 * 9
    small = search(Knapsack(), 1400, 1)
    assert small.ended is Ended.BUDGET
    edge = true.max(axis=0) + 1.0
    assert hypervolume(small.outcome.objectives, edge) >= 0.995 * hypervolume(true, edge)
    whole = search(Knapsack(), 5000, 1)
    assert (whole.evaluated, whole.ended) == (len(every), Ended.EVERYTHING)
    assert np.array_equal(np.unique(whole.outcome.objectives, axis=0), true)


@pytest.mark.parametrize(
    ("name", "objectives", "variables", "volume", "share"),
    [
        ("zdt1", 2, 15, 1.1**2 - 1 / 3, 0.98),
        ("dtlz2", 3, 12, 1.1**3 - np.pi / 6, 0.95),
        ("dtlz2", 5, 14, 1.1**5 - 8 * np.pi**2 / 15 / 32, 0.88),
    ],
)
def test_textbook_fronts_are_found(
    name: str, objectives: int, variables: int, volume: float, share: float
) -> None:
    sizes = {"n_var": variables} | ({"n_obj": objectives} if name != "zdt1" else {})
    found = search(Plain(name, unit_box(variables), sizes), 8000, 1)
    reached = hypervolume(found.outcome.objectives, np.full(objectives, 1.1))
    assert share * volume < reached <= volume


def test_the_same_seed_gives_the_same_front_bit_for_bit_and_another_seed_another(known: Front) -> None:
    again, other = search(KnownModel(), 8000, 1), search(KnownModel(), 8000, 2)
    assert again.rows.tobytes() == known.rows.tobytes()
    assert again.outcome.objectives.tobytes() == known.outcome.objectives.tobytes()
    assert again.course == known.course
    assert other.rows.tobytes() != known.rows.tobytes()


def test_rows_to_start_from_are_evaluated_first_exactly_as_given() -> None:
    start = np.array([[3.0, 1.234, 2.0, 0.1], [0.0, 1.0, 0.0, -1.0], [3.0, 1.234, 2.0, 0.1]])
    problem = Knapsack()
    found = search(problem, 300, 1, start=start)
    assert np.array_equal(problem.asked[0][:2], start[:2])
    assert np.array_equal(found.start.objectives, Knapsack().evaluate(start).objectives)
    assert (found.rows == start[1]).all(axis=1).any()  # the cheapest of all cannot be beaten


def test_the_course_never_falls_and_ends_with_the_front(known: Front) -> None:
    shares = [point.hypervolume for point in known.course]
    assert all(later >= earlier for earlier, later in pairwise(shares))
    assert known.course[-1][:2] == (8000, len(known.rows))
    assert shares[0] < 0.8 * shares[-1]


def test_a_search_that_is_stopped_gives_what_it_has() -> None:
    heard: list[Progress] = []

    def three_batches(told: Progress) -> bool:
        heard.append(told)
        return len(heard) < 3

    found = search(KnownModel(), 5000, 1, progress=three_batches)
    assert (found.ended, found.evaluated) == (Ended.STOPPED, 600)
    assert [one.evaluated for one in heard] == [200, 400, 600]
    assert len(found.rows) == found.course[-1].front > 0


def test_when_nothing_keeps_the_constraints_the_least_violating_row_and_what_binds_are_told() -> None:
    # The least of the constrained sum is 0 (no schools, no gain): with a limit of -2 it breaks by 2.
    found = search(Knapsack(limit=-2.0), 5000, 1)
    assert not found.feasible
    assert found.course == ()
    assert found.outcome.violations[0, 0] == pytest.approx(2.0)
    assert found.rows[0, 0] == found.rows[0, 2] == 0.0
    assert found.constraints[0].kept == 0.0
    assert found.constraints[0].least == found.constraints[0].nearest == pytest.approx(2.0)


def test_a_narrow_feasible_region_is_reached_though_the_first_rows_are_all_outside() -> None:
    problem = Plain("mw4", unit_box(15), {"n_obj": 3})
    heard: list[Progress] = []
    found = search(problem, 12000, 1, progress=heard.append)
    assert heard[0].front == 0
    assert found.feasible
    assert len(found.rows) > 100


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ([[7.0, 1.0, 0.0, 0.0]], "schools is 7.0 in a row to start from: it must be from 0 to 6"),
        ([[1.0, 1.0, 0.5, 0.0]], "task is 0.5"),
        ([[1.0, np.nan, 0.0, 0.0]], "rate is nan"),
        ([[1.0, 1.0]], "has 2 values, but there are 4 variables"),
        ([[1.0, 1.0, 0.0, 0.0]] * 30, "budget for the 30 rows to start from"),
    ],
)
def test_rows_that_cannot_be_started_from_are_refused(start: list[list[float]], message: str) -> None:
    with pytest.raises(FramsynError, match=message):
        search(Knapsack(), 20, 1, start=np.array(start))


def test_a_problem_that_answers_with_something_else_than_numbers_is_refused() -> None:
    class Broken(Knapsack):
        def evaluate(self, rows: Floats) -> Outcome:
            told = super().evaluate(rows)
            told.objectives[3, 1] = np.nan
            return told

    with pytest.raises(FramsynError, match="Objective 2 is not a number for the choices"):
        search(Broken(), 400, 1)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32), budget=st.integers(1, 500), population=st.integers(2, 60))
def test_every_row_lies_on_the_grid_and_within_bounds(seed: int, budget: int, population: int) -> None:
    problem = Knapsack()
    found = search(problem, budget, seed, population=population)
    asked = np.concatenate(problem.asked)
    assert len(asked) == found.evaluated == budget
    every = {row.tobytes() for row in problem.variables.every()}
    assert all(row.tobytes() in every for row in asked)
