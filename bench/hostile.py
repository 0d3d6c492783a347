"""Minutes of everything that may hurt at once: python bench/hostile.py [seconds].

Several clients (loopback addresses) ask questions that hide another in their text, cost too much, hang up
in the middle, hold half a connection, post deep or odd bodies, start and end jobs, ask HEAD and for what is
not there. A visitor meanwhile asks what was answered in peace before, and what nobody asked before, which is
compared with the model in this process. Told are wrong answers, statuses, how long the visitor waited, and
what the server holds at the beginning, through the minutes and after they have left. For Linux.
"""

import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from statistics import median, quantiles

import httpx2
from process_use import count_of, resident_mb

from framsyn.choose.evaluation import worlds_of
from framsyn.foresee.setting import prepare
from framsyn.places.municipality import municipality
from framsyn.web.api.futures import records_of
from framsyn.web.api.futures import rounded as as_told

VISITOR = "127.0.0.1"
API = "/api/v1"
HERE, PAGE = f"{API}/municipalities/545", "/sv/municipality/N%C3%A4rpes"
#: Questions whose answers in peace are known, and what is hidden in them.
KNOWN = (
    f"{HERE}/futures?draws=20&years=6",
    f"{HERE}/futures?draws=20&years=6&seed=7&strategy=lazy",
    f"{HERE}/evaluation?draws=50",
    f"{HERE}/levers?lang=fi",
    f"{API}/facts?lang=sv",
    f"{API}/municipalities?q=Vasa",
    f"{PAGE}?draws=10&years=5",
    f"{PAGE}/levers?draws=10&years=5",
    "/sv/?q=a",
)
HIDDEN = ("made=M%0A{}", "made=M%26{}", "made=%00{}", "junk=x%0D%0A{}", "made=M%3D{}%23")
OTHERS = ("years%3D3", "seed%3D9", "strategy%3Dgiven_up", "lang%3Den", "q%3DEsbo", "draws%3D2")
#: Questions that are refused, or of something that is not there.
REFUSED = (
    f"{HERE}/explanation?draws=100&year=2075&posture=lazy",
    f"{HERE}/futures?draws=0",
    f"{HERE}/futures?draws=nan&years=1e999",
    f"{HERE}/futures?strategy={'a*' * 700}",
    f"{HERE}/futures?strategy=%ED%A0%80",
    f"{HERE}/explanation?draws=1000&year=9999",
    f"{HERE}/export?format=exe",
    f"{API}/municipalities/9999",
    f"{API}/municipalities/%00/futures",
    f"{API}/municipalities/..%2F..%2Fetc%2Fpasswd",
    f"{API}/choices/{'0' * 40}",
    f"{API}/country/none/events",
    f"{API}/nothing",
    "/sv/municipality/Ingenstans",
    "/static/../app.py",
    "/%ff%fe",
)
HEADS = ("/", "/sv/", PAGE, f"{API}/facts", f"{API}/openapi.json", "/healthz", "/readyz", "/nothing")
BODIES = (
    b'{"objective":["jobs"],"seed":"\\ud800"}',
    b"[" * 30_000,
    b'{"a":' * 12_000,
    b'{"budget":1e400,"worlds":-1}',
    b"\xff\xfe\x00",
    b'{"toml":"' + b"a." * 9_900 + b'a = 1"}',
    b'{"toml":"a = ' + b"[" * 9_000 + b'"}',
    b'{"toml":"[ours]\\nbased_on = \\"\\ud800\\""}',
    b"a." * 9_900 + b"a = 1",
)
POSTED = (f"{API}/strategies", f"{HERE}/choices", f"{API}/country")
JOBS: tuple[tuple[str, dict[str, int]], ...] = (
    (f"{HERE}/choices", {"budget": 400, "worlds": 10, "fresh": 20, "years": 8}),
    (f"{API}/country", {}),
)
LIVES = tuple(f"{posture}*digital.{euros}" for posture in ("lazy", "focused") for euros in (10, 30, 50))
#: What a page tells of the edition that a link was made with, and says on in its own links.
EDITION = re.compile(rb'<p class="stale".*?</p>\s*|made=[^"]*', re.DOTALL)
#: How long the mix is, between samples of what the server holds, and after everybody has left.
USUAL, SAMPLE, AFTER, CHECKED = 180.0, 10.0, 30.0, 40


class Mix:
    """What is asked, and what is seen.

    Attributes:
        statuses: of every kind of question.
        wrong: what must not be.
    """

    def __init__(self, port: int, ends: float) -> None:
        self.port = port
        self.ends = ends
        self.statuses: dict[str, Counter[int]] = {}
        self.wrong: list[str] = []
        self.times: list[float] = []
        self.lived: list[tuple[str, int, list[float]]] = []
        self.known: dict[str, bytes] = {}

    def saw(self, kind: str, answer: httpx2.Response, *expected: int) -> None:
        """Count an answer, and note it where it must not be."""
        self.statuses.setdefault(kind, Counter())[answer.status_code] += 1
        busy = answer.status_code in (429, 503) and "Retry-After" in answer.headers
        if answer.status_code == 500 or (expected and answer.status_code not in expected and not busy):
            self.wrong.append(f"{kind}: {answer.status_code} {answer.request.method} {answer.url}"[:200])
        if "nosniff" not in answer.headers.get("X-Content-Type-Options", ""):
            self.wrong.append(f"{kind}: without headers: {answer.status_code} {answer.url}"[:200])

    # Those who hurt

    async def hidden(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        known = draw.choice(KNOWN)
        joint = "&" if "?" in known else "?"
        answer = await client.get(f"{known}{joint}{draw.choice(HIDDEN).format(draw.choice(OTHERS))}")
        self.saw("hidden", answer)
        if answer.status_code == 200 and _said(answer.content) != _said(self.known[known]):
            self.wrong.append(f"hidden: another's answer: {answer.url}"[:200])

    async def refused(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        self.saw("refused", await client.get(draw.choice(REFUSED)), 400, 404, 405, 414, 422)

    async def posted(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        kind = draw.choice(("application/json", "application/toml", "text/plain"))
        answer = await client.post(
            draw.choice(POSTED), content=draw.choice(BODIES), headers={"Content-Type": kind}
        )
        self.saw("posted", answer, 400, 413, 415, 422)

    async def headed(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        answer = await client.head(draw.choice(HEADS))
        self.saw("HEAD", answer, 200, 307, 308, 303, 302, 404)
        if answer.content:
            self.wrong.append(f"HEAD: with a body: {answer.url}")

    async def unmade(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        headers = {"If-None-Match": f'"{draw.getrandbits(128):032x}"'}
        self.saw("unmade", await client.get(draw.choice(KNOWN), headers=headers), 200)

    async def hung_up(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        asked = f"{HERE}/futures?draws=200&years=20&indicator=all&seed={draw.randrange(10**6)}"
        with suppress(httpx2.HTTPError):
            self.saw("hung up", await client.get(asked, timeout=draw.uniform(0.01, 0.5)), 200)

    async def half(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        source = str(client.headers["X-Source"])
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(VISITOR, self.port, local_addr=(source, 0))
            first = draw.choice((b"GET / HTTP/1.1\r\nHost: loc", b"\x16\x03\x01", b"", b"GET " + b"a" * 9000))
            writer.write(first)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(reader.read(), draw.uniform(0.5, 20.0))
            writer.close()

    async def job(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        path, body = draw.choice(JOBS)
        begun = await client.post(path, json=body | {"seed": draw.randrange(10**6)})
        self.saw("job", begun, 202)
        if begun.status_code != 202:
            return
        kind = "choices" if path.endswith("choices") else "country"
        here = f"{API}/{kind}/{begun.json()['id']}"
        self.saw("job not mine", await client.delete(here, headers={"Framsyn-Follower": "x"}), 403)
        with suppress(httpx2.HTTPError):
            await client.get(f"{here}/events", timeout=draw.uniform(0.2, 3.0))
        self.saw("job seen", await client.get(here), 200, 404)
        secret = {"Framsyn-Follower": begun.json()["token"] or ""}
        self.saw("job ended", await client.delete(here, headers=secret), 200, 403, 404)

    # The visitor

    async def visit(self, client: httpx2.AsyncClient, draw: random.Random) -> None:
        known = draw.choice(KNOWN)
        asked = time.perf_counter()
        answer = await client.get(known)
        self.times.append(time.perf_counter() - asked)
        self.saw("visitor", answer, 200)
        if answer.status_code == 200 and answer.content != self.known[known]:
            self.wrong.append(f"visitor: another's answer: {answer.url}")
        line, seed = draw.choice(LIVES), draw.randrange(10**6)
        asked = time.perf_counter()
        answer = await client.get(f"{HERE}/futures?draws=20&years=6&seed={seed}&strategy={line}")
        self.times.append(time.perf_counter() - asked)
        self.saw("visitor", answer, 200)
        if answer.status_code == 200:
            told = json.loads(answer.content)["futures"][0]["indicators"]["population"]["p50"]
            self.lived.append((line, seed, told))

    def check_lives(self) -> int:
        """Compare some of what the visitor was told with the model here."""
        some = random.Random(2).sample(self.lived, min(CHECKED, len(self.lived)))  # noqa: S311
        for line, seed, told in some:
            records = records_of(worlds_of(prepare(municipality("545"), 6, seed), range(20)), line)[..., 0]
            ordered = records.copy()
            ordered.sort(axis=0)
            if as_told((ordered[9] + ordered[10]) / 2.0) != told:
                self.wrong.append(f"visitor: wrong: {line} {seed}")
        return len(some)


def main() -> int:
    """Print what was seen; exit status 1 if anything must not be."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    with socket.socket() as probe:
        probe.bind((VISITOR, 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as jobs, tempfile.TemporaryFile("w+") as log:
        program = str(Path(sys.executable).with_name("framsyn"))
        command = [program, "serve", "--port", str(port), "--jobs", jobs]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)  # noqa: S603
        try:
            mix = asyncio.run(_all(port, seconds, server.pid))
        finally:
            server.terminate()
            server.wait(60)
        log.seek(0)
        lines = log.read().splitlines()
    checked = mix.check_lives()
    for kind, statuses in mix.statuses.items():
        print(f"{kind}: {dict(sorted(statuses.items()))}")
    print(f"visitor: median {1000 * median(mix.times):.0f} ms, 95th percentile {_p95(mix.times):.0f} ms")
    print(f"log: {len(lines)} lines, {sum('Traceback' in one for one in lines)} tracebacks")
    print(f"{checked} of {len(mix.lived)} lives compared; {len(mix.wrong)} wrong")
    for told, times in Counter(mix.wrong).most_common(20):
        print(f"  {times} × {told}")
    return int(bool(mix.wrong) or any("Traceback" in one for one in lines))


def _said(content: bytes) -> bytes:
    """An answer without what it tells of the edition that a link was made with."""
    return EDITION.sub(b"", content)


def _p95(times: list[float]) -> float:
    return 1000.0 * quantiles(times, n=20)[-1]


async def _all(port: int, seconds: float, pid: int) -> Mix:
    mix = Mix(port, 0.0)
    async with _client(port, VISITOR) as visitor:
        await _ready(visitor)
        for known in KNOWN:
            answer = await visitor.get(known)
            if answer.status_code != 200:
                raise SystemExit(f"in peace already: {answer.status_code} {known}")
            mix.known[known] = answer.content
        draw = random.Random(1)  # noqa: S311
        for _ in range(20):
            await mix.visit(visitor, draw)
        mix.times.clear()
        _print("before", pid)
        mix.ends = time.monotonic() + seconds
        kinds = (
            *(mix.hidden, mix.hidden, mix.refused, mix.posted, mix.headed, mix.unmade),
            *(mix.hung_up, mix.hung_up, *[mix.half] * 20, mix.job),
        )
        work = [_many(mix, kind, f"127.0.0.{2 + n % 4}", n) for n, kind in enumerate(kinds)]
        await asyncio.gather(_many(mix, mix.visit, VISITOR, 99), _sample(mix, pid), *work)
        await asyncio.sleep(AFTER)
        _print("after", pid)
    return mix


Kind = Callable[[httpx2.AsyncClient, random.Random], Awaitable[None]]


async def _many(mix: Mix, kind: Kind, address: str, number: int) -> None:
    draw = random.Random(number)  # noqa: S311
    async with _client(mix.port, address) as client:
        while time.monotonic() < mix.ends:
            try:
                await kind(client, draw)
            except (httpx2.HTTPError, OSError) as error:
                name = getattr(kind, "__name__", "?")
                if name == "visit":
                    mix.wrong.append(f"visitor: {type(error).__name__}")
                mix.statuses.setdefault(f"{name}: {type(error).__name__}", Counter())[0] += 1
            await asyncio.sleep(draw.uniform(0.02, 0.2))


async def _sample(mix: Mix, pid: int) -> None:
    began = time.monotonic()
    while time.monotonic() < mix.ends:
        await asyncio.sleep(SAMPLE)
        _print(f"{time.monotonic() - began:.0f} s", pid)


def _client(port: int, address: str) -> httpx2.AsyncClient:
    limits = httpx2.Limits(max_connections=50, max_keepalive_connections=0)
    transport = httpx2.AsyncHTTPTransport(local_address=address, limits=limits)
    return httpx2.AsyncClient(
        transport=transport, base_url=f"http://{VISITOR}:{port}", timeout=120.0, headers={"X-Source": address}
    )


async def _ready(client: httpx2.AsyncClient) -> None:
    for _ in range(1_500):
        with suppress(httpx2.HTTPError):
            if (await client.get("/readyz")).status_code == 200:
                return
        await asyncio.sleep(0.2)
    raise SystemExit("the server did not start")


def _print(when: str, pid: int) -> None:
    """What the server holds."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    print(
        f"{when}: memory {resident_mb(pid):.0f} MB, threads {count_of(pid, 'task')},"
        f" descriptors {count_of(pid, 'fd')},"
        f" children {len(children)}, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
