"""The pages: semantic HTML that reads without script, from what the interface answers."""

from fastapi import APIRouter

from framsyn.web.pages import choose, compare, levers, start

router = APIRouter(include_in_schema=False)
for _part in (start, levers, choose, compare):
    router.include_router(_part.router)
