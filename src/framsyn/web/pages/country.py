"""The country page: every municipality through the years when everybody chooses the same."""

import json
import math
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, Response

from framsyn.foresee.country_totals import Total, total_index, totals
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.foresee.postures import AS_IS, posture_id
from framsyn.i18n.translator import Words, words
from framsyn.model.indicators import indicators
from framsyn.places.bundle import shipped_bundle
from framsyn.report.figures import span
from framsyn.report.listing import Look, looks
from framsyn.report.summary import Spread
from framsyn.web.answers import in_turn, state_of, unless_disconnected
from framsyn.web.api.country import spread_of
from framsyn.web.api.country_living import DRAWS, country_job, country_result, forecast, usual_id
from framsyn.web.api.futures import rounded
from framsyn.web.api.job_answers import job_response
from framsyn.web.country_result import CountryResult
from framsyn.web.country_showing import WAYS, Shown, shown, ways_of
from framsyn.web.pages.compare import Fan
from framsyn.web.pages.telling import filling_json
from framsyn.web.pages.tilemap import order_by_name, tile_map
from framsyn.web.pages.viewing import Language, view
from framsyn.web.refused import NotFoundError
from framsyn.web.shades import legend, written
from framsyn.web.state import AppState
from framsyn.web.templating import data, render
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)

#: Totals in the table, in this order, and the one drawn first.
TABLE = (
    "country_growing",
    "country_elsewhere",
    "country_moves",
    "country_net_operating_cost_per_resident",
    "country_loans_per_resident",
    "country_assessed",
    "country_in_procedure",
    "country_merged",
)
DRAWN = "country_net_operating_cost_per_resident"
#: What is shown where nothing is asked for: the posture that acts most.
POSTURE, INDICATOR = "engaging", "population"
TEMPLATE = "country.html.j2"


class AskedCountryView(BaseModel):
    """The state of the view: what the map shows, and which total is drawn; blank = the usual."""

    model_config = ConfigDict(extra="ignore")

    posture: str = Field(default="", max_length=40)
    indicator: str = Field(default=INDICATOR, max_length=60)
    show: str = Field(default="", max_length=20)
    year: int | None = Field(default=None, ge=1900, le=2200)
    total: str = Field(default=DRAWN, max_length=60)


class Cell(NamedTuple):
    """A municipality's value of the year: class, text, and what to sort by."""

    shade: str
    text: str
    key: float | None


@router.get("/{lang}/country")
async def country(request: Request, lang: Language, asked: Annotated[AskedCountryView, Query()]) -> Response:
    """Show the country: as it was lived, or the forecast until somebody has let it live."""
    found = country_result(state_of(request), usual_id())
    result = found or forecast()
    context = _question(result, asked)
    if found is not None:
        return await view(request, lang, TEMPLATE, lambda: _told(result, context, words(lang)))
    # What it shows changes once the country is lived, so nobody may keep it.
    state, translator = state_of(request), words(lang)
    running = running_job(state, translator)
    work = in_turn(
        request,
        lambda: render(TEMPLATE, request, translator, running=running, **_told(result, context, translator)),
    )
    page = await unless_disconnected(request, work)
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def running_job(state: AppState, translator: Words) -> str:
    """The job of the usual question where it waits or runs, as the page's script reads it; else blank."""
    try:
        job = country_job(state, usual_id())
    except NotFoundError:
        return ""
    return "" if job.over else job_response(job, translator).model_dump_json()


class Question(NamedTuple):
    """What is shown, made whole: the posture, the indicator in its way, the year's place, and the total."""

    posture: str
    shown: Shown
    at: int
    total: Total | None


def _question(result: CountryResult, asked: AskedCountryView) -> Question:
    """What is asked for; before the country is lived, what the forecast can answer of it.

    Raises:
        FramsynError: there is no such posture, indicator or total.
    """
    posture, indicator = asked.posture or POSTURE, asked.indicator
    if not result.lived:
        posture, indicator = AS_IS, INDICATOR
    year = result.years[-1] if asked.year is None else asked.year
    at = min(max(year - result.years[0], 0), len(result.years) - 1)
    posture = posture_id(posture, result.postures)
    total = totals()[total_index().find(asked.total)]
    return Question(posture, shown(result, posture, indicator, asked.show), at, total)


def _told(result: CountryResult, question: Question, said: Words) -> dict[str, Any]:
    one, postures = question.shown, looks(DEFAULT_POSTURES if result.lived else (AS_IS,))
    cells = [_cell(one, place, question.at, said) for place in range(len(shipped_bundle()))]
    values = one.values[:, question.at]
    label = said.gettext(one.label)
    way = said.gettext(WAYS[one.way]).format(base=result.years[0])
    return {
        "title": said.gettext("If every municipality chose the same"),
        "here": "country",
        "lived": result.lived,
        "draws": result.draws or DRAWS,
        "seed": result.seed,
        "years": result.years,
        "year": result.years[question.at],
        "postures": list(postures.values()),
        "posture": postures[question.posture],
        "indicator": one.indicator,
        "choosable": _choosable(result, said),
        "ways": [(each, said.gettext(WAYS[each]).format(base=result.years[0])) for each in WAYS],
        "possible": ways_of(one.indicator),
        "way": one.way,
        "label": label,
        "way_label": way,
        "unit": said.gettext(one.unit),
        "map": tile_map(said.lang),
        "order": order_by_name(said.lang),
        "told": cells,
        "swatches": legend(one.shades, values, one.unit, said),
        "course": data(_course(one, result)),
        "texts": _texts(said),
        **(_totals(result, question, said) if result.lived else {}),
    }


def _choosable(result: CountryResult, said: Words) -> list[tuple[str, str]]:
    return [(one, said.gettext(indicators()[one].label)) for one in result.indicators]


def _cell(one: Shown, place: int, at: int, said: Words) -> Cell:
    value = float(one.values[place, at])
    text = written(value, one.decimals, one.unit, said)
    return Cell(one.shades.of(value), text, round(value, 6) if math.isfinite(value) else None)


def _course(one: Shown, result: CountryResult) -> str:
    """What the page's script needs to go through the years."""
    codes = [str(code) for code in shipped_bundle()["code"]]
    told = {
        "years": result.years,
        "limits": one.shades.limits,
        "classes": one.shades.classes,
        "decimals": one.decimals,
        "unit": "%" if one.unit == "%" else "",
        "values": {code: rounded(course) for code, course in zip(codes, one.values, strict=True)},
    }
    return json.dumps(told, allow_nan=False)


def _totals(result: CountryResult, question: Question, said: Words) -> dict[str, Any]:
    """The totals as a table of the last year, and one of them drawn."""
    known = {one.id: (number, one) for number, one in enumerate(totals())}
    columns = [known[one] for one in TABLE]
    drawn = looks(result.postures)
    now = [_total_cell(result, 0, number, 0, one, said) for number, one in columns]
    rows = [
        (look, [_total_cell(result, at, number, -1, one, said) for number, one in columns])
        for at, look in enumerate(drawn.values())
    ]
    number, total = known[(question.total or totals()[0]).id]
    fans = [_fan(result, at, number) for at in range(len(drawn))]
    low, high = span([value for fan in fans for value in fan.shown], zero=True)
    return {
        "columns": [(said.gettext(one.label), said.gettext(one.unit)) for _, one in columns],
        "now": now,
        "rows": rows,
        "total": total.id,
        "total_label": said.gettext(total.label),
        "total_unit": said.gettext(total.unit),
        "counted": not math.isfinite(result.totals[0, number, 0, 0]),
        "totals": [(one.id, said.gettext(one.label)) for one in totals() if one.id in TABLE],
        "charts": [
            (look, data(filling_json(fan.filling(low, high))), _spoken(result, at, number, total, look, said))
            for at, (look, fan) in enumerate(zip(drawn.values(), fans, strict=True))
        ],
        "by_year": [
            (year, [_total_cell(result, at, number, place, total, said) for at in range(len(drawn))])
            for place, year in enumerate(result.years)
        ],
    }


def _total_cell(
    result: CountryResult, posture: int, number: int, at: int, one: Total, said: Words
) -> tuple[str, str]:
    """Median and interval; no interval where every world has the same."""
    spread = Spread(*result.totals[posture, number, at].tolist())
    interval = said.interval(spread.p10, spread.p90, one.decimals) if spread.p10 != spread.p90 else ""
    return said.number(spread.p50, one.decimals), interval if math.isfinite(spread.p50) else ""


def _fan(result: CountryResult, posture: int, number: int) -> Fan:
    spread = spread_of(result, posture, number)
    names = [name for name in spread if name != "mean"]
    rows = [
        {"year": float(year)} | {name: value for name in names if (value := spread[name][at]) is not None}
        for at, year in enumerate(result.years)
        if spread["p50"][at] is not None
    ]
    return Fan(list(result.years), rows, [], [])


def _spoken(result: CountryResult, posture: int, number: int, one: Total, look: Look, said: Words) -> str:
    """What a posture's chart shows."""
    median, interval = _total_cell(result, posture, number, -1, one, said)
    text = said.gettext("{label}, {strategy}: {median} in {year}, 80% interval {interval}.")
    return text.format(
        label=said.gettext(one.label),
        strategy=said.gettext(look.label),
        year=result.years[-1],
        median=median,
        interval=interval or median,
    )


def _texts(said: Words) -> dict[str, str]:
    """What the page's script says."""
    return {
        "sort": said.gettext("Sort by {column}"),
        "one": said.ngettext("{count} municipality", "{count} municipalities", 1),
        "many": said.ngettext("{count} municipality", "{count} municipalities", 2),
        "play": said.gettext("Play the years"),
        "pause": said.gettext("Pause"),
        "left": said.gettext(
            "You no longer follow the computation. It goes on for others who asked for the same."
        ),
        "gone": said.gettext("There is no such work, or it is remembered no longer. Begin it again."),
        "done": said.gettext("Done: the page is shown anew."),
        "cancelled": said.gettext("Stopped."),
    }
