"""The section on the labour market of docs/history.md: how often intervals of unemployment and jobs held."""

from collections.abc import Sequence

from framsyn.foresee.forecast.forecast import fit_forecast
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.places.bundle import shipped_bundle
from framsyn.places.tables import Tables
from framsyn.validate import jobs, unemployment
from framsyn.validate.coverage import Outcome, coverage_table
from framsyn.validate.jobs import jobs_outcomes
from framsyn.validate.unemployment import unemployment_outcomes

#: Years ahead that have a column.
AHEADS_OF_UNEMPLOYMENT = (1, 2, 3, 5, 8)
AHEADS_OF_JOBS = (1, 2, 3, 5, 10)


def labour_section(tables: Tables) -> list[str]:
    """Markdown of the section; fits a forecast of people at every base year of jobs, a minute for each."""
    forecasts = {
        base: fit_forecast(read_history(tables, base), region_codes(tables), jobs.AHEAD)
        for base in jobs.BASES
    }
    return [
        *_tables(
            f"Unemployment, June figures of later years to {unemployment.LAST}",
            unemployment_outcomes(tables, shipped_bundle()["population"]),
            AHEADS_OF_UNEMPLOYMENT,
        ),
        *_tables("Jobs, of up to ten later years", jobs_outcomes(tables, forecasts), AHEADS_OF_JOBS),
    ]


def _tables(title: str, outcomes: Sequence[Outcome], aheads: Sequence[int]) -> list[str]:
    """A table of all, one with the country's course given, and one by base year."""
    count = len({(one.base, one.residents) for one in outcomes})
    lines = [f"### {title}", ""]
    lines += [f"{len(outcomes):,} outcomes from {count:,} starts. Per cent that the 80 % interval held:", ""]
    lines += [*coverage_table(outcomes, aheads, beside=False), ""]
    lines += ["The same where the country's course is given, so that only municipalities differ:", ""]
    lines += [*coverage_table(outcomes, aheads, beside=True), ""]
    return [*lines, *_by_base(outcomes), ""]


def _by_base(outcomes: Sequence[Outcome]) -> list[str]:
    lines = ["| from | held | held, the country's course given |", "| --- | ---: | ---: |"]
    for base in sorted({one.base for one in outcomes}):
        here = [one for one in outcomes if one.base == base]
        whole = 100.0 * sum(one.held for one in here) / len(here)
        beside = 100.0 * sum(one.held_beside for one in here) / len(here)
        lines.append(f"| {base} | {whole:.0f} | {beside:.0f} |")
    return lines
