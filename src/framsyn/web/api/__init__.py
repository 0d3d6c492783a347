"""The interface, `/api/v1`: everything that the pages show, for programs too.

An answer depends on its validated request and on the edition of its numbers alone, and carries the digest of
its bytes as a tag. What takes long is a job that is followed and can be stopped.
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
from framsyn.web.api.errors import REFUSED

router = APIRouter(prefix="/api/v1", responses=REFUSED)
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
