"""The monitor: what it reads, what it flags, and which future it names."""

from pathlib import Path

import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.evaluate.fit import fits
from framsyn.evaluate.lived import live_postures
from framsyn.evaluate.monitor import compare, lives_of_figures, monitor
from framsyn.evaluate.observables import observable
from framsyn.evaluate.observed import Figure, read_observed
from framsyn.evaluate.shift import percentiles, scale_of, shifts
from framsyn.foresee.futures import strategies_of
from framsyn.foresee.setting import Setting, prepare
from framsyn.model.layout import BIRTHS, W_PRICE, Floats
from framsyn.places.municipality import municipality

BASE = 2025
HEAD = "indicator;year;value"
FIGURES = [
    Figure(observable(one), year, 0.0, year)
    for one in ("population", "births", "annual_margin", "investment", "net_operating_cost")
    for year in (2026, 2027)
]
POSTURES = ("as_is", "engaging", "given_up")
SEEN = 60


def written(folder: Path, *lines: str) -> Path:
    path = folder / "figures.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def learned() -> tuple[Setting, dict[str, Floats]]:
    setting = prepare(municipality("Närpes"), 2, 1)
    rules = strategies_of(POSTURES, None, None)
    return setting, lives_of_figures(setting, live_postures(setting, rules, 500), FIGURES)


@pytest.fixture(scope="module")
def fresh() -> dict[str, Floats]:
    """What would be published of other worlds."""
    setting = prepare(municipality("Närpes"), 2, 77)
    rules = strategies_of(POSTURES, None, None)
    return lives_of_figures(setting, live_postures(setting, rules, SEEN), FIGURES)


def test_a_file_is_read_with_decimal_comma_blank_and_prices(tmp_path: Path) -> None:
    told = read_observed(
        written(
            tmp_path,
            HEAD + ";prices",
            "population;2026;9 ;",
            "annual_margin;2027;−3950,5;2025",
            "births;2026;;",
        ),
        BASE,
        2030,
    )
    assert told.blank == 1
    assert [(one.observable.id, one.year, one.value, one.prices) for one in told.figures] == [
        ("population", 2026, 9.0, 2026),
        ("annual_margin_per_resident", 2027, -3950.5, 2025),
    ]
    marked = read_observed(
        written(
            tmp_path,
            "sep=;",
            "Indicator;Year;Value",
            "",
            "population;2026;9 480",
            "births;2026;..",
            "deaths;2026;-",
        ),
        BASE,
        2030,
    )
    assert (marked.blank, [one.value for one in marked.figures]) == (2, [9480.0])
    commas = read_observed(written(tmp_path, "year,indicator,value", "2026,annual_margin,310.5"), BASE, 2030)
    assert commas.figures[0].value == 310.5


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_file_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes("indicator;year;value;källa\nbirths;2026;4 100,00;år\n".encode(encoding))
    told = read_observed(path, BASE, 2030)
    assert told.figures[0].value == 4100.0
    assert [str(note) for note in told.notes] == (
        ["figures.csv is not in UTF-8 and was read as Windows-1252: check å, ä and ö."]
        if encoding == "cp1252"
        else []
    )


@pytest.mark.parametrize(
    "head",
    ["Indikator;År;Värde;Priser", "indikaattori;vuosi;arvo;hinnat", "indikator;a\u030ar;va\u0308rde;priser"],
)
def test_the_columns_may_be_named_in_any_language(tmp_path: Path, head: str) -> None:
    (figure,) = read_observed(written(tmp_path, head, "lån;2027;3950;2025"), BASE, 2030).figures
    assert (figure.year, figure.value) == (2027, 3950.0)
    with pytest.raises(FramsynError, match="there twice"):
        read_observed(written(tmp_path, head + ";value", "lån;2027;3950;2025;3"), BASE, 2030)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("indicator;value", "population;3"), "lacks the column year"),
        (("",), "is empty"),
        ((HEAD + ";VALUE", "births;2026;3;4"), "the column value is there twice, as columns 3 and 4"),
        ((HEAD, "births;2026;3;4"), "row 2 has 4 cells"),
        ((HEAD,), "has a header but no rows"),
        ((HEAD, "births;2026;..", "births;2027;-"), "holds no published figure"),
        ((HEAD, "births;2026;"), "holds no published figure"),
        ((HEAD, "popultion;2026;3"), r"figures\.csv, row 2: .* Nearest: population"),
        ((HEAD, "trust;2026;3"), "cannot be observed"),
        ((HEAD, "births;2025;3"), "2026–2030"),
        ((HEAD, "births;2031;3"), "2026–2030"),
        ((HEAD, "births;soon;3"), "2026–2030"),
        ((HEAD, "births;2026;many"), "row 2: many is no number"),
        ((HEAD, "births;2026;inf"), "no number"),
        ((HEAD, "births;2026;" + "9" * 400), "no number"),
        ((HEAD, "births;2026;1e999"), "no number"),
        ((HEAD, "births;２０２６;3"), "2026–2030"),
        ((HEAD, "births;2026;3.100"), "could be two"),
        ((HEAD, "population;2026;0"), "row 2: population cannot be 0. A published figure lies between 1 and"),
        ((HEAD, "births;2026;-3"), "births cannot be -3"),
        ((HEAD, "participation;2029;101"), "participation cannot be 101"),
        ((HEAD, "births;2026;3", "births;2026;4"), "row 3: births of 2026 stands there twice"),
        ((HEAD, "loans;2026;3", "loans_per_resident;2026;4"), "twice"),
        ((HEAD, "participation;2026;60"), "every 4 years"),
        ((HEAD + ";prices", "loans;2027;3;2026"), "prices of 2026 cannot be compared"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place_of_the_mistake(
    tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    with pytest.raises(FramsynError, match=said):
        read_observed(written(tmp_path, *lines), BASE, 2030)


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="There is no file"):
        read_observed(tmp_path / "nothing.csv", BASE, 2030)


def test_a_value_s_percentile_counts_equal_lives_half() -> None:
    lives = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0], [4.0, 5.0]])
    assert percentiles(lives, np.array([3.0, 5.0])).tolist() == [62.5, 50.0]


def test_the_scale_has_a_width_to_each_side_and_is_never_nil() -> None:
    lives = np.array([[float(value), 7.0] for value in [*range(-100, 0), 0, *range(0, 1000, 10)]])
    told = scale_of(lives, np.array([0.5, 0.05]))
    assert told.above[0] > 5.0 * told.below[0]
    assert told.below[1] == pytest.approx(0.05 + 0.002 * 7.0)


def test_the_largest_of_many_scores_is_flagged_as_seldom_as_promised() -> None:
    generator = np.random.default_rng(5)
    lives = generator.normal(size=(2000, 30)).cumsum(axis=1)
    courses = [range(15), range(15, 30)]
    flagged = []
    for values in generator.normal(size=(300, 30)).cumsum(axis=1):
        single, together = shifts(lives, values, np.zeros(30), courses)
        flagged.append(any(one.shifted for one in (*single, *together)))
    assert 0.05 <= np.mean(flagged) <= 0.16  # 10 % promised


def test_years_that_lie_a_little_low_every_year_have_shifted_together() -> None:
    lives = np.random.default_rng(6).normal(size=(1000, 8))
    low = np.full(8, -1.3)
    single, together = shifts(lives, low, np.zeros(8), [range(8)])
    assert not any(one.shifted for one in single)
    assert together[0].shifted
    assert together[0].score < 0.0


def test_weights_of_futures_are_those_of_their_student_densities() -> None:
    # One figure, two futures alike in width: the densities of t(10) at 0 and at 2 deviations.
    generator = np.random.default_rng(7)
    plain = generator.normal(size=(4000, 1))
    plain = (plain - plain.mean()) / plain.std()
    told = fits({"near": plain, "far": plain + 2.0}, np.array([0.0]), np.zeros(1))
    odds = (1.0 + 4.0 / 8.0) ** (11.0 / 2.0)
    assert told["near"].weight == pytest.approx(odds / (1.0 + odds), abs=0.01)
    assert told["near"].at_least_as_far == pytest.approx(1.0, abs=0.05)
    assert told["far"].at_least_as_far == pytest.approx(0.0455, abs=0.015)


def test_figures_strange_to_every_future_name_none(learned: tuple[Setting, dict[str, Floats]]) -> None:
    setting, lives = learned
    odd = [
        one._replace(value=value * 3.0)
        for one, value in zip(FIGURES, lives["as_is"].mean(axis=0), strict=True)
    ]
    assert compare(setting, lives, lives["as_is"], odd).best is None


def test_money_of_its_own_year_is_compared_with_the_lives_in_euros_of_that_year() -> None:
    setting = prepare(municipality("Närpes"), 2)
    lives = live_postures(setting, strategies_of(("as_is",), None, None), 5)
    tax = observable("annual_margin")
    both = [
        Figure(tax, 2027, 0.0, 2027),
        Figure(tax, 2027, 0.0, BASE),
        Figure(observable("births"), 2027, 0.0, 2027),
    ]
    told = lives_of_figures(setting, lives, both)["as_is"]
    assert np.allclose(told[:, 0], told[:, 1] * lives.drawn.worlds[:, 2, W_PRICE])
    assert np.array_equal(told[:, 2], lives.records["as_is"][:, 2, BIRTHS])


def test_figures_of_a_posture_put_most_weight_on_it_and_flags_on_today_s_are_few(
    learned: tuple[Setting, dict[str, Floats]], fresh: dict[str, Floats]
) -> None:
    setting, lives = learned
    mean = {}
    flagged = []
    for truth in POSTURES:
        weights = []
        for values in fresh[truth]:
            seen = [one._replace(value=float(value)) for one, value in zip(FIGURES, values, strict=True)]
            told = compare(setting, lives, lives["as_is"], seen)
            weights.append([told.fits[one].weight for one in POSTURES])
            if truth == "as_is":
                single = any(one.shift.shifted for one in told.compared)
                flagged.append(single or any(one.shift.shifted for one in told.courses))
        mean[truth] = np.mean(weights, axis=0)
    for place, truth in enumerate(POSTURES):
        assert mean[truth][place] > 0.4
        assert mean[truth][place] == max(mean[truth])
        # A fair weight: on average a future gets what it deserves from the others too.
    assert np.mean([mean[truth] for truth in POSTURES], axis=0) == pytest.approx([1 / 3] * 3, abs=0.1)
    assert np.mean(flagged) <= 0.25  # 10 % promised, of 60


def test_a_municipality_is_monitored_from_its_figures() -> None:
    seen = [Figure(observable("population"), 2026, 9_000.0, 2026)]
    told = monitor(municipality("Närpes"), seen, POSTURES, draws=200)
    assert told.compared[0].shift.shifted
    assert told.compared[0].shift.score < 0.0
    assert told.compared[0].outside
    assert told.compared[0].percentiles["as_is"] < 1.0
    assert sum(one.weight for one in told.fits.values()) == pytest.approx(1.0)
    assert not told.nominal
    with pytest.raises(FramsynError, match="At least 100"):
        monitor(municipality("Närpes"), seen, POSTURES, draws=50)
    with pytest.raises(FramsynError, match="no published figure"):
        monitor(municipality("Närpes"), [], POSTURES)


@pytest.mark.parametrize("year", [2024, BASE, 2076])
def test_a_figure_of_a_year_that_is_not_lived_is_refused(year: int) -> None:
    figures = [Figure(observable("population"), one, 9_000.0, one) for one in (2026, year)]
    with pytest.raises(FramsynError, match=f"from 2026 to 2075; {year}"):
        monitor(municipality("Närpes"), figures, draws=100)


@pytest.mark.parametrize("header", ["Indikator;År;Värde;Priser", "indikaattori;vuosi;arvo;hinnat"])
def test_columns_may_be_named_in_swedish_and_finnish(tmp_path: Path, header: str) -> None:
    [figure] = read_observed(written(tmp_path, header, "lån;2026;3 950,50;2025"), 2025, 2030).figures
    assert (figure.observable.id, figure.year, figure.value) == ("loans_per_resident", 2026, 3950.5)
    assert figure.prices == 2025
