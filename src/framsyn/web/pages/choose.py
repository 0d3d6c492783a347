"""Choose: say what is wanted and what must hold, search, and look at what was found."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from framsyn.i18n.translator import Words, words
from framsyn.places.municipality import Municipality
from framsyn.web.answers import HTML, in_turn, state_of, unless_disconnected
from framsyn.web.api.choice_question import ChoiceRequest, question_of
from framsyn.web.api.choices import result_of, search_id
from framsyn.web.api.job_answers import job_response
from framsyn.web.job import Job
from framsyn.web.pages.choose_form import SCRIPT_TEXTS, form_of
from framsyn.web.pages.choose_result import result_shown
from framsyn.web.pages.viewing import InPath, Language, names_of, written_name
from framsyn.web.refused import NotFoundError
from framsyn.web.state import AppState
from framsyn.web.templating import render
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)

TEMPLATE = "choose.html.j2"


class ChoosePageRequest(ChoiceRequest):
    """The question of the view; what else stands in the address is how its answer is looked at."""

    model_config = ChoiceRequest.model_config | {"extra": "ignore"}


@router.get("/{lang}/municipality/{name}/choose")
async def choose(
    request: Request, lang: Language, m: InPath, asked: Annotated[ChoosePageRequest, Query()]
) -> Response:
    """Show the question, the search of it where one was begun, and what it found."""
    state, translator = state_of(request), words(lang)
    question_of(m, asked)
    job = _job_of(state, m, asked)
    # Not kept as other pages are: what it shows hangs on how far the search is.
    work = in_turn(
        request,
        lambda: render(TEMPLATE, request, translator, **page_context(state, m, asked, job, translator)),
    )
    page = await unless_disconnected(request, work)
    return Response(page, media_type=HTML, headers={"Cache-Control": "no-store"})


def _job_of(state: AppState, m: Municipality, asked: ChoiceRequest) -> Job | None:
    """The job of the question, where it was begun and not given up."""
    try:
        job = state.jobs.get(search_id(m.code, asked))
    except NotFoundError:
        return None
    return None if job.state == "cancelled" else job


def page_context(
    state: AppState, m: Municipality, asked: ChoiceRequest, job: Job | None, translator: Words
) -> dict[str, Any]:
    """What the template shows."""
    name = m.name(translator.lang)
    result = result_of(job, translator.lang) if job else None
    return {
        "title": translator.gettext("Choices for {name}").format(name=name),
        "names": names_of(m),
        "place": {"name": name, "written": written_name(m, translator.lang), "here": "choose"},
        "code": m.code,
        "form": form_of(state, m, asked, translator),
        "unfollowed_minutes": translator.number(state.settings.job_unfollowed_seconds / 60.0),
        "job": job_response(job, translator) if job else None,
        "found": result_shown(result, job.id, translator) if result and job else None,
        "texts": {key: translator.gettext(text) for key, text in SCRIPT_TEXTS.items()},
    }
