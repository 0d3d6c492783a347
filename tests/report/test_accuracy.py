import io
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from rich.console import Console

from framsyn.foresee import scoring
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.report.accuracy import METHODS, PLOTS, method_name, ordered, print_accuracy, shown_horizons
from framsyn.report.accuracy_page import SECTIONS, accuracy_markdown
from framsyn.report.accuracy_plots import accuracy_plots, apart
from framsyn.report.terminal import WIDTH
from tests.report.made_backtest import frames


@cache
def page() -> str:
    return accuracy_markdown(*frames())


def section(text: str, heading: str) -> str:
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def cells(text: str, first: str) -> list[str]:
    """The cells of the first row whose first cell is `first`."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_every_section_of_the_page_stands_in_order() -> None:
    headings = re.findall(r"^## (.+)$", page(), re.MULTILINE)
    assert headings == [heading for heading, _ in SECTIONS.values()]


def test_the_same_frames_give_the_same_page() -> None:
    assert accuracy_markdown(*frames()) == page()


def test_every_table_of_the_page_has_rows_as_wide_as_its_heading() -> None:
    tables = [block for block in page().split("\n\n") if block.startswith("|")]
    assert len(tables) >= 10
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1, table
    assert "nan" not in page().lower()
    assert "None" not in page()


def test_methods_of_many_origins_stand_in_one_table_and_the_official_one_in_another() -> None:
    text = section(page(), "Do other methods forecast better?")
    many, one = text.split("### ")[1:]
    assert many.startswith("Forecasts made in 2008–2017")
    assert one.startswith("Forecasts made in 2017")
    # Errors 1 and 0.5 % a year in municipalities of 1,000 and 30,000: (1 + 0.5) / 2, and 320 of 62,000.
    assert cells(many, "Framsyn")[0] == "**0.75** / **0.52**"
    assert cells(many, "No change")[0] == "3.00 / 2.06"
    assert "Official" not in many
    assert cells(one, "Framsyn")[0] == "**0.75** / 0.52"
    assert cells(one, "Official projection 2019")[0] == "0.95 / **0.44**"


def test_an_official_projection_is_never_scored_where_its_outcome_is_not_known() -> None:
    one = section(page(), "Do other methods forecast better?").split("### ")[2]
    assert cells(one, "years ahead") == ["1", "2"]


def test_the_error_by_size_is_told_beside_the_bias() -> None:
    text = section(page(), "How far off may a forecast be?")
    assert cells(text, "<2k") == ["±1.0 %", "±5.0 %"]
    second = text.split("with sign")[1]
    assert cells(second, "20–50k") == ["0.50 (0.00)", "2.50 (0.00)"]
    assert cells(second, "all") == ["0.75 (0.00)", "3.75 (0.00)"]


def test_overlapping_origins_are_not_sold_as_independent() -> None:
    text = section(page(), "What was tested")
    assert cells(text, "origins with an outcome") == ["10", "10", "8"]
    assert cells(text, "of which do not overlap") == ["10", "5", "2"]
    assert "5 years ahead: 8, of which **2** do not overlap." in text.replace("\n", " ")


def test_shelf_life_and_differences_are_told() -> None:
    many = section(page(), "Do other methods forecast better?").split("### ")[1]
    assert cells(many.split("Median error")[1], "Framsyn")[-1] == "5 or more"
    # No change errs by 20 % in half of the municipalities at five years, by 8 % at two.
    assert cells(many.split("Median error")[1], "No change")[-1] == "2"
    text = section(page(), "Is the difference more than chance?")
    row = cells(text, "Five years' growth")
    assert row[:2] == ["5", "32"]
    assert row[2].startswith("**−3.75 (")


def test_coverage_is_told_by_size_and_by_age_in_the_order_of_age() -> None:
    text = section(page(), "Do the intervals keep their word?")
    groups = text.split("### Age groups")[1]
    firsts = re.findall(r"^\| ([^|]+) \| \d", groups, re.MULTILINE)
    assert firsts == ["0-5", "6", "85+", "all"]
    own = frames().spread.filter(pl.col("target") == "total")
    score = scoring.interval_scores(own, ["method"]).row(0, named=True)
    expected = " / ".join(words("en").number(score[f"coverage_{level}"]) for level in (50, 80, 95))
    assert cells(text.split("by residents")[1], "all")[-1] == expected
    held = f"held {words('en').number(score['coverage_80'], 1)}\u00a0%."
    assert held in page().replace("\n", " ")


def test_ages_are_compared_where_every_method_knows_them() -> None:
    text = section(page(), "Are the ages right?")
    # Single years from the last origin only, twice the error of the totals; no outcome after 2020.
    single = text.split("single years of age, years ahead")[1]
    assert cells(single, "Framsyn") == ["1.03", "2.06"]
    groups = single.split("| method |")[1]
    assert cells(groups, "Framsyn") == ["2.58", "3.75", "3.75 (0.00)", "1.88 (0.00)"]


def test_blocks_of_text_stand_in_their_sections() -> None:
    extra = {"lead": "Read this first.", "pit": "A word on PIT.", "variants": "| variant |"}
    text = accuracy_markdown(*frames(), extra)
    assert text.index("Read this first.") < text.index("## What was tested")
    assert "A word on PIT." in section(text, "Where in the forecast distribution did the outcomes fall?")
    assert section(text, "Every variant tried").strip() == "| variant |"
    with pytest.raises(ValueError, match="no section is called pitt: choose lead, tested"):
        accuracy_markdown(*frames(), {"pitt": "x"})


def test_a_backtest_without_intervals_and_ages_says_so() -> None:
    totals, spread, ages = frames()
    text = accuracy_markdown(totals, spread.head(0), ages.head(0), images=None)
    assert text.count("Not tested in this run.") == 3
    assert "![" not in text


def test_one_method_alone_has_a_page_too() -> None:
    totals, spread, ages = (frame.filter(pl.col("method") == "framsyn") for frame in frames())
    text = accuracy_markdown(totals, spread, ages)
    assert "No other method was tested." in text


def test_a_missing_column_is_told() -> None:
    totals, spread, ages = frames()
    with pytest.raises(ValueError, match="lacks actual"):
        accuracy_markdown(totals.drop("actual"), spread, ages)


def test_years_in_a_row_are_told_as_a_span() -> None:
    gap = frames().totals.filter(~pl.col("origin").is_in([2011, 2016]))
    assert "2008–2010, 2012–2015, 2017" in accuracy_markdown(gap, frames().spread, frames().ages)


# Drawings


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("drawn") / "images"
    written = accuracy_plots(frames().totals, frames().spread, folder)
    return {path.stem: path.read_text("utf-8") for path in written}


def _texts(svg: str) -> list[str]:
    return [text for node in ElementTree.fromstring(svg).iter() if (text := (node.text or "").strip())]  # noqa: S314


def test_each_drawing_is_one_image_with_its_alternative_text(drawn: dict[str, str]) -> None:
    assert list(drawn) == list(PLOTS)
    for name, svg in drawn.items():
        root = ElementTree.fromstring(svg)  # noqa: S314
        assert root.get("role") == "img"
        assert root.get("aria-label") == PLOTS[name]
        assert f"![{PLOTS[name]}](images/{name}.svg)" in page()


def test_lines_of_the_error_are_named_at_their_ends_and_axes_have_units(drawn: dict[str, str]) -> None:
    texts = _texts(drawn["accuracy-error"])
    assert texts.count("Framsyn") == texts.count("No change") == 2
    assert texts.count("Official projection 2019") == 1
    assert {"Years ahead", "Mean absolute error, % (log scale)"} <= set(texts)
    assert {"Forecasts made in 2008–2017", "Forecasts made in 2017"} <= set(texts)


def test_coverage_names_each_interval_and_pit_both_parts(drawn: dict[str, str]) -> None:
    texts = _texts(drawn["accuracy-coverage"])
    assert texts.count("50 % interval") == texts.count("80 % interval") == texts.count("95 % interval") == 2
    assert "Outcomes inside, %" in texts
    texts = _texts(drawn["accuracy-pit"])
    assert {"Whole population (dashed: as meant)", "Age groups (dashed: as meant)", "Outcomes, %"} <= set(
        texts
    )


def test_without_intervals_only_the_error_is_drawn(tmp_path: Path) -> None:
    one = frames().totals.filter(pl.col("horizon") == 1)
    written = accuracy_plots(one, frames().spread.head(0), tmp_path)
    assert [path.stem for path in written] == ["accuracy-error"]


def test_perfect_forecasts_do_not_break_the_logarithmic_scale(tmp_path: Path) -> None:
    perfect = frames().totals.with_columns(forecast=pl.col("actual"))
    assert len(accuracy_plots(perfect, frames().spread, tmp_path)) == len(PLOTS)


def test_names_are_moved_apart_as_little_as_possible() -> None:
    assert apart([0.0, 100.0], 10.0) == [0.0, 100.0]
    assert apart([50.0, 50.0], 10.0) == [45.0, 55.0]
    assert apart([0.0, 1.0, 50.0, 52.0], 10.0) == [-4.5, 5.5, 46.0, 56.0]
    assert apart([], 10.0) == []


# The terminal


def _printed(lang: str, width: int = WIDTH) -> str:
    out = io.StringIO()
    print_accuracy(frames().totals, words(lang), Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [100, 160])
def test_the_table_fits_a_hundred_columns(lang: str, width: int) -> None:
    assert max(len(line) for line in _printed(lang, width).splitlines()) <= WIDTH


def test_the_table_shows_both_errors_and_a_part_for_the_official_projection() -> None:
    many, one = _printed("en").split("Forecasts made in")[1:]
    assert re.search(r"Framsyn +0\.75 / 0\.52 +3\.75 / 2\.58", many)
    assert re.search(r"No change +3\.00 / 2\.06", many)
    assert re.search(r"Official projection 2019 +0\.95 / 0\.44 +–", one)
    assert "No change" not in one


def test_numbers_follow_the_reader_s_language() -> None:
    assert "0,75 / 0,52" in _printed("sv")


@pytest.mark.parametrize("width", [20, 30, 40])
def test_no_figure_is_cut_off_in_a_narrow_terminal(width: int) -> None:
    text = _printed("en", width)
    assert "…" not in text
    assert "Framsyn" in text
    assert "3.75 / 2.58" in text


def test_methods_have_names_and_an_order() -> None:
    said = words("en")
    assert method_name("official_2031", said) == "Official projection 2031"
    assert method_name("somebody_s", said) == "somebody_s"
    assert method_name("lin_exp", said) == METHODS["lin_exp"]
    assert ordered({"zeta", "no_change", "official_2019", "g5", "framsyn"}) == [
        "framsyn",
        "official_2019",
        "g5",
        "no_change",
        "zeta",
    ]


def test_shown_horizons_hold_the_first_and_the_last() -> None:
    assert shown_horizons([*range(1, 11)]) == [1, 3, 5, 7, 10]
    assert shown_horizons([2, 3, 4, 6]) == [2, 3, 6]
    assert shown_horizons([]) == []
