"""Choose: say what is wanted and what must hold, search, and look at what was found."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from framsyn.i18n.translator import Words, words
from framsyn.places.municipality import Municipality
from framsyn.web.answers import HTML, house_of
from framsyn.web.api.choice_question import AskedChoice, question_of
from framsyn.web.api.choices import identity_of, result_of
from framsyn.web.api.job_answers import job_told
from framsyn.web.house import House
from framsyn.web.job import Job
from framsyn.web.pages.choose_form import SPOKEN, form_of
from framsyn.web.pages.choose_result import result_shown
from framsyn.web.pages.viewing import Language, Name, names_of, place, written_name
from framsyn.web.refused import NotFoundError
from framsyn.web.templating import render

router = APIRouter()


class AskedPage(AskedChoice):
    """The question of the view; what else stands in the address is how its answer is looked at."""

    model_config = AskedChoice.model_config | {"extra": "ignore"}


@router.get("/{lang}/municipality/{name}/choose")
async def choose(
    request: Request, lang: Language, name: Name, asked: Annotated[AskedPage, Query()]
) -> Response:
    """Show the question, the search of it where one was begun, and what it found."""
    m, house, said = place(name), house_of(request), words(lang)
    question_of(m, asked)
    job = _begun(house, m, asked)
    # Not kept as other pages are: what it shows hangs on how far the search is.
    page = await house.quick.do(
        lambda: render("choose.html.j2", request, said, **told(house, m, asked, job, said))
    )
    return Response(page, media_type=HTML, headers={"Cache-Control": "no-store"})


def _begun(house: House, m: Municipality, asked: AskedChoice) -> Job | None:
    """The job of the question, where it was begun and not given up."""
    try:
        job = house.jobs.get(identity_of(m.code, asked))
    except NotFoundError:
        return None
    return None if job.state == "cancelled" else job


def told(house: House, m: Municipality, asked: AskedChoice, job: Job | None, said: Words) -> dict[str, Any]:
    """Everything that the template tells."""
    name = m.name(said.lang)
    result = result_of(job, said.lang) if job else None
    return {
        "title": said.gettext("Choices for {name}").format(name=name),
        "names": names_of(m),
        "place": {"name": name, "written": written_name(m, said.lang), "here": "choose"},
        "code": m.code,
        "form": form_of(house, m, asked, said),
        "job": job_told(job, said) if job else None,
        "found": result_shown(result, job.id, said) if result and job else None,
        "texts": {key: said.gettext(text) for key, text in SPOKEN.items()},
    }
