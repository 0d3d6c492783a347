"""Numbers are read as they are meant, and what may be two numbers, or none, is not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.core.numerals import COMMA, POINT, NumberFormat, is_missing, number_format

UNTOLD = NumberFormat(usual=None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 100,00", 4100.0),
        ("4\u00a0100,5", 4100.5),
        ("4\u202f100\u202f200,5", 4100200.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("0,250", 0.25),
        ("0.250", 0.25),
        ("−3", -3.0),
        ("–3,5", -3.5),
        ("+3", 3.0),
        ("005", 5.0),
        (".5", 0.5),
        ("1e5", 100_000.0),
        ("2.5e-05", 0.000025),
        (" 12 ", 12.0),
        ("12345678901234567", 12345678901234567.0),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, value: float) -> None:
    assert UNTOLD.number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "41 00",
        "4 1000",
        "1 234.567 890",
        "1,234,56",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "1e999",
        "9" * 400,
        "0x10",
        "1_000",
        "１２",
        "٣",
        "1e",
        "--3",
        "3-",
        "12 %",
        "5 €",
        "1/2",
        "1'000",
        "true",
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    for form in (UNTOLD, NumberFormat(), NumberFormat(decimal=COMMA), NumberFormat(decimal=POINT)):
        assert form.number(text) is None


def test_a_number_that_may_be_two_is_decided_by_the_others_of_its_file() -> None:
    assert number_format(["1,234", "2,5"], ";").number("1,234") == 1.234
    assert number_format(["1,234", "2.5"], ";").number("1,234") == 1234.0
    assert number_format(["1.234", "2,5"], ",").number("1.234") == 1234.0


def test_where_no_other_tells_only_the_mark_that_goes_with_the_separator_decides() -> None:
    assert number_format(["1,234"], ";").number("1,234") == 1.234
    assert number_format(["1.234"], ";").number("1.234") is None
    assert number_format(["1.234"], ",").number("1.234") == 1.234
    assert number_format(["1,234"], ",").number("1,234") is None
    assert number_format(["1,234"], "\t").number("1,234") is None


def test_where_the_others_disagree_nothing_decides() -> None:
    form = number_format(["2,5", "2.5"], ";")
    assert (form.number("2,5"), form.number("2.5"), form.number("1,234")) == (2.5, 2.5, None)


@pytest.mark.parametrize("mark", ["", " ", ".", "..", "...", "…", "-", "–", ":", "x", "X", " .. ", ": c"])
def test_a_blank_or_an_agencys_mark_is_no_figure(mark: str) -> None:
    assert is_missing(mark)
    assert UNTOLD.number(mark) is None


def test_zero_is_a_figure() -> None:
    assert not is_missing("0")
    assert UNTOLD.number("0") == 0.0


@given(st.text(max_size=60))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    for form in (UNTOLD, NumberFormat(), NumberFormat(decimal=COMMA)):
        value = form.number(text)
        assert value is None or math.isfinite(value)


@given(st.floats(-1e12, 1e12), st.integers(0, 6), st.sampled_from([" ", "\u00a0", "\u202f", "", "."]))
def test_a_number_written_with_comma_and_thousands_is_read_back(
    value: float, decimals: int, thousands: str
) -> None:
    written = f"{value:,.{decimals}f}".replace(",", "T").replace(".", ",").replace("T", thousands)
    assert NumberFormat(decimal=COMMA).number(written) == float(f"{value:.{decimals}f}")
