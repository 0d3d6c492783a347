"""Fifty people who move levers at once for a minute, and then ten thousand questions.

Told are errors, wrong answers, waiting times, and the memory that the server holds.

Each user drags the levers of a municipality of their own: the next question is asked 50 ms after the
answer. A share of the answers is checked against the model in this process.

Run: python bench/load.py [users] [seconds]
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import httpx2
from process_use import resident_mb

from framsyn.choose.evaluation import worlds_of
from framsyn.choose.levers import Lever, levers
from framsyn.foresee.setting import prepare
from framsyn.places.municipality import municipalities, municipality
from framsyn.web.api.futures import records_of
from framsyn.web.api.futures import rounded as as_told

PORT = 8778
BASE = f"http://127.0.0.1:{PORT}"
INDICATORS = (
    "population",
    "cash_flow_per_resident",
    "loans_per_resident",
    "income_tax_rate",
    "jobs",
    "participation",
)
POSTURES = ("as_is", "engaging", "focused", "lazy", "given_up")
PAUSE, CHECKED, QUESTIONS, AT_ONCE = 0.05, 60, 10_000, 8
#: More than the server keeps ready at once, so that some of what it keeps always has to go.
PLACES = 60


class Answered(NamedTuple):
    """One answer: where, what was asked, after how many milliseconds, and the medians of residents."""

    code: str
    line: str
    after: float
    status: int
    population: list[float]


def main() -> None:
    """Print what fifty users see, and the memory over ten thousand questions."""
    users = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    command = [str(Path(sys.executable).with_name("framsyn")), "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        asyncio.run(_both(users, seconds, server.pid))
    finally:
        server.terminate()


async def _both(users: int, seconds: float, pid: int) -> None:
    limits = httpx2.Limits(max_connections=users + 10)
    async with httpx2.AsyncClient(base_url=BASE, limits=limits, timeout=60.0) as client:
        await _wait(client)
        ends = time.monotonic() + seconds
        codes = random.Random(1).sample([m.code for m in municipalities()], users)  # noqa: S311
        every = await asyncio.gather(
            *(_user(client, code, ends, number) for number, code in enumerate(codes))
        )
        answered = [one for of in every for one in of]
        times = sorted(one.after for one in answered)
        errors = sum(one.status != 200 for one in answered)
        print(
            f"{users} users, {seconds:.0f} s: {len(answered)} answers, {errors} errors,"
            f" {_wrong(answered)} of {CHECKED} checked wrong; median {median(times):.0f} ms,"
            f" 95th percentile {quantiles(times, n=20)[-1]:.0f} ms, most {times[-1]:.0f} ms"
        )
        await _memory(client, pid)


async def _wait(client: httpx2.AsyncClient) -> None:
    for _ in range(600):
        try:
            if (await client.get("/api/v1/municipalities/545/futures?draws=5&years=2")).status_code == 200:
                return
        except httpx2.HTTPError:
            await asyncio.sleep(0.2)
    raise SystemExit("the server did not start")


async def _user(client: httpx2.AsyncClient, code: str, ends: float, number: int) -> list[Answered]:
    """One user's answers until the time is out."""
    draw, answered = random.Random(number), []  # noqa: S311
    await asyncio.sleep(draw.random())
    while time.monotonic() < ends:
        line = _strategy(draw)
        answered.append(await _ask(client, code, line))
        await asyncio.sleep(PAUSE)
    return answered


async def _ask(client: httpx2.AsyncClient, code: str, line: str) -> Answered:
    asked = time.perf_counter()
    question = {"strategy": line, "indicator": list(INDICATORS)}
    answer = await client.get(f"/api/v1/municipalities/{code}/futures", params=question)
    after = 1000.0 * (time.perf_counter() - asked)
    told = json.loads(answer.content)
    medians = told["futures"][0]["indicators"]["population"]["p50"] if answer.status_code == 200 else []
    return Answered(code, line, after, answer.status_code, medians)


def _strategy(draw: random.Random) -> str:
    """A posture with some levers set at random."""
    moved = draw.sample([one for one in levers().values() if one.kind != "choice"], draw.randint(1, 5))
    return "*".join([draw.choice(POSTURES), *(f"{one.id}.{_setting(one, draw)}" for one in moved)])


def _setting(lever: Lever, draw: random.Random) -> str:
    steps = round((lever.high - lever.low) / lever.step)
    return f"{round(lever.low + draw.randint(0, steps) * lever.step, 6):g}"


def _wrong(answered: list[Answered]) -> int:
    """How many of some answers differ from what the model says here."""
    wrong = 0
    for one in random.Random(2).sample(answered, min(CHECKED, len(answered))):  # noqa: S311
        worlds = worlds_of(prepare(municipality(one.code), 20, 1), range(300))
        records = records_of(worlds, one.line)[..., 0]
        ordered = records.copy()
        ordered.sort(axis=0)
        wrong += as_told((ordered[149] + ordered[150]) / 2.0) != one.population
    return wrong


async def _memory(client: httpx2.AsyncClient, pid: int) -> None:
    """Ten thousand questions, some at once, and the memory that the server holds after every thousand."""
    draw = random.Random(3)  # noqa: S311
    codes = [m.code for m in municipalities()][:PLACES]
    held = []
    for number in range(0, QUESTIONS, AT_ONCE):
        asked = [(draw.choice(codes), _strategy(draw)) for _ in range(AT_ONCE)]
        await asyncio.gather(*(_ask(client, code, line) for code, line in asked))
        if number % 1000 < AT_ONCE:
            held.append(resident_mb(pid))
    told = ", ".join(f"{one:.0f}" for one in held)
    print(f"memory over {QUESTIONS} questions, MB after every thousand: {told}")


if __name__ == "__main__":
    main()
