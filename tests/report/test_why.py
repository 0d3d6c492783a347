import re

import numpy as np
import pytest

from framsyn.foresee.forecast.explain import ForecastExplained
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.report.page import render
from framsyn.report.why import METHODS, Step, why
from tests.report.made_explained import MOVES, made_explained, made_past
from tests.report.made_futures import made_futures, made_history
from tests.report.test_page import outline

EN, SV, FI = words("en"), words("sv"), words("fi")


def persons(value: str) -> int:
    """A number as English writes it."""
    return int(value.replace("−", "-").replace(",", "").replace("+", ""))


def test_the_steps_are_the_parts_in_whole_persons() -> None:
    told = why(made_explained(), EN)
    assert [(step.label, step.value) for step in told.steps] == [
        ("Residents at the end of 2025", "9,538"),
        ("Births", "+721"),
        ("Deaths", "−1,128"),
        ("Net moves, aged 0–15", "+171"),
        ("Net moves, aged 16–19", "−264"),
        ("Net moves, aged 20–24", "+4"),
        ("Net moves, aged 25–34", "+273"),
        ("Net moves, aged 35–64", "+247"),
        ("Net moves, aged 65 and over", "−211"),
        ("Adjustment from all methods together", "+4"),
        ("Residents at the end of 2035", "9,355"),
    ]
    assert told.summary == [
        ("Births minus deaths", "−407"),
        ("Net moves", "+220"),
        ("Adjustment from all methods together", "+4"),
        ("Change of the population", "−183"),
    ]


def drawn(seed: int) -> ForecastExplained:
    """Parts of any size and sign, now and then far below one person."""
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.uniform(-1.5, 5.0)
    births, deaths = np.abs(scale * rng.normal(size=2))
    moves = dict(zip(MOVES, scale * rng.normal(size=len(MOVES)), strict=True))
    pull, population = float(scale * rng.normal()), float(20.0 * scale + rng.uniform(0.0, 3.0))
    expected = population + births - deaths + sum(moves.values()) + pull
    return made_explained(
        population=population, expected=expected, births=births, deaths=deaths, moves=moves, pull=pull
    )


@pytest.mark.parametrize("seed", range(60))
def test_what_is_shown_adds_up_and_is_never_a_person_off(seed: int) -> None:
    explained = drawn(seed)
    told = why(explained, EN)
    first, *changes, last = [persons(step.value) for step in told.steps]
    assert first + sum(changes) == last
    exact = [explained.births, -explained.deaths, *explained.moves.values(), explained.pull]
    np.testing.assert_allclose(changes, exact, atol=1.0)
    *parts, change = [persons(value) for _, value in told.summary]
    assert sum(parts) == change == last - first
    assert told.steps[-1].value == EN.number(explained.expected)


@pytest.mark.parametrize("seed", range(20))
def test_bars_go_on_where_the_last_one_ended_and_stay_inside(seed: int) -> None:
    first, *steps, last = why(drawn(seed), EN).steps
    now = first.left + first.width / 2
    for step in steps:
        start, end = step.left, step.left + step.width
        assert 0.0 <= start <= end <= 100.0
        assert min(abs(now - start), abs(now - end)) < 0.03
        now = end if abs(now - start) <= abs(now - end) and step.kind == "more" else start
    assert abs(last.left + last.width / 2 - now) < 0.03


def test_a_population_that_stands_still_has_bars_without_width() -> None:
    nothing = dict.fromkeys(MOVES, 0.0)
    explained = made_explained(births=0.0, deaths=0.0, moves=nothing, pull=0.0, expected=9538.0)
    told = why(explained, EN)
    assert {step.width for step in told.steps if step.kind != "at"} == {0.0}
    assert told.steps[1] == Step("Births", "0", "more", 50.0, 0.0)
    assert told.expected.endswith("as many as at the end of 2025.")
    assert told.pull.startswith("Together the methods expect as many as")


def test_the_expected_population_is_told_with_its_interval() -> None:
    assert why(made_explained(), EN).expected == (
        "9,355 residents are expected at the end of 2035 (80% interval 8,871–9,840): 183 fewer than at the"
        " end of 2025."
    )
    grows = made_explained(expected=9800.0, pull=448.6)
    assert "262 fler än i slutet av 2025" in why(grows, SV).expected
    assert "262 enemmän kuin vuoden 2025 lopussa" in why(grows, FI).expected


@pytest.mark.parametrize(
    ("pull", "word"), [(12.0, "12 more than births"), (-3.6, "4 fewer than"), (0.2, "as many as births")]
)
def test_what_the_methods_add_is_told_in_a_plain_sentence(pull: float, word: str) -> None:
    expected = 9538.0 + 721.45 - 1128.48 + sum(MOVES.values()) + pull
    assert word in why(made_explained(expected=expected, pull=pull), EN).pull


def test_a_method_that_nobody_named_is_shown_by_its_id() -> None:
    methods = dict(why(made_explained(members={"trend": 9.0, "mine": 8.0}), EN).methods)
    assert methods == {METHODS["trend"]: "9", "mine": "8"}


# How right such forecasts have been


def test_the_record_is_told_for_places_of_the_size() -> None:
    assert why(made_explained(), EN).record == (
        "Of 100 municipalities of this size (5,000–10,000 residents), in 80 the forecast lay within ±5.2% of"
        " the outcome after 7 years."
    )
    assert why(made_explained(), SV).record == (
        "Av 100 kommuner i denna storlek (5\u00a0000–10\u00a0000 invånare) låg prognosen i 80 inom"
        " ±5,2\u00a0% från utfallet efter 7 år."
    )
    assert why(made_explained(), FI).record == (
        "Sadasta tämänkokoisesta kunnasta (5\u00a0000–10\u00a0000 asukasta) ennuste oli 80 kunnassa enintään"
        " ±5,2\u00a0%:n päässä toteutuneesta 7 vuoden kuluttua."
    )


@pytest.mark.parametrize(
    ("least", "most", "size"),
    [(0, 2000, "(under 2,000 residents)"), (50000, None, "(50,000 residents or more)")],
)
def test_the_smallest_and_the_largest_are_open_classes(least: int, most: int | None, size: str) -> None:
    assert size in why(made_explained(past=made_past(least, most)), EN).record


@pytest.mark.parametrize(("year", "ahead"), [(2026, "1 year."), (2028, "3 years."), (2035, "7 years.")])
def test_the_record_is_told_no_further_than_the_forecast_goes(year: int, ahead: str) -> None:
    assert why(made_explained(year=year), EN).record.endswith(f"after {ahead}")


def test_the_table_has_chosen_horizons_with_their_outcomes_and_origins() -> None:
    told = why(made_explained(), EN)
    assert [row.horizon for row in told.past] == ["1", "3", "5", "7", "10"]
    assert told.past[-1].within == ("±3.7%", "±7.4%", "±15.2%")
    assert told.past[0].outcomes == "1,001"
    assert "from 2008–2015, 2018, 2020, each with only what was known then" in told.origins


def test_a_record_without_far_outcomes_shows_the_near_ones() -> None:
    told = why(made_explained(past=made_past()[:4]), EN)
    assert [row.horizon for row in told.past] == ["1", "3"]
    assert told.record.endswith("after 3 years.")


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "is not known"), ("sv", "inte känt"), ("fi", "Ei tiedetä")]
)
def test_a_record_that_is_not_there_is_said_not_to_be(lang: str, word: str) -> None:
    told = why(made_explained(past=()), words(lang))
    assert word in told.record
    assert (told.past, told.origins) == ([], "")
    page = render(made_futures(draws=5), made_history(), words(lang), explained=made_explained(past=()))
    assert told.record in page
    assert 'class="record"' not in page


# On the page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_tells_why_in_the_reader_s_language(lang: str) -> None:
    said = words(lang)
    page = render(made_futures(draws=5), made_history(), said, explained=made_explained())
    found = outline(page)
    assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:], strict=False))
    assert len(found.ids) == len(set(found.ids))
    assert set(found.targets) <= set(found.ids)
    assert "why" in found.targets
    told = why(made_explained(), said)
    section = page[page.index('aria-labelledby="why"') : page.index('aria-labelledby="ages"')]
    for text in (told.expected, told.pull, told.record, told.origins):
        assert text in section
    rows = re.findall(r"<span>([^<]+)</span><svg.*?<td>([^<]+?)(?: <small>.*)?</td>", section)
    assert rows == [(step.label, step.value) for step in told.steps]
    assert f"<small>{told.interval}</small>" in section
    if lang != "en":
        assert not re.search(r"\b(the|of|moves|residents|outcome)\b", re.sub(r"<[^>]*>", " ", section))


def test_the_fan_of_today_is_said_to_be_the_forecast_where_it_is_shown() -> None:
    shown = "The fan of “As today” is the forecast itself"
    explained = made_explained()
    assert shown in render(made_futures(draws=5), made_history(), EN, explained=explained)
    assert shown not in render(made_futures(("lazy",), draws=5), made_history(), EN, explained=explained)


def test_a_page_without_an_explanation_has_no_such_section() -> None:
    page = render(made_futures(draws=5), made_history(), EN)
    assert "Why this forecast" not in page
    assert "is the forecast itself" not in page
