"""Which inputs move which headline most: makes the tables of docs/sensitivity.md with SALib.

Usage: python bench/sensitivity.py [draws]

The worlds themselves are the sample: every effect of the register and every path of the world as drawn.
First-order indices are found from the given data by RBD-FAST (Tarantola, Gatelli & Mara 2006; Plischke 2010),
the mean over municipalities of many kinds.
"""

import sys
from collections.abc import Callable

import numpy as np
from SALib.analyze import rbd_fast

import framsyn
from framsyn.foresee.postures import AS_IS, posture
from framsyn.foresee.setting import Drawn, Setting, prepare
from framsyn.foresee.starts import starts as known
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import Floats

#: A big city, growing and shrinking towns, a bilingual town, villages, an industrial town, the north.
PLACES = ("091", "543", "790", "545", "777", "766", "109", "205", "140", "697", "305", "638")
YEARS = 20
#: Paths of the world by what they mean; each is summed up by its mean over the years.
PATHS = {
    "the forecast's total": None,
    "earnings": layout.W_EARNINGS,
    "municipal costs": layout.W_COST,
    "prices": layout.W_PRICE,
    "unemployment": layout.W_UNEMPLOYMENT,
    "interest": layout.W_INTEREST,
    "grant": layout.W_GRANT,
    "corporate tax": layout.W_CORPORATE,
    "jobs here": layout.W_JOBS,
    "own costs": layout.W_LOCAL_COST,
    "own taxed income": layout.W_LOCAL_INCOME,
    "one-off items": layout.W_ONE_OFF,
    "fertility": layout.W_FERTILITY,
    "mortality": layout.W_MORTALITY,
    "immigration": layout.W_IMMIGRATION,
}
HEADLINES: dict[str, Callable[[Floats], Floats]] = {
    "population": lambda r: r[:, -1, layout.POPULATION],
    "unemployment": lambda r: r[:, -1, layout.UNEMPLOYMENT_RATE],
    "net operating cost": lambda r: r[:, -1, layout.NET_OPERATING_COST],
    "cash flow": lambda r: r[:, -5:, layout.CASH_FLOW].mean(axis=1),
    "loans": lambda r: r[:, -1, layout.LOANS],
    "repair debt": lambda r: r[:, -1, layout.REPAIR_DEBT],
    "trust": lambda r: r[:, -1, layout.TRUST],
}
TOP = 10


def inputs(drawn: Drawn, reference: Floats) -> tuple[list[str], Floats]:
    """Names and values [draw, input] of everything that differs between worlds."""
    columns, names = [], []
    for name, column in PATHS.items():
        path = reference[:, 1:, layout.POPULATION] if column is None else drawn.worlds[:, 1:, column]
        columns.append(path.mean(axis=1))
        names.append(name)
    moving = [place for place in range(len(COEFFICIENTS)) if np.ptp(drawn.effects[:, place]) > 0]
    columns += [drawn.effects[:, place] for place in moving]
    names += [COEFFICIENTS[place] for place in moving]
    begun = [place for place in range(layout.COMMUNITY) if np.ptp(drawn.starts[:, place]) > 0]
    columns += [drawn.starts[:, place] for place in begun]
    names += [f"{known()[place].id} at the start" for place in begun]
    return names, np.stack(columns, axis=1)


def indices(names: list[str], sample: Floats, outcome: Floats) -> Floats:
    """First-order indices [input], 0 where nothing is found."""
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    if np.ptp(outcome) == 0.0:
        return np.zeros(len(names))
    told = rbd_fast.analyze(problem, sample, outcome, M=6, num_resamples=2, seed=1)
    return np.maximum(np.asarray(told["S1"], dtype=np.float64), 0.0)


def of_place(setting: Setting, draws: int) -> tuple[list[str], dict[str, Floats], dict[str, Floats]]:
    """Indices of one municipality: of its level as today, and of engaging less given up."""
    drawn = setting.draw(range(draws))
    reference = setting.live(drawn, setting.course(posture(AS_IS)))
    one, other = (
        setting.live(drawn, setting.course(posture(which)), reference) for which in ("engaging", "given_up")
    )
    names, sample = inputs(drawn, reference)
    level = {name: indices(names, sample, take(reference)) for name, take in HEADLINES.items()}
    apart = {name: indices(names, sample, take(one) - take(other)) for name, take in HEADLINES.items()}
    return names, level, apart


def table(names: list[str], found: dict[str, Floats]) -> str:
    """The inputs that matter most over the headlines, percent of each headline's variance."""
    grid = np.stack([found[name] for name in HEADLINES], axis=1)
    order = np.argsort(-grid.max(axis=1))[:TOP]
    lines = ["| input | " + " | ".join(HEADLINES) + " |", "| --- |" + " --- |" * len(HEADLINES)]
    for place in order:
        cells = [f"{100 * value:.0f}" for value in grid[place]]
        lines.append(f"| {names[place]} | " + " | ".join(cells) + " |")
    rest = 100.0 * (grid.sum(axis=0) - grid[order].sum(axis=0))
    return "\n".join([*lines, "| all others | " + " | ".join(f"{value:.0f}" for value in rest) + " |"])


def main(draws: int) -> None:
    """Find the indices over the places and print the two tables."""
    each = [of_place(prepare(framsyn.municipality(code), YEARS), draws) for code in PLACES]
    names = each[0][0]
    level = {name: np.mean([one[1][name] for one in each], axis=0) for name in HEADLINES}
    apart = {name: np.mean([one[2][name] for one in each], axis=0) for name in HEADLINES}
    print(f"{len(PLACES)} municipalities, {draws} worlds, after {YEARS} years; percent of the variance.\n")
    print("Going on as today:\n\n" + table(names, level) + "\n")
    print("*Engaging* less *given up*:\n\n" + table(names, apart))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
