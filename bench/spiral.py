"""Makes the tables of docs/spiral.md: `python bench/spiral.py [--draws N]`.

Lives every municipality under the four visions with and without the loop, and turns from giving up in every
year. The tables stand between the marks in the page; the rest of it is written by hand.
"""

import argparse
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np

from framsyn.evaluate import spiral as spirals
from framsyn.evaluate.balance import underlying_balance
from framsyn.evaluate.spiral import FedLives, declines, fed_lives, feeds_itself, quarter, share_of
from framsyn.evaluate.strength import strength, tenths
from framsyn.evaluate.turning import Turning, turning_year
from framsyn.foresee.postures import VISIONS, posture
from framsyn.foresee.setting import prepare
from framsyn.model.layout import POPULATION, Floats
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import Municipality

PAGE = Path(__file__).parents[1] / "docs" / "spiral.md"
BEGIN, END = "<!-- tables: python bench/spiral.py -->", "<!-- end of tables -->"
YEARS, DRAWS = 24, 100
OUTCOMES = ("always", "until a year (median)", "never")
GIVEN_UP, TO = "given_up", ("engaging", "focused")
SIZES = ((50.0, 25.0), (100.0, 50.0), (200.0, 100.0))


class Found(NamedTuple):
    """Of one municipality under one posture, by draw."""

    declines: Floats
    feeds: Floats
    sized: Floats  # [size, draw] the same with other least sizes
    departure: Floats  # of the underlying balance, EUR/resident a year
    feedback: Floats
    moves: Floats
    people: Floats  # feedback on residents, share


def found(place: int, identity: str, draws: int) -> Found:
    m = Municipality(place, shipped_bundle())
    setting = prepare(m, YEARS)
    lives = fed_lives(setting, posture(identity), draws)
    balance = FedLives(*(underlying_balance(one, setting.place) for one in lives))
    last = FedLives(*(quarter(one, 1) for one in balance))
    people = [quarter(one[..., POPULATION], 1) for one in (lives.full, lives.without)]
    return Found(
        declines(balance).astype(float),
        feeds_itself(balance).astype(float),
        np.array([sized(balance, *size) for size in SIZES]),
        last.full - last.as_today,
        last.full - last.without,
        (last.full - last.without_moves + last.without_debt - last.without) / 2.0,
        people[0] / people[1] - 1.0,
    )


def sized(balance: FedLives, fall: float, feedback: float) -> Floats:
    """[draw] whether the decline feeds itself with other least sizes."""
    last, lost = quarter(balance.full, 1), balance.without - balance.full
    return np.asarray(
        (last < -fall)
        & (last < balance.full[:, 0])
        & (last < quarter(balance.as_today, 1))
        & (quarter(lost, 1) >= feedback)
        & (quarter(lost, 1) > quarter(lost, 2))
        & (quarter(lost, 2) > 0.0),
        dtype=np.float64,
    )


def turned(place: int, other: str, draws: int) -> Turning:
    setting = prepare(Municipality(place, shipped_bundle()), YEARS)
    return turning_year(setting, posture(GIVEN_UP), posture(other), draws)


def row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(heading) - 1)]
    return "\n".join(row(one) for one in (heading, rule, *rows))


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def span(values: Floats, scale: float = 1.0) -> str:
    low, high = np.quantile(values, (0.1, 0.9)) * scale
    return f"{low:.0f}…{high:.0f}".replace("-", "−")


def of_tenth(number: int, places: Sequence[int], of: Sequence[Found]) -> list[str]:
    part = [of[place] for place in places]
    feeds = np.mean([one.feeds for one in part], axis=0)
    departure = np.mean([one.departure for one in part], axis=0)
    feedback = np.mean([one.feedback for one in part], axis=0)
    share = feedback.mean() / departure.mean()
    most = np.mean([one.feeds.mean() > 0.5 for one in part])
    moves = float(np.mean([one.moves for one in part]))
    people = float(np.mean([one.people for one in part]))
    return [
        str(number),
        percent(float(np.mean([one.declines for one in part]))),
        f"{percent(float(feeds.mean()))} ({span(feeds, 100)})",
        percent(float(most)),
        f"{departure.mean():.0f}".replace("-", "−"),
        f"{feedback.mean():.0f} ({span(feedback)})".replace("-", "−"),
        f"{percent(float(share))} ({span(feedback / departure, 100)})",
        f"{moves:+.1f}".replace("-", "−"),
        f"{100 * people:+.2f} %".replace("-", "−"),
    ]


def of_turning(number: int, places: Sequence[int], of: Sequence[dict[str, Turning]]) -> list[str]:
    cells = [str(number)]
    for other in TO:
        told = [of[place][other] for place in places]
        years = [one.year for one in told if one.year is not None]
        cells += [
            percent(sum(one.outcome == "always" for one in told) / len(told)),
            percent(len(years) / len(told)) + (f" ({median(years):.0f})" if years else ""),
            percent(sum(one.outcome == "never" for one in told) / len(told)),
        ]
    return cells


def tables(draws: int) -> str:
    parts = tenths(strength(shipped_bundle()))
    every = range(len(shipped_bundle()))
    with ThreadPoolExecutor(2) as pool:
        by_posture = {
            identity: list(pool.map(lambda place, one=identity: found(place, one, draws), every))
            for identity in VISIONS
        }
        turns = list(pool.map(lambda place: {other: turned(place, other, draws // 2) for other in TO}, every))
    given_up = by_posture[GIVEN_UP]
    told = [
        f"Giving up in every municipality, {draws} worlds, {YEARS} years; means of the last quarter of them.",
        "",
        table(
            [
                "tenth by start",
                "lives that decline",
                "decline feeds itself",
                "municipalities with most lives so",
                "underlying balance against as today, EUR/resident a year",
                "of which feedback",
                "share that is feedback",
                "of the feedback, by moves and jobs",
                "residents by feedback",
            ],
            [of_tenth(number, part, given_up) for number, part in enumerate(parts, 1)],
        ),
        "",
        "Lives whose decline feeds itself under each vision, and with other least sizes (giving up).",
        "",
        table(
            ["tenth by start", *VISIONS, *(f"{fall:.0f} and {feedback:.0f}" for fall, feedback in SIZES)],
            [
                [
                    str(number),
                    *(
                        percent(float(np.mean([by_posture[one][place].feeds for place in part])))
                        for one in VISIONS
                    ),
                    *(
                        percent(float(np.mean([given_up[place].sized[size] for place in part])))
                        for size in range(len(SIZES))
                    ),
                ]
                for number, part in ((1, parts[0]), (5, parts[4]), (10, parts[9]))
            ],
        ),
        "",
        f"Turning from giving up, balance judged {YEARS} years after the base year ({draws // 2} worlds).",
        "",
        table(
            [
                "tenth by start",
                *(
                    f"{other}: {what}"
                    for other in TO
                    for what in ("always", "until a year (median)", "never")
                ),
            ],
            [of_turning(number, part, turns) for number, part in enumerate(parts, 1)],
        ),
        "",
        largest(given_up),
    ]
    return "\n".join(told)


def largest(of: Sequence[Found]) -> str:
    """The municipality in which most lives spiral, with its own uncertainty."""
    place = int(np.argmax([one.feeds.mean() for one in of]))
    share = share_of(of[place].feeds > 0.0)
    name = Municipality(place, shipped_bundle()).name()
    return (
        f"Most lives spiral in {name}: {percent(share.value)} of them "
        f"(80 % interval of their number {percent(share.low)}–{percent(share.high)})."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS)
    draws = parser.parse_args().draws
    start = time.perf_counter()
    made = tables(draws)
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}", "utf-8")
    print(made)
    print(f"{time.perf_counter() - start:.0f} s; least sizes {spirals.LEAST_FALL}, {spirals.LEAST_FED}")


if __name__ == "__main__":
    main()
