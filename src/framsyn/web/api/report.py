"""The report of a municipality as a file: the same as `framsyn report` writes."""

import datetime
import os
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from framsyn.choose.levers import levers
from framsyn.choose.own_lines import named
from framsyn.choose.plan import check_budget_year
from framsyn.foresee.futures import DEFAULT_POSTURES, MOST_YEARS
from framsyn.foresee.postures import shipped
from framsyn.i18n.translator import words
from framsyn.model.indicators import indicators
from framsyn.places.municipality import Municipality
from framsyn.report.drawing import drawing_beside
from framsyn.report.edition import edition
from framsyn.report.kinds.material import MOVE_WORLDS, Asked, Material
from framsyn.report.making import made
from framsyn.report.report_day import check_day, day_asked, today
from framsyn.report.report_file import format_asked, report_name
from framsyn.web.answers import HTML, answer
from framsyn.web.api.asking import AskedLives, InPath
from framsyn.web.api.sending import DOCX, PDF, XLSX, disposition
from framsyn.web.api.warnings import warning_cost
from framsyn.web.cost import cost_of
from framsyn.web.typed_request import TypedRequest, TypedRoute

router = APIRouter(tags=["futures"], route_class=TypedRoute)

MEDIA = {"pdf": PDF, "html": HTML, "docx": DOCX, "xlsx": XLSX}
#: What a chosen strategy's tables, and what finding signposts, cost in strategies.
CHOSEN, SIGNPOSTS = 8, 40
#: Worlds of a report, as many as the command line's; more would be too much for a server that others ask.
WORLDS = 500


class AskedReport(AskedLives):
    """Which report, and what it is of."""

    draws: int = Field(default=WORLDS, ge=1, le=WORLDS, description="Worlds.")
    kind: Literal["foresight", "strategy", "wellbeing", "plan"] = Field(
        default="foresight", description="What is told."
    )
    format: Literal["", "pdf", "html", "docx", "xlsx"] = Field(
        default="", description="Format; the usual one of the kind where it is blank."
    )
    strategy: str = Field(
        default="",
        max_length=1500,
        description="The chosen strategy: a posture, or a posture and levers set on it.",
    )
    budget_year: int | None = Field(
        default=None, ge=2000, le=2200, description="First year of the economic plan."
    )
    date: datetime.date | None = Field(
        default=None, description="The date that the report bears; the day it is asked for by default."
    )

    def cost(self, draws: int) -> int:
        """Microseconds that simulating takes with so many draws; drawing and setting it take their own."""
        if self.kind != "foresight":
            return cost_of(draws, self.years, CHOSEN, len(indicators()))
        return (
            super().cost(draws)
            + warning_cost(draws, self.years, len(DEFAULT_POSTURES))
            + cost_of(draws, self.years, SIGNPOSTS)
            + cost_of(min(draws, MOVE_WORLDS), self.years, len(levers()))
        )


@router.get(
    "/municipalities/{name}/report",
    responses={200: {"content": {one.partition(";")[0]: {} for one in MEDIA.values()}}},
    response_class=Response,
    summary="The report of a municipality as a file",
)
async def report(request: Request, m: InPath, asked: Annotated[AskedReport, Query()]) -> Response:
    """Write a report."""
    return await report_sent(request, m, asked)


async def report_sent(request: Request, m: Municipality, asked: AskedReport) -> Response:
    """The report as a file. Its date is among what it is known by: tomorrow it is another.

    Raises:
        FramsynError: there is no such report, or it cannot be made as asked.
    """
    form = format_asked(asked.kind, asked.format or None, None)
    day = asked.date or day_asked(None, os.environ) or today()
    check_day(day)
    named([asked.strategy] if asked.strategy else [])
    if asked.budget_year is not None:
        check_budget_year(asked.budget_year, m.bundle.base_year, m.bundle.base_year + MOST_YEARS)
    decided = asked.model_copy(update={"date": day, "format": form})
    return await answer(
        request,
        lambda: _made(m, asked, form, day),
        MEDIA[form],
        slow=True,
        typed=TypedRequest("report", {"m": m, "asked": decided, "lang": asked.lang}),
        depends_on={"edition": edition()},
        headers=disposition(report_name(m, asked.kind, form, asked.lang)),
    )


def _made(m: Municipality, asked: AskedReport, form: str, day: datetime.date) -> bytes:
    with drawing_beside():  # drawn here, Vega would keep every other request waiting
        return made(_material(m, asked), asked.kind, form, words(asked.lang), day)


def _material(m: Municipality, asked: AskedReport) -> Material:
    """What the command line makes the report from, told to repeat the strategy in its line."""
    known = named([asked.strategy]) if asked.strategy else {}
    told = {"--strategy": asked.strategy, "--budget-year": asked.budget_year}
    return Material(
        Asked(
            municipality=m,
            years=asked.years,
            draws=asked.draws,
            seed=asked.seed,
            strategy=next(iter(known), None),
            known={identity: one for identity, one in known.items() if identity not in shipped()},
            budget_year=asked.budget_year,
            files={option: str(value) for option, value in told.items() if value},
        )
    )
