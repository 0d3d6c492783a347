"""The figures that can be explained: every indicator, and the total burden, which is a sum of three."""

from typing import NamedTuple

from framsyn.i18n.translator import LANGUAGES, N_, words
from framsyn.model.indicator_names import indicator_named
from framsyn.model.indicators import Indicator, indicators
from framsyn.model.layout import CASH, LOANS, REPAIR_DEBT, Floats

TOTAL_BURDEN = Indicator(
    id="total_burden_per_resident",
    area="finance",
    unit=indicators()["loans_per_resident"].unit,
    decimals=0,
    kind="stock",
    country=False,
    direction="lower",
    label=N_("Total burden: loans and repair debt less cash"),
)


class Figure(NamedTuple):
    """An indicator, or a sum of indicators that is written like one."""

    indicator: Indicator
    terms: tuple[tuple[int, float], ...]  # columns of a record, and how many times each counts

    def of(self, rows: Floats) -> Floats:
        """The figure [...] of rows of records [..., indicator]."""
        (first, times), *others = self.terms
        value = times * rows[..., first]
        for column, factor in others:
            value = value + factor * rows[..., column]
        return value


def figure_named(text: str) -> Figure:
    """The figure of an id, with or without `_per_resident`, or of a name in any language.

    Raises:
        FramsynError: there is none (the nearest are named), or there are several.
    """
    if is_total_burden(text):
        return Figure(TOTAL_BURDEN, ((LOANS, 1.0), (REPAIR_DEBT, 1.0), (CASH, -1.0)))
    indicator = indicator_named(text)
    return Figure(indicator, ((list(indicators()).index(indicator.id), 1.0),))


def is_total_burden(text: str) -> bool:
    """Whether the text is the id of the total burden, or its name before the colon in any language."""
    names = {words(lang).gettext(TOTAL_BURDEN.label).partition(":")[0] for lang in LANGUAGES}
    ids = {TOTAL_BURDEN.id, TOTAL_BURDEN.id.removesuffix("_per_resident")}
    written = text.strip().casefold()
    return written in ids or written in {name.casefold() for name in names}
