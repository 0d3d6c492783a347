"""The refusals of the interface, as its description documents them."""

from typing import Any

from pydantic import BaseModel, Field

from framsyn.web.cost import DRAWING, MICROSECONDS, SIMULATING, SUMMARISING, WRITING
from framsyn.web.settings import Settings


class ErrorResponse(BaseModel):
    """Why a request is not answered: what was wrong, where, and what to do."""

    error: str = Field(description="In the language asked for.")
    status: int = Field(description="The status of HTTP, again.")


COST = (
    f"A question that simulates may take {Settings().most_cost / MICROSECONDS:g} seconds of one thread, a job"
    f" {Settings().most_job_cost / MICROSECONDS:g}, unless the server is set otherwise. In microseconds it is"
    f" draws × years × ({DRAWING:g} + strategies × ({SIMULATING:g} + {SUMMARISING:g} × indicators)) +"
    f" years × strategies × indicators × {WRITING:g}; explanations, warnings and reports simulate many"
    " strategies. The error names the cost, the bound and how many draws would be allowed."
)
#: Answers of every operation beside its own.
REFUSED: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorResponse, "description": "Nothing has that name."},
    422: {"model": ErrorResponse, "description": f"The request cannot be used, or costs too much. {COST}"},
    429: {"model": ErrorResponse, "description": "Too much of this client is waiting; see Retry-After."},
    503: {"model": ErrorResponse, "description": "The server is busy or late; see Retry-After."},
}
