import io
import json

import pytest
from rich.console import Console

from framsyn.evaluate.explanation import Explanation, explain_change
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.explanation import STANDS, print_explanation, steps
from framsyn.report.explanation_json import explanation_json


@pytest.fixture(scope="module")
def told() -> Explanation:
    return explain_change(municipality("Närpes"), "annual_margin", 2030, "lazy", draws=4)


def printed(told: Explanation, lang: str, width: int = 100) -> str:
    out = io.StringIO()
    print_explanation(told, words(lang), Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_fits_a_hundred_columns_and_steps_from_base_to_year(told: Explanation, lang: str) -> None:
    text = printed(told, lang)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 100
    assert text.index(words(lang).number(told.base)) < text.index(words(lang).number(told.value))
    assert text.count(STANDS) == 2


def test_the_large_numbers_of_a_large_city_fit_too() -> None:
    large = explain_change(municipality("Helsinki"), "population", 2028, "given_up", draws=2)
    text = printed(large, "en")
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 100
    assert words("en").number(large.value) in text


def test_evidence_law_parameters_and_facts_stand_below_with_their_status(told: Explanation) -> None:
    text = printed(told, "en")
    for piece in ("Evidence", "remanence_next_year", "Law", "state_grant_pct", "HE 100/2025", "assumed"):
        assert piece in text, piece


def test_the_bars_begin_where_the_step_before_ended(told: Explanation) -> None:
    bars = steps(told)
    assert len(bars) == len(told.causes) + 2
    assert bars[0].index(STANDS) in (bars[1].find(bars[1].strip()[0]), len(bars[1]) - 1)


def test_json_has_stable_keys_and_sums_to_the_change(told: Explanation) -> None:
    document = json.loads(explanation_json(told, words("en")))
    assert list(document) == [
        "municipality",
        "indicator",
        "label",
        "unit",
        "posture",
        "against",
        "core_task",
        "base_year",
        "year",
        "draws",
        "seed",
        "bundle_version",
        "base",
        "value",
        "p10",
        "p90",
        "change",
        "groups",
        "causes",
    ]
    assert list(document["causes"][0]) == [
        "id",
        "group",
        "label",
        "off",
        "amount",
        "p10",
        "p90",
        "evidence",
        "law",
        "parameters",
        "facts",
    ]
    assert sum(cause["amount"] for cause in document["causes"]) == pytest.approx(document["change"], abs=1e-9)
    assert all(one["source"] for cause in document["causes"] for one in cause["facts"])
