"""Futures of real municipalities, from the shipped bundle."""

import numpy as np
import pytest
import xarray as xr

import framsyn
from framsyn.foresee.futures import CHUNK
from framsyn.foresee.postures import AS_IS, VISIONS, posture
from framsyn.foresee.setting import prepare
from framsyn.model import layout
from framsyn.model.indicators import indicators
from framsyn.places.municipality import Municipality, municipalities, municipality

PINS = dict.fromkeys(range(layout.LEVERS), 1.0)


def identical(one: xr.Dataset, other: xr.Dataset) -> bool:
    return all(one[name].values.tobytes() == other[name].values.tobytes() for name in one.data_vars)


@pytest.fixture(scope="module")
def närpes() -> Municipality:
    return municipality("Närpes")


def test_the_first_draws_are_bit_identical_whatever_the_number_of_draws(närpes: Municipality) -> None:
    few = framsyn.foresee(närpes, years=20, draws=100, seed=3)
    many = framsyn.foresee(närpes, years=20, draws=1000, seed=3).isel(draw=slice(100))
    for one in indicators().values():
        assert few[one.id].values.tobytes() == many[one.id].values.tobytes(), one.id


def test_one_and_two_threads_give_the_same_bits(närpes: Municipality) -> None:
    draws = 3 * CHUNK + 7
    one = framsyn.foresee(närpes, years=10, draws=draws, threads=1)
    two = framsyn.foresee(närpes, years=10, draws=draws, threads=2)
    assert identical(one, two)


def test_the_order_of_municipalities_does_not_matter(närpes: Municipality) -> None:
    alone = framsyn.foresee(närpes, years=5, draws=10)
    framsyn.foresee(municipality("091"), years=5, draws=10)
    assert identical(alone, framsyn.foresee(närpes, years=5, draws=10))


def test_worlds_are_longer_but_the_same_with_more_years(närpes: Municipality) -> None:
    short = framsyn.foresee(närpes, years=5, draws=10)
    long = framsyn.foresee(närpes, years=15, draws=10).isel(year=slice(6))
    assert short.population.values.tobytes() == long.population.values.tobytes()


def test_another_seed_gives_other_worlds(närpes: Municipality) -> None:
    one = framsyn.foresee(närpes, years=5, draws=10, seed=1)
    two = framsyn.foresee(närpes, years=5, draws=10, seed=2)
    assert not identical(one, two)


def test_with_all_levers_pinned_the_postures_coincide(närpes: Municipality) -> None:
    futures = framsyn.foresee(närpes, years=15, draws=20, pinned=PINS)
    for identity in futures.posture.values:
        same = futures.sel(posture=identity)
        anchor = futures.sel(posture="as_is")
        assert identical(same, anchor), identity


def test_a_posture_asked_for_alone_is_the_same_as_among_all(närpes: Municipality) -> None:
    alone = framsyn.foresee(närpes, postures=["lazy"], years=8, draws=30)
    among = framsyn.foresee(närpes, years=8, draws=30)
    assert identical(alone.sel(posture="lazy"), among.sel(posture="lazy"))
    assert list(alone.posture.values) == ["lazy"]


def test_the_population_account_closes_in_real_lives(närpes: Municipality) -> None:
    futures = framsyn.foresee(närpes, years=20, draws=40)
    before = futures.population.isel(year=slice(None, -1)).values
    after = futures.isel(year=slice(1, None))
    change = after.births - after.deaths + after.moves_in - after.moves_out
    expected = before + (change + after.immigration - after.emigration).values
    np.testing.assert_allclose(after.population.values, expected, rtol=1e-12)


def test_the_mean_age_structure_sums_to_the_mean_population(närpes: Municipality) -> None:
    futures = framsyn.foresee(närpes, years=10, draws=60)
    total = futures.population_by_age.sum(("sex", "age")).values
    np.testing.assert_allclose(total, futures.population.mean("draw").values, rtol=1e-12)


def test_every_municipality_lives_without_nan_or_negative_counts() -> None:
    everyone = municipalities()
    assert len(everyone) == 308
    counts = ("population", "births", "deaths", "moves_in", "moves_out", "immigration", "emigration", "jobs")
    columns = [list(indicators()).index(one) for one in (*counts, "loans_per_resident")]
    for m in everyone:
        ready = prepare(m, 20)
        drawn, ages = ready.draw(range(4)), np.zeros((21, layout.SEXES, layout.AGES))
        reference = ready.live(drawn, ready.course(posture(AS_IS)), ages=ages)
        for identity in (AS_IS, *VISIONS):
            lived = ready.live(drawn, ready.course(posture(identity)), reference, ages=ages)[:, 1:]
            assert np.isfinite(lived).all(), (m.code, identity)
            assert (lived[..., columns] >= 0).all(), (m.code, identity)
        assert (ages >= 0).all(), m.code


def test_the_base_year_is_the_published_one(närpes: Municipality) -> None:
    futures = framsyn.foresee(närpes, years=2, draws=5)
    first = futures.isel(year=0)
    assert (first.population.values == närpes.population.sum()).all()
    assert (first.income_tax_rate.values == närpes.fact("income_tax_rate_pct").value).all()
    loans = närpes.fact("loans_eur").value / närpes.population.sum()
    np.testing.assert_allclose(first.loans_per_resident.values, loans, rtol=1e-12)
    margin = närpes.fact("annual_margin_eur").value / närpes.population.sum()
    np.testing.assert_allclose(first.annual_margin_per_resident.values, margin, atol=0.01)
    assert np.isnan(first.births.values).all()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"years": 0}, "Years must be from 1 to 50; 0 was given."),
        ({"years": 200}, "Years must be from 1 to 50; 200 was given."),
        ({"draws": 0}, "Draws must be from 1 to 20000; 0 was given."),
        ({"seed": -1}, "The seed must be"),
        ({"postures": ["ivrig"]}, "There is no posture ivrig."),
        ({"postures": ["lazy", "lazy"]}, "A posture is named twice: lazy."),
        ({"postures": ["lazy", "Lat kommun"]}, "A posture is named twice: lazy."),
        ({"core_task": "fiske"}, "There is no core task fiske."),
        ({"postures": []}, "Name at least one posture."),
    ],
)
def test_a_request_that_cannot_be_lived_says_why(
    närpes: Municipality, asked: dict[str, object], said: str
) -> None:
    with pytest.raises(framsyn.FramsynError, match=said.replace(".", r"\.")):
        framsyn.foresee(närpes, **asked)  # type: ignore[arg-type]


def test_postures_and_core_tasks_may_go_by_their_names_in_any_language(närpes: Municipality) -> None:
    by_name = framsyn.foresee(
        närpes, ["Lat kommun", "ratkaisukeskeinen"], years=2, draws=2, core_task="Turvallisuus"
    )
    by_id = framsyn.foresee(närpes, ["lazy", "focused"], years=2, draws=2, core_task="safety")
    assert by_name["posture"].values.tolist() == ["lazy", "focused"]
    assert by_name.attrs["core_task"] == "safety"
    assert by_name.identical(by_id)
