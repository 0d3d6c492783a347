"""How the monitor and signposts are told."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from framsyn.errors import FramsynError
from framsyn.evaluate.fit import Fit
from framsyn.evaluate.monitor import Compared, Course, Monitored
from framsyn.evaluate.observables import observable
from framsyn.evaluate.observed import Figure
from framsyn.evaluate.shift import Shift
from framsyn.evaluate.signposts import Guide, Signpost
from framsyn.i18n.translator import words
from framsyn.places.municipality import municipality
from framsyn.report.monitor import monitored_json, notes, print_monitored, sentences
from framsyn.report.signposts import guides_json, print_ending
from framsyn.report.watching import Asked, what_to_watch

EN = words("en")
FAR, NEAR = Shift(-4.0, 0.01), Shift(0.3, 0.9)


def told(weight: float = 0.7, far: float = 0.5) -> Monitored:
    """Residents have shifted, loans not."""
    population, loans = observable("population"), observable("loans")
    return Monitored(
        municipality=municipality("Närpes"),
        draws=1000,
        seed=1,
        compared=(
            Compared(Figure(population, 2026, 9200.0, 2026), 9400.0, 9500.0, 9600.0, {"as_is": 0.0}, FAR),
            Compared(Figure(loans, 2026, 4000.0, 2026), 3000.0, 3950.0, 5000.0, {"as_is": 55.0}, NEAR),
        ),
        courses=(Course(population, (2026, 2027), FAR),),
        fits={"as_is": Fit(1.0 - weight, far), "lazy": Fit(weight, far)},
        nominal=True,
    )


def test_what_has_shifted_and_which_future_fits_is_said_in_sentences() -> None:
    assert sentences(told(), (), EN) == [
        "Population has run lower over 2026–2027 together than going on as today leads to.",
        "Population 2026 is lower than going on as today leads to: 9,200 against 9,500.",
        "They fit best with: Lazy municipality (70%).",
    ]
    fits = {one: Fit(1.0 / 3.0, 0.5) for one in ("as_is", "lazy", "given_up")}
    assert sentences(replace(told(), fits=fits), (), EN)[-1].startswith("They do not yet tell")
    assert sentences(told(far=0.001), (), EN)[-1].startswith("The figures are strange to every future")


def test_money_of_the_year_and_blank_rows_are_told() -> None:
    said = " ".join(notes(told(), 1, EN))
    assert "euros of its own year" in said
    assert "1 row without a value" in said
    assert "2 rows without a value" in " ".join(notes(told(), 2, EN))


@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_a_usual_terminal(width: int) -> None:
    text = io.StringIO()
    print_monitored(told(), 1, (), EN, Console(file=text, width=width))
    assert "shifted" in text.getvalue()
    assert max(len(line.rstrip()) for line in text.getvalue().splitlines()) <= width


def test_the_json_of_the_monitor_holds_every_figure() -> None:
    document = json.loads(monitored_json(told(), 0, EN))
    assert [one["shifted"] for one in document["figures"]] == [True, False]
    assert document["figures"][0]["prices"] is None
    assert document["figures"][1]["prices"] == 2026
    assert document["best"] == "lazy"
    assert document["futures"]["lazy"] == {"weight": 0.7, "at_least_as_far": 0.5}


def test_a_signpost_is_told_with_its_alarm_and_how_often_it_is_right() -> None:
    post = Signpost("population", 3, 0.8, (9500.0, 9100.0), False, 9300.0, 0.75, 0.125)
    guide = Guide(3, (post,), ("population",), 0.8125, (0.875, 0.75), (0.7, 0.3), None)
    blind = Guide(1, (), (), 0.5, (0.5, 0.5), (0.7, 0.3), None)
    text = io.StringIO()
    m = municipality("Närpes")
    print_ending([blind, guide], "population < 9000 in 2040", m, EN, Console(file=text, width=100))
    said = text.getvalue()
    assert "below 9,300" in said
    assert "2026: nothing tells yet" in said
    assert "they warn of 75% of those that end so, and falsely of 12% of the others" in said.replace(
        "\n  ", " "
    )
    document = json.loads(guides_json([blind, guide], ("others", "ends so"), m, EN))
    assert document["years"][0]["signposts"] == []
    assert document["years"][1]["signposts"][0]["lag_months"] == 3


@pytest.mark.parametrize(
    ("postures", "draws", "ending", "said"),
    [
        (("lazy",), 200, None, "Two postures or more"),
        (("lazy", "engaging"), 200, "criterion", "Name one posture"),
        ((), 50, None, "At least 100 draws"),
        ((), 200, "soon", "cannot be read"),
        (("sleepy", "lazy"), 200, None, "no posture sleepy"),
    ],
)
def test_what_cannot_be_watched_for_is_refused(
    postures: tuple[str, ...], draws: int, ending: str | None, said: str
) -> None:
    asked = Asked(municipality("Närpes"), postures, {}, None, None, draws, 1, False)
    with pytest.raises(FramsynError, match=said):
        what_to_watch(asked, ending, 10, EN, Console(file=io.StringIO()))
