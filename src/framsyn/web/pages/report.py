"""The report's page: which report is made, and the report as a file, with errors told as pages are."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from framsyn.choose.strategy_text import strategy_in
from framsyn.i18n.translator import words
from framsyn.web.api.report import AskedReport, report_sent
from framsyn.web.pages.report_view import told
from framsyn.web.pages.viewing import InPath, Language, PathLanguage, elsewhere, view
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)


class AskedForm(PathLanguage, AskedReport):
    """The state of the view; what else its address holds is its own."""

    model_config = AskedReport.model_config | {"extra": "ignore"}


@router.get("/{lang}/municipality/{name}/report")
async def report(
    request: Request, lang: Language, m: InPath, asked: Annotated[AskedForm, Query()]
) -> Response:
    """Show which reports there are, and let one be chosen."""
    if asked.strategy:
        strategy_in(asked.strategy)
    moved = elsewhere(request, lang, m)
    if moved is not None:
        return moved
    return await view(request, lang, "report.html.j2", lambda: told(m, asked, words(lang)))


@router.get("/{lang}/municipality/{name}/report/file")
async def file(request: Request, lang: Language, m: InPath, asked: Annotated[AskedForm, Query()]) -> Response:
    """Send a report in the language of the page."""
    moved = elsewhere(request, lang, m)
    if moved is not None:
        return moved
    return await report_sent(request, m, asked.model_copy(update={"lang": lang}))
