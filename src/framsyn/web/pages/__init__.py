"""The pages: semantic HTML that reads without script, from what the interface answers."""

from fastapi import APIRouter

from framsyn.web.pages import choose, compare, levers, municipality, start

router = APIRouter(include_in_schema=False)
for _part in (start, municipality, levers, choose, compare):
    router.include_router(_part.router)
