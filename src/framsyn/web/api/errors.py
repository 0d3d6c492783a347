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
    403: {"model": ErrorResponse, "description": "A page of another site asks for a change."},
    404: {"model": ErrorResponse, "description": "Nothing has that name."},
    405: {"model": ErrorResponse, "description": "The address has no such method; see Allow."},
    408: {"model": ErrorResponse, "description": "The body did not come in time."},
    413: {"model": ErrorResponse, "description": "The body is too long."},
    414: {"model": ErrorResponse, "description": "The address is too long."},
    415: {"model": ErrorResponse, "description": "The body is not sent as application/json."},
    421: {"model": ErrorResponse, "description": "The server is not called so."},
    422: {"model": ErrorResponse, "description": f"The request cannot be used, or costs too much. {COST}"},
    429: {"model": ErrorResponse, "description": "Too much of this client is waiting; see Retry-After."},
    503: {"model": ErrorResponse, "description": "The server is busy or late; see Retry-After."},
}
