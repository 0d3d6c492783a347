"""Municipalities or strategies side by side."""

import math
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, Field
from starlette.responses import RedirectResponse, Response

from framsyn.choose.strategy_text import strategy_in
from framsyn.errors import FramsynError
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import Words, words
from framsyn.model.indicators import indicators
from framsyn.places.municipality import Municipality, municipalities
from framsyn.report.drawing import Filling
from framsyn.report.figures import LABEL_ROOM, marked_years, span
from framsyn.report.listing import looks
from framsyn.web.answers import state_of
from framsyn.web.api.asking import LONGEST_NAME, AskedLives
from framsyn.web.api.futures import AskedFutures, Futures, columns_of, futures_told
from framsyn.web.cost import cost_of
from framsyn.web.pages.levers_view import CHOOSABLE, LIVES
from framsyn.web.pages.telling import Followed, filling_json, followed, interval_told, value_told
from framsyn.web.pages.viewing import Language, PathLanguage, place, view, written_name
from framsyn.web.state import AppState
from framsyn.web.templating import address, data
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)

#: Between a municipality's code and the strategy in an address; columns side by side; letters of a column.
AND, MOST, LETTERS = "~", 6, 1_600
USUAL = ("population", "cash_flow_per_resident", "loans_per_resident", "participation")
OWN = "mine"
PERCENT, RELATIVE_DECIMALS = 100.0, 1


@dataclass(frozen=True)
class Column:
    """A municipality under a strategy."""

    municipality: Municipality
    strategy: str

    @property
    def written(self) -> str:
        """As it stands in an address."""
        return f"{self.municipality.code}{AND}{self.strategy}"


def _column(text: str) -> Column:
    code, _, strategy = text.partition(AND)
    strategy_in(strategy or AS_IS)
    return Column(place(code), strategy or AS_IS)


def _written(text: str) -> str:
    """A column as it stands in an address, by whatever spelling it was asked for."""
    return _column(text).written


class AskedComparison(PathLanguage, AskedLives):
    """The state of the view: what stands side by side, and which figures."""

    model_config = AskedLives.model_config | {"extra": "ignore"}

    of: list[Annotated[str, Field(max_length=LETTERS), AfterValidator(_written)]] = Field(
        default=[], max_length=MOST
    )
    indicator: list[str] = Field(default=list(USUAL), min_length=1, max_length=len(CHOOSABLE))
    relative: bool = False
    place: str = Field(default="", max_length=LONGEST_NAME)
    strategy: str = Field(default=AS_IS, max_length=1500)

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and columns."""
        return self.draws, self.years, len(self.of)

    def cost(self, draws: int) -> int:
        """Microseconds that it takes with so many draws, which are each column's own."""
        return len(self.of) * cost_of(draws, self.years, 1, len(self.indicator))


@router.get("/{lang}/compare")
async def compare(request: Request, lang: Language, asked: Annotated[AskedComparison, Query()]) -> Response:
    """Show municipalities or strategies side by side, or add one to them."""
    columns = [_column(one) for one in asked.of]
    columns_of(asked.indicator)
    if asked.place:
        return RedirectResponse(_added(asked, columns, lang), 303)
    state = state_of(request)
    return await view(request, lang, "compare.html.j2", lambda: _told(state, columns, asked, words(lang)))


def _added(asked: AskedComparison, columns: list[Column], lang: str) -> str:
    """The address of the view with one column more."""
    strategy_in(asked.strategy)
    one = Column(place(asked.place), asked.strategy)
    every = list(dict.fromkeys([*(column.written for column in columns), one.written]))
    if len(every) > MOST:
        raise FramsynError("{most} at most can stand side by side: take one away first.", most=MOST)
    return address(lang, "compare", of=every, **_state(asked))


def _state(asked: AskedComparison) -> dict[str, Any]:
    chosen = asked.indicator if asked.indicator != list(USUAL) else []
    return {"indicator": chosen, "relative": "1" if asked.relative else None}


def _told(state: AppState, columns: list[Column], asked: AskedComparison, said: Words) -> dict[str, Any]:
    lived = [_lived(state, column, asked) for column in columns]
    years = lived[0].years if lived else []
    heads = [_head(at, columns, asked, said) for at in range(len(columns))]
    return {
        "title": said.gettext("Compare"),
        "here": "compare",
        "asked": asked,
        "heads": heads,
        "full": len(columns) >= MOST,
        "most": MOST,
        "rows": [_row(one, columns, lived, heads, asked, said) for one in asked.indicator if columns],
        "last": years[-1] if years else None,
        "postures": list(looks(DEFAULT_POSTURES).values()),
        "choosable": [(one, said.gettext(indicators()[one].label)) for one in CHOOSABLE],
        "every": [m.name(said.lang) for m in municipalities()],
    }


def _lived(state: AppState, column: Column, asked: AskedComparison) -> Futures:
    question = AskedFutures(
        strategy=[column.strategy], indicator=asked.indicator, **asked.model_dump(include=LIVES)
    )
    return futures_told(state, column.municipality, question, columns_of(asked.indicator))


def _head(at: int, columns: list[Column], asked: AskedComparison, said: Words) -> dict[str, Any]:
    """A column's names, where it leads, and the address without it."""
    column = columns[at]
    posture, *set_levers = column.strategy.split("*")
    own = column.strategy not in DEFAULT_POSTURES
    label = said.gettext(looks([posture])[posture].label)
    if own:
        label = said.ngettext(
            "{posture} and {count} lever", "{posture} and {count} levers", len(set_levers)
        ).format(posture=label, count=len(set_levers))
    rest = [one.written for place_, one in enumerate(columns) if place_ != at]
    return {
        "name": column.municipality.name(said.lang),
        "written": written_name(column.municipality, said.lang),
        "label": label,
        "strategy": column.strategy,
        "look": OWN if own else posture,
        "without": address(said.lang, "compare", of=rest, **_state(asked)),
    }


def _row(
    indicator: str,
    columns: list[Column],
    lived: list[Futures],
    heads: list[dict[str, Any]],
    asked: AskedComparison,
    said: Words,
) -> dict[str, Any]:
    """One indicator side by side: numbers now and in the last year, and fans on one scale."""
    about = [
        followed(indicators()[indicator], column.municipality, one, said)
        for column, one in zip(columns, lived, strict=True)
    ]
    spreads = [one.futures[0].indicators[indicator].model_dump() for one in lived]
    cells = [
        {
            "now": value_told(spread["p50"][0], one, said),
            "median": value_told(spread["p50"][-1], one, said),
            "interval": interval_told(spread, one, said),
        }
        for spread, one in zip(spreads, about, strict=True)
    ]
    relative, years = asked.relative and indicator == "population", lived[0].years
    fans = [_fan(one, told, years, relative) for one, told in zip(about, spreads, strict=True)]
    low, high = span([value for fan in fans for value in fan.shown], zero=about[0].zero)
    by_year = [
        (
            year,
            [
                (value_told(told["p50"][at], one, said), interval_told(told, one, said, at))
                for one, told in zip(about, spreads, strict=True)
            ],
        )
        for at, year in enumerate(years)
    ]
    return {
        "about": about[0],
        "relative": relative,
        "cells": cells,
        "fillings": [data(filling_json(fan.filling(low, high))) for fan in fans],
        "texts": [
            _spoken(about[0], head, cell, years[-1], said) for head, cell in zip(heads, cells, strict=True)
        ],
        "by_year": by_year,
    }


def _spoken(one: Followed, head: dict[str, Any], cell: dict[str, str], year: int, said: Words) -> str:
    """What a column's chart shows."""
    text = said.gettext("{label}, {name}, {strategy}: {median} in {year}, 80% interval {interval}.")
    return text.format(
        label=one.label,
        name=head["name"],
        strategy=head["label"],
        year=year,
        median=cell["median"],
        interval=cell["interval"],
    )


@dataclass(frozen=True)
class Fan:
    """A fan and its past, in one unit with those beside it."""

    years: list[int]
    rows: list[dict[str, float]]
    past: list[tuple[int, float]]
    marks: list[tuple[int, str]]

    @property
    def shown(self) -> list[float]:
        """Every value that is drawn."""
        own = [value for row in self.rows for name, value in row.items() if name != "year"]
        return own + [value for _, value in self.past]

    def filling(self, low: float, high: float) -> Filling:
        """What the chart is filled with on an axis from low to high."""
        first = min([year for year, _ in self.past] + self.years[:1])
        return Filling(
            data={
                "fan": self.rows,
                "past": [{"year": year, "value": value} for year, value in self.past],
                "breaks": [{"year": year, "label": label} for year, label in self.marks],
                "zero": [{"value": 0.0}] if low < 0.0 < high else [],
            },
            domains={"x": (first, self.years[-1]), "y": (low, high)},
            years=marked_years(first, self.years[0], self.years[-1]),
            room=LABEL_ROOM if self.marks else 0,
        )


def _fan(one: Followed, spread: dict[str, list[float | None]], years: list[int], relative: bool) -> Fan:
    """The fan of one column; relative to the base year = 100, so that unlike sizes can be seen together."""
    base = spread["p50"][0]
    scale = PERCENT / base if relative and base else 1.0
    names = [name for name in spread if name != "mean"]
    rows = [
        {"year": float(year)}
        | {name: scale * value for name in names if (value := spread[name][at]) is not None}
        for at, year in enumerate(years)
        if spread["p50"][at] is not None
    ]
    past = [(year, scale * value) for year, value in one.past if math.isfinite(value)]
    return Fan(years, rows, past, one.marks)
