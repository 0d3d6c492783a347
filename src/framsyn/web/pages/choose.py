"""Choose: say what is wanted and what must hold, search, and look at what was found."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from framsyn.i18n.translator import Words, words
from framsyn.places.municipality import Municipality
from framsyn.web.answers import HTML, in_turn, state_of, unless_disconnected
from framsyn.web.api.choice_question import AskedChoice, question_of
from framsyn.web.api.choices import identity_of, result_of
from framsyn.web.api.job_answers import job_told
from framsyn.web.job import Job
from framsyn.web.pages.choose_form import SPOKEN, form_of
from framsyn.web.pages.choose_result import result_shown
from framsyn.web.pages.viewing import InPath, Language, names_of, written_name
from framsyn.web.refused import NotFoundError
from framsyn.web.state import AppState
from framsyn.web.templating import render
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)


class AskedPage(AskedChoice):
    """The question of the view; what else stands in the address is how its answer is looked at."""

    model_config = AskedChoice.model_config | {"extra": "ignore"}


@router.get("/{lang}/municipality/{name}/choose")
async def choose(
    request: Request, lang: Language, m: InPath, asked: Annotated[AskedPage, Query()]
) -> Response:
    """Show the question, the search of it where one was begun, and what it found."""
    state, said = state_of(request), words(lang)
    question_of(m, asked)
    job = _begun(state, m, asked)
    # Not kept as other pages are: what it shows hangs on how far the search is.
    work = in_turn(
        request, lambda: render("choose.html.j2", request, said, **told(state, m, asked, job, said))
    )
    page = await unless_disconnected(request, work)
    return Response(page, media_type=HTML, headers={"Cache-Control": "no-store"})


def _begun(state: AppState, m: Municipality, asked: AskedChoice) -> Job | None:
    """The job of the question, where it was begun and not given up."""
    try:
        job = state.jobs.get(identity_of(m.code, asked))
    except NotFoundError:
        return None
    return None if job.state == "cancelled" else job


def told(
    state: AppState, m: Municipality, asked: AskedChoice, job: Job | None, said: Words
) -> dict[str, Any]:
    """Everything that the template tells."""
    name = m.name(said.lang)
    result = result_of(job, said.lang) if job else None
    return {
        "title": said.gettext("Choices for {name}").format(name=name),
        "names": names_of(m),
        "place": {"name": name, "written": written_name(m, said.lang), "here": "choose"},
        "code": m.code,
        "form": form_of(state, m, asked, said),
        "job": job_told(job, said) if job else None,
        "found": result_shown(result, job.id, said) if result and job else None,
        "texts": {key: said.gettext(text) for key, text in SPOKEN.items()},
    }
