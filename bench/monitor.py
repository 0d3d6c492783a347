"""How good the monitor would have been: makes the tables of docs/monitor.md.

Usage: python bench/monitor.py DATA [draws]

Made ready at the end of 2018 with what was known then, fed with what was published of 2019–2022, judged by
the residents of 2025. The tables stand between the marks in the page.
"""

import sys
from collections import Counter
from pathlib import Path

import numpy as np

from framsyn.evaluate.history_figures import what_came
from framsyn.evaluate.monitor_history import ABOVE, BELOW, FED, Score, Tried, outside, scores, try_on_history
from framsyn.evaluate.observables import observables
from framsyn.foresee.past_bundle import past_bundle
from framsyn.places.bundle import Bundle, shipped_bundle
from framsyn.places.tables import Tables

PAGE = Path(__file__).parents[1] / "docs" / "monitor.md"
BEGIN, END = "<!-- tables: python bench/monitor.py DATA -->", "<!-- end of tables -->"
BASE, FED_YEARS, FINAL, DRAWS = 2018, 4, 2025, 400
#: Widths whose long-run level is the year's own, whatever widths are tried.
LEVEL = "immigration_long_run_factor"
EVERY_FOURTH = 4


def per_cent(value: float) -> str:
    """A share as whole per cent; – where it is not known."""
    return "–" if np.isnan(value) else f"{100.0 * value:.0f} %"


def hits(told: list[Score], side: str, ended: str) -> list[str]:
    """The table of hits and false alarms of one side."""
    rows = [one for one in told if one.side == side]
    lines = [
        f"\n**{ended}**: {per_cent(rows[0].base_rate)} of the municipalities (a quarter was expected).\n"
    ]
    heads = [
        "fed with",
        "hit rate",
        "promised",
        "false alarms",
        "promised",
        "naive: hit rate",
        "naive: false alarms",
    ]
    heads += ["order (AUC)", "naive: order"]
    lines += ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    for one in rows:
        cells = [one.hits, one.promised_hits, one.false_alarms, one.promised_false_alarms]
        cells += [one.naive_hits, one.naive_false_alarms]
        years = str(BASE + 1) if one.fed == 1 else f"{BASE + 1}–{BASE + one.fed}"
        order = f"{one.auc:.2f} | {one.naive_auc:.2f}"
        lines.append(f"| {years} | " + " | ".join(map(per_cent, cells)) + f" | {order} |")
    return lines


def looked_at(tried: list[Tried]) -> str:
    """Which figures the signposts are, after the first and the last year of feeding."""

    def most(fed: int) -> str:
        counted = Counter(name for one in tried for side in (BELOW, ABOVE) for name in one.leading[side][fed])
        total = 2 * len(tried)
        return ", ".join(f"{name} {per_cent(count / total)}" for name, count in counted.most_common(4))

    return (
        f"\nLooked at after one year: {most(0)}; after {FED_YEARS} years: {most(FED_YEARS - 1)}"
        " of the municipalities and sides.\n"
    )


def widths(tried: list[Tried], later: list[Tried]) -> list[str]:
    """The table of figures outside 90 % of the lives, with the widths of then and of today."""
    years = [str(BASE + 1 + year) for year in range(FED_YEARS)]
    heads = ["", *years, *(f"{year}, today's widths" for year in years)]
    lines = ["\n| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    then, now = outside(tried), outside(later)
    for name in FED:
        label = observables()[name].label.lower()
        lines.append(f"| {label} | " + " | ".join(map(per_cent, (*then[name], *now[name]))) + " |")
    shifted = [
        float(share) for told in (tried, later) for share in np.mean([one.shifted for one in told], axis=0)
    ]
    lines.append("| *municipalities told a shift* | " + " | ".join(map(per_cent, shifted)) + " |")
    return lines


def with_widths(past: Bundle, today: Bundle) -> Bundle:
    """The past bundle with the widths of worlds as they are known today."""
    told = {**today.manifest["uncertainty"], LEVEL: past.manifest["uncertainty"][LEVEL]}
    return Bundle(past.arrays, {**past.manifest, "uncertainty": told})


def main(folder: Path, draws: int) -> None:
    """Write the tables into the page."""
    tables, today = Tables.open(folder), shipped_bundle()
    past = past_bundle(tables, BASE, today)
    came = what_came(tables, BASE, FED_YEARS, FINAL)
    tried = try_on_history(past, came, FED_YEARS, FINAL, draws)
    some = range(0, len(past), EVERY_FOURTH)
    later = try_on_history(with_widths(past, today), came, FED_YEARS, FINAL, draws, places=some)
    told = scores(tried)
    lines = [f"{len(tried)} municipalities, {draws} worlds each."]
    lines += hits(told, BELOW, f"Residents of {FINAL} in the lowest quarter of the municipality's lives")
    lines += hits(told, ABOVE, f"Residents of {FINAL} in the highest quarter of the municipality's lives")
    lines += [looked_at(tried), "### Figures outside 90 % of the lives", *widths(tried, later)]
    page = PAGE.read_text("utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(before + BEGIN + "\n\n" + "\n".join(lines) + "\n\n" + END + after, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else DRAWS)
