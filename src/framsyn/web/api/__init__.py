"""The interface, `/api/v1`: everything that the pages show, for programs too.

An answer hangs on the address and on what it was made with alone, so it carries a tag by which it is known
again. What takes long is a job that is followed and can be stopped.
"""

from fastapi import APIRouter

from framsyn.web.api import (
    evaluation,
    explanation,
    facts,
    futures,
    levers_here,
    municipalities,
    warnings,
)

router = APIRouter(prefix="/api/v1")
for _part in (facts, municipalities, futures, levers_here, evaluation, warnings, explanation):
    router.include_router(_part.router)
