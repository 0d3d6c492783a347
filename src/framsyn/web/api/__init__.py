"""The interface, `/api/v1`: everything that the pages show, for programs too.

An answer hangs on the address and on what it was made with alone, so it carries a tag by which it is known
again. What takes long is a job that is followed and can be stopped.
"""

from fastapi import APIRouter

from framsyn.web.api import (
    choices,
    country,
    evaluation,
    explanation,
    export,
    facts,
    futures,
    levers_here,
    municipalities,
    report,
    strategies,
    warnings,
)
from framsyn.web.api import map as map_

router = APIRouter(prefix="/api/v1")
for _part in (
    facts,
    municipalities,
    map_,
    country,
    futures,
    levers_here,
    evaluation,
    warnings,
    explanation,
    choices,
    strategies,
    export,
    report,
):
    router.include_router(_part.router)
