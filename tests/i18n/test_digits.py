from decimal import localcontext

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from framsyn.i18n.digits import grouped
from framsyn.i18n.translator import LANGUAGES

NUMBERS = (
    st.floats(allow_nan=False, allow_infinity=False) | st.floats(-1e7, 1e7) | st.integers(-(10**9), 10**9)
)


@given(NUMBERS, st.integers(0, 6), st.sampled_from(LANGUAGES))
@example(0.5, 0, "sv")
@example(2.675, 2, "fi")
@example(999_999_999_999_999.9, 0, "en")
@example(99_999_999.999999, 6, "sv")
@example(1e15, 0, "en")
@example(1.7976931348623157e308, 2, "fi")
def test_a_number_is_written_as_babel_writes_it(value: float, decimals: int, lang: str) -> None:
    rounded = round(float(value), decimals) or 0.0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=400):
        expected = format_decimal(rounded, format=pattern, locale=Locale(lang))
    assert grouped(rounded, decimals, Locale(lang)) == expected.replace("-", "−")


@pytest.mark.parametrize(("lang", "expected"), [("sv", "−12\u00a0345,60"), ("en", "−12,345.60")])
def test_thousands_are_grouped_and_decimals_filled_up(lang: str, expected: str) -> None:
    assert grouped(-12345.6, 2, Locale(lang)) == expected
