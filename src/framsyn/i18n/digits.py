"""How a number is written in a language: thousands grouped, decimals filled up, by Babel's data."""

from decimal import localcontext
from functools import cache

from babel import Locale
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

MINUS = "−"
#: Significant digits within which every decimal number is found again in the float nearest to it.
EXACT_DIGITS = 15
#: Digits of the largest number, with its decimals.
MOST_DIGITS = 400


def grouped(value: float, decimals: int, locale: Locale) -> str:
    """A finite number that is rounded to so many decimals already.

    Babel reads its pattern and its data again for every number, which takes a page of thousands of numbers
    most of its time; so it writes only those with more digits than a float holds exactly.
    """
    if abs(value) < 10.0 ** (EXACT_DIGITS - decimals):
        return f"{value:,.{decimals}f}".translate(_signs(locale))
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=MOST_DIGITS):  # with the usual ones a number such as 1e30 cannot be written
        written = format_decimal(value, format=pattern, locale=locale)
    return written.replace("-", MINUS)


@cache
def _signs(locale: Locale) -> dict[int, str]:
    """The signs of a language for those that Python writes."""
    signs = {",": get_group_symbol(locale), ".": get_decimal_symbol(locale), "-": MINUS}
    return {ord(plain): sign for plain, sign in signs.items()}
