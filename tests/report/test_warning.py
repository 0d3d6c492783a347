"""How early warning is told, in three languages."""

import io
import json
import math
import re
from dataclasses import replace

import pytest
from rich.console import Console

from framsyn.evaluate.criteria import CRITERIA, FOLLOWS
from framsyn.evaluate.drivers import EFFECT, START, WORLD, Driver, Variable, variables
from framsyn.evaluate.spiral import Fed, Range, Share, Spiral
from framsyn.evaluate.turning import Turning
from framsyn.evaluate.warning import EarlyWarning, PostureWarning
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.driving import driver_sentence, named, told_drivers, value_in_words
from framsyn.report.turning import spiral_sentence, turning_sentence
from framsyn.report.warning import interval, notes, print_warning, table, years_shown
from framsyn.report.warning_json import warning_json

EN = words("en")
NONE, SELDOM, HALF = Share(0.0, 0.0, 0.0033), Share(0.004, 0.0015, 0.012), Share(0.52, 0.48, 0.56)
COST = Driver(Variable("local_cost", WORLD), 0.8, 0.18, 0.85, 1.064)
INTEREST = Driver(Variable("interest", WORLD), 0.3, 0.7, 0.001, math.nan)
RANGE = Range(-10.0, -20.0, math.nan)
SPIRAL = Spiral(20, 100, Share(0.68, 0.62, 0.74), HALF, {"population": Fed(RANGE, RANGE, 0.5, -0.5, RANGE)})
TURNING = Turning("year", 2031, (2025, 2026), (0.72, 0.004), 0.04)


def posture(by_year: Share, ever: Share, **more: object) -> PostureWarning:
    """A posture whose criteria are all as likely."""
    plain = PostureWarning(
        by_year=dict.fromkeys((*CRITERIA, "any", *FOLLOWS), (by_year,) * 20),
        ever=dict.fromkeys((*CRITERIA, "any", *FOLLOWS), ever),
        told_apart=True,
        drivers=(),
        spiral=None,
        turning=None,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def made(**postures: PostureWarning) -> EarlyWarning:
    """A warning of Närpes for twenty years."""
    told = postures or {
        "as_is": posture(
            NONE, SELDOM, told_apart=False, turning=replace(TURNING, outcome="always", stayed=1.0)
        ),
        "lazy": posture(
            NONE, NONE, told_apart=False, spiral=replace(SPIRAL, declines=NONE, feeds_itself=NONE)
        ),
        "given_up": posture(SELDOM, HALF, drivers=(COST, INTEREST), spiral=SPIRAL, turning=TURNING),
        "my own": posture(HALF, HALF, turning=replace(TURNING, outcome="never", year=None)),
    }
    return EarlyWarning(municipality("Närpes"), tuple(range(2026, 2046)), 500, 1, "engaging", told)


def printed(told: EarlyWarning, lang: str, width: int = 100) -> str:
    text = io.StringIO()
    print_warning(told, ("my own",), words(lang), Console(file=text, width=width))
    return text.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100])
def test_the_warning_is_whole_in_every_language_and_no_line_is_too_wide(lang: str, width: int) -> None:
    said = printed(made(), lang, width)
    assert max(len(line.rstrip()) for line in said.splitlines()) <= width
    assert "nan" not in said.lower().split()
    assert not set("{}") & set(said)
    spoken = set(re.findall(r"\w+", said.lower()))
    for english in ("worlds", "criterion", "turning", "economy", "higher", "years"):
        assert (english in spoken) == (lang == "en")
    law = {"sv": "110 § och 118 §", "fi": "110 ja 118 §", "en": "§§ 110 and 118"}
    assert law[lang] in said.splitlines()[0]


def test_a_risk_close_to_nothing_is_never_told_as_nothing() -> None:
    said = printed(made(given_up=posture(NONE, SELDOM, told_apart=False)), "en")
    row = next(line for line in said.splitlines() if line.strip().startswith("Any criterion met"))
    assert row.split()[-8:] == ["0%"] * 7 + ["<1%"]
    assert "only 2 worlds meet a criterion" in said
    none = printed(made(given_up=posture(NONE, NONE, told_apart=False)), "en")
    assert "No criterion is met in any of 500 worlds until 2045" in none
    assert "below 0.4%" in " ".join(none.split())


def test_an_interval_is_told_in_whole_per_cent_and_below_one_as_such() -> None:
    assert [interval(one, EN) for one in (NONE, SELDOM, HALF)] == ["<1", "0–1", "48–56"]
    assert interval(Share(1.0, 0.996, 1.0), EN) == ">99"


def test_the_table_tells_chosen_years_and_the_last() -> None:
    told = made()
    assert [told.years[place] for place in years_shown(told)] == [2026, 2027, 2028, 2030, 2035, 2040, 2045]
    for last, shown in ((1, [2026]), (12, [2026, 2027, 2028, 2030, 2035, 2037])):
        short = replace(told, years=told.years[:last])
        assert [told.years[place] for place in years_shown(short)] == shown
    assert table(told.postures["given_up"], told, EN).row_count == 7


@pytest.mark.parametrize(
    ("declines", "fed", "said"),
    [
        (NONE, NONE, "No spiral is seen: the economy declines in none of the worlds."),
        (HALF, NONE, "but the decline feeds itself in none."),
        (
            HALF,
            SELDOM,
            "A spiral is possible: the economy declines in 52% of the worlds, and the decline feeds",
        ),
        (HALF, HALF, "A spiral is about as likely as not"),
        (HALF, Share(0.6, 0.5, 0.7), "A spiral is more likely than not"),
    ],
)
def test_a_spiral_is_told_as_likely_as_it_is(declines: Share, fed: Share, said: str) -> None:
    assert said in spiral_sentence(replace(SPIRAL, declines=declines, feeds_itself=fed), EN)


def test_the_turning_year_is_told_with_what_comes_without_a_turn() -> None:
    assert turning_sentence(TURNING, "Engaging", 2045, EN) == (
        "The last year in which turning to “Engaging” still works more often than not: 2031. Without a turn"
        " the economy is in balance in 2045 in 4% of the worlds."
    )
    always = turning_sentence(replace(TURNING, outcome="always", year=None, stayed=0.9), "Engaging", 2045, EN)
    assert always.startswith("No turn is needed: without one the economy is in balance in 2045 in 90%")
    assert "every year looked at, 2025–2026" in always
    never = turning_sentence(replace(TURNING, outcome="never", year=None), "Engaging", 2045, EN)
    assert "not even at once: in 72% of the worlds" in never


def test_a_driver_is_told_with_its_direction_and_where_the_risk_is_one_half() -> None:
    assert driver_sentence(COST, EN) == (
        "Driver: The municipality's own cost level. The higher, the greater the risk: 18% in the fifth of the"
        " worlds where it is lowest, 85% where it is highest; it is one half at +6.4%."
    )
    lower = driver_sentence(INTEREST, EN)
    assert "The lower, the greater the risk: 70% in the fifth of the worlds where it is lowest, <1%" in lower
    assert "one half at no value that was seen" in lower


def test_a_value_is_told_in_the_unit_of_its_variable() -> None:
    assert value_in_words(Variable("interest", WORLD), 0.0312, EN) == "3.1%"
    assert value_in_words(Variable("one_off", WORLD), -12.4, EN) == "−12 EUR/resident"
    assert value_in_words(Variable("repair_debt_to_running_cost", EFFECT), 0.0317, EN).startswith(
        "0.032 euros"
    )
    assert value_in_words(Variable("trust", START), 41.2, EN) == "41 index 0–100"


def test_every_variable_of_the_worlds_can_be_named() -> None:
    for one in variables():
        assert named(one, EN).label


def test_what_cannot_be_told_of_drivers_is_said() -> None:
    often = Share(0.996, 0.99, 0.998)
    assert told_drivers(posture(HALF, HALF), 500, EN) == [
        "What drives the risk: nothing tells, beyond what chance does."
    ]
    assert "only 2 worlds escape it" in told_drivers(posture(HALF, often, told_apart=False), 500, EN)[0]
    assert "only 1 world meets" in told_drivers(posture(HALF, SELDOM, told_apart=False), 250, EN)[0]
    assert told_drivers(posture(NONE, NONE, told_apart=False), 500, EN) == []


def test_what_too_few_years_leave_untold_is_said() -> None:
    short = replace(made(given_up=posture(NONE, SELDOM)), years=(2026, 2027))
    assert "feeds itself is told from 8 years on" in " ".join(notes(short, EN))
    assert "turning works is told from 8 years on" in " ".join(notes(short, EN))
    assert "from 8 years" not in " ".join(notes(made(), EN))


def test_the_json_holds_every_figure_of_the_warning() -> None:
    told = made()
    document = json.loads(warning_json(told, ("my own",), words("sv")))
    assert (document["draws"], document["spiral_and_turning_draws"], document["turn_to"]) == (
        500,
        100,
        "engaging",
    )
    for identity, one in told.postures.items():
        found = document["postures"][identity]
        for criterion, shares in one.by_year.items():
            assert [tuple(share.values()) for share in found["by_year"][criterion]] == list(shares)
            assert tuple(found["ever"][criterion].values()) == one.ever[criterion]
    given_up = document["postures"]["given_up"]
    assert [(one["id"], one["rises"], one["half_at"]) for one in given_up["drivers"]] == [
        ("local_cost", True, 1.064),
        ("interest", False, None),
    ]
    assert given_up["turning"]["year"] == 2031
    assert given_up["turning"]["turned"] == [0.72, 0.004]
    assert given_up["spiral"]["feeds_itself"]["value"] == 0.52
    assert given_up["spiral"]["measures"]["population"]["departure"] == {
        "mean": -10.0,
        "p10": -20.0,
        "p90": None,
    }
    assert document["postures"]["my own"]["spiral"] is None
    assert document["postures"]["my own"]["label"] == "my own"
