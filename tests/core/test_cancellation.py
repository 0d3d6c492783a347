"""Work stops at its next check once its token is cancelled, in every thread that it spreads over."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from framsyn.choose.evaluation import worlds_of
from framsyn.core.cancellation import (
    CancellationToken,
    CancelledWorkError,
    cancelled_by,
    check_cancelled,
    with_current_token,
)
from framsyn.evaluate.explanation import explain_change
from framsyn.evaluate.lived import live_postures
from framsyn.foresee.futures import CHUNK, foresee
from framsyn.foresee.postures import posture
from framsyn.foresee.setting import prepare
from framsyn.places.municipality import municipality


def test_without_a_token_a_check_lets_everything_pass() -> None:
    check_cancelled()


def test_a_check_stops_the_work_of_a_cancelled_token_and_no_other() -> None:
    token, other = CancellationToken(), CancellationToken()
    with cancelled_by(token):
        check_cancelled()
        token.cancel()
        with pytest.raises(CancelledWorkError):
            check_cancelled()
        with cancelled_by(other):
            check_cancelled()
    check_cancelled()


def test_threads_are_under_the_token_of_the_work_that_they_are_for() -> None:
    token = CancellationToken()
    began: list[int] = []

    def work(number: int) -> None:
        began.append(number)
        if number == 1:
            token.cancel()
        check_cancelled()

    with cancelled_by(token), ThreadPoolExecutor(1) as pool, pytest.raises(CancelledWorkError):
        list(pool.map(with_current_token(work), range(5)))
    assert began == [0, 1]


def test_the_simulations_stop_between_strategies_and_between_chunks_of_draws() -> None:
    m, token = municipality("545"), CancellationToken()
    setting, chunks = prepare(m, 2), 0

    def count(_: int) -> None:
        nonlocal chunks
        chunks += 1
        token.cancel()

    with cancelled_by(token):
        with pytest.raises(CancelledWorkError):
            foresee(m, years=1, draws=20 * CHUNK, threads=1, progress=count)
        assert chunks == 1
        with pytest.raises(CancelledWorkError):
            worlds_of(setting, range(2))
        with pytest.raises(CancelledWorkError):
            live_postures(setting, {"lazy": posture("lazy")}, 2)
        with pytest.raises(CancelledWorkError):
            explain_change(m, "population", m.bundle.base_year + 1, draws=2)


def test_results_under_a_token_are_the_same_bits() -> None:
    m = municipality("545")
    plain = foresee(m, years=3, draws=30)
    with cancelled_by(CancellationToken()):
        under = foresee(m, years=3, draws=30)
    for name in plain.data_vars:
        assert np.array_equal(plain[name].to_numpy(), under[name].to_numpy(), equal_nan=True)
