"""The pages: semantic HTML that reads without script, from what the interface answers."""

from fastapi import APIRouter

from framsyn.web.pages import about, choose, compare, country, levers, municipality, report, start, why

router = APIRouter(include_in_schema=False)
for _part in (start, municipality, levers, choose, why, report, compare, country, about):
    router.include_router(_part.router)
