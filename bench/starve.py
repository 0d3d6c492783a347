"""Thirty of the heaviest allowed questions from one client, and another client's small question meanwhile.

Printed are what the heaviest questions cost by `framsyn.web.cost` and take alone, and how long the small
question takes before, while the thirty are asked again and again for a minute, and in the minute after they
have left. The two clients are two loopback addresses.

Run: python bench/starve.py [seconds]
"""

import asyncio
import itertools
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlencode

import httpx2
from process_use import count_of, resident_mb

from framsyn.web.api.explanation import AskedExplanation
from framsyn.web.api.futures import AskedFutures
from framsyn.web.api.warnings import AskedWarnings
from framsyn.web.cost import MICROSECONDS, Costed, cost, draws_within
from framsyn.web.pages.compare import AskedComparison
from framsyn.web.pages.municipality import AskedMunicipality
from framsyn.web.settings import Settings

GREEDY, SMALL, AT_ONCE, PAUSE = "127.0.0.2", "127.0.0.1", 30, 0.25
HERE = "/api/v1/municipalities/545"
EIGHT = ["lazy", *(f"focused*digital.{euros}" for euros in range(10, 80, 10))]
SIX = [f"{code}~lazy" for code in (5, 9, 10, 16, 18, 545)]


class Heavy(NamedTuple):
    """A question as heavy as it may be: its name, address and parameters, and what it costs."""

    name: str
    path: str
    parameters: dict[str, object]
    seconds: float


class Answered(NamedTuple):
    """Status, and seconds until it came."""

    status: int
    after: float


def main() -> None:
    """Print what the other client sees."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with socket.socket() as probe:
        probe.bind((SMALL, 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("framsyn")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        asyncio.run(_measure(f"http://{SMALL}:{port}", seconds, server.pid))
    finally:
        server.terminate()
        server.wait(30)


async def _measure(base: str, seconds: float, pid: int) -> None:
    async with _client(base, SMALL) as small:
        await _ready(small)
        print(f"load of the machine: {os.getloadavg()[0]:.1f}; processors: {os.cpu_count()}")
        heaviest = _heaviest()
        seeds = itertools.count(1_000)
        for one in heaviest:
            answer = await _ask(small, one.path, one.parameters | {"seed": next(seeds)})
            print(
                f"alone: {one.name}: costs {one.seconds:.1f} s, took {answer.after:.1f} s ({answer.status})"
            )
        before = await _small(small, seeds, 10.0)
        _print("before", before, pid)
        async with _client(base, GREEDY) as greedy:
            ends = time.monotonic() + seconds
            asking = [
                asyncio.ensure_future(_greedy(greedy, heaviest[number % len(heaviest)], seeds, ends))
                for number in range(AT_ONCE)
            ]
            _print("meanwhile", await _small(small, seeds, seconds - 1.0), pid)
            for task in asking:
                task.cancel()  # they hang up in the middle of their questions
            statuses: Counter[int] = Counter()
            for task in asking:
                with suppress(asyncio.CancelledError):
                    statuses += await task
            print(f"the greedy client was answered: {dict(sorted(statuses.items()))}")
        for minute in ("just after", "a minute after"):
            _print(minute, await _small(small, seeds, 10.0), pid)
            if minute == "just after":
                await asyncio.sleep(50.0)


def _heaviest() -> list[Heavy]:
    """The heaviest question of each kind that the bound allows."""
    questions: list[tuple[str, str, Callable[[int], Costed], dict[str, object]]] = [
        (
            "futures",
            f"{HERE}/futures",
            lambda draws: AskedFutures(draws=draws, years=50, strategy=EIGHT, indicator=["all"]),
            {"years": 50, "strategy": EIGHT, "indicator": "all"},
        ),
        ("warnings", f"{HERE}/warnings", lambda draws: AskedWarnings(draws=draws, years=50), {"years": 50}),
        (
            "explanation",
            f"{HERE}/explanation",
            lambda draws: AskedExplanation(draws=min(draws, 100), year=2075, posture="lazy"),
            {"year": 2075, "posture": "lazy"},
        ),
        (
            "municipality page",
            "/en/municipality/Närpes",
            lambda draws: AskedMunicipality(draws=draws, years=50),
            {"years": 50},
        ),
        (
            "comparison",
            "/en/compare",
            lambda draws: AskedComparison(draws=draws, years=50, of=SIX),
            {"years": 50, "of": SIX},
        ),
    ]
    found = []
    for name, path, request, parameters in questions:
        draws = draws_within(request(1_000), Settings().most_cost)
        found.append(Heavy(name, path, parameters | {"draws": draws}, cost(request(draws)) / MICROSECONDS))
    return found


@asynccontextmanager
async def _client(base: str, address: str) -> AsyncIterator[httpx2.AsyncClient]:
    # No connection is kept: the server ends one that was idle, and might do so just as it is used again.
    limits = httpx2.Limits(max_connections=AT_ONCE, max_keepalive_connections=0)
    transport = httpx2.AsyncHTTPTransport(local_address=address, limits=limits)
    async with httpx2.AsyncClient(transport=transport, base_url=base, timeout=180.0) as client:
        yield client


async def _ready(client: httpx2.AsyncClient) -> None:
    for _ in range(1_500):
        with suppress(httpx2.HTTPError):
            if (await client.get(f"{HERE}/futures?draws=1&years=1")).status_code == 200:
                return
        await asyncio.sleep(0.2)
    raise SystemExit("the server did not start")


async def _ask(client: httpx2.AsyncClient, path: str, parameters: dict[str, object]) -> Answered:
    asked = time.perf_counter()
    answer = await client.get(f"{path}?{urlencode(parameters, doseq=True)}")
    return Answered(answer.status_code, time.perf_counter() - asked)


async def _small(client: httpx2.AsyncClient, seeds: "itertools.count[int]", seconds: float) -> list[Answered]:
    """A small question that nobody asked before, again and again."""
    ends, answered = time.monotonic() + seconds, []
    while time.monotonic() < ends:
        question: dict[str, object] = {"draws": 3, "years": 2, "seed": next(seeds)}
        answered.append(await _ask(client, f"{HERE}/futures", question))
        await asyncio.sleep(PAUSE)
    return answered


async def _greedy(
    client: httpx2.AsyncClient, one: Heavy, seeds: "itertools.count[int]", ends: float
) -> Counter[int]:
    """A heavy question after another, and how each was answered."""
    statuses: Counter[int] = Counter()
    try:
        while time.monotonic() < ends:
            answer = await _ask(client, one.path, one.parameters | {"seed": next(seeds)})
            statuses[answer.status] += 1
            await asyncio.sleep(PAUSE)
    except asyncio.CancelledError:
        statuses[0] += 1  # hung up
    return statuses


def _print(when: str, answered: list[Answered], pid: int) -> None:
    times = sorted(one.after for one in answered)
    statuses = dict(sorted(Counter(one.status for one in answered).items()))
    print(
        f"{when}: {len(times)} small questions, statuses {statuses}; median {1000 * median(times):.0f} ms,"
        f" 95th percentile {1000 * quantiles(times, n=20)[-1]:.0f} ms, most {1000 * times[-1]:.0f} ms;"
        f" memory {resident_mb(pid):.0f} MB, threads {count_of(pid, 'task')},"
        f" descriptors {count_of(pid, 'fd')}",
        flush=True,
    )


if __name__ == "__main__":
    main()
