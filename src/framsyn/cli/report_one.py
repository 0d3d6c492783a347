"""One report written: opened by `framsyn report` alone, for it opens the rooms that make it."""

from datetime import date
from pathlib import Path

from framsyn.choose.own_figures import OwnFigures, read_own
from framsyn.choose.plan import check_budget_year
from framsyn.cli.options import bundle_at, law_at, strategy_at, tell_written
from framsyn.cli.output import error_console
from framsyn.cli.report_given import Given
from framsyn.errors import FramsynError
from framsyn.foresee.futures import MOST_YEARS, check_request
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import words
from framsyn.places.municipality import Municipality
from framsyn.places.municipality import municipality as find
from framsyn.report.drawing import drawing_beside
from framsyn.report.kinds.material import Asked, Material
from framsyn.report.making import kind_id, made
from framsyn.report.report_day import today
from framsyn.report.report_file import check_file, format_asked, report_name, write_report


def write_one(
    name: str, given: Given, made_as: tuple[str, str | None], lang: str, day: date | None, out: Path | None
) -> None:
    """Write one report.

    Args:
        name: of the municipality.
        given: what it is of.
        made_as: its kind, and its format where one is asked for.
        lang: its language.
        day: the date that it bears; today by default.
        out: the file; named after the municipality by default.

    Raises:
        FramsynError: it cannot be made as asked, or not be written there.
    """
    said, kind = words(lang), kind_id(made_as[0])
    if out is not None:
        check_file(out)
    form = format_asked(kind, made_as[1], out)
    m = find(name, bundle_at(given.bundle))
    asked = asked_of(m, given)
    path = out or Path(report_name(m, kind, form, lang))
    check_file(path)
    waiting = said.gettext("Making the report of {name} …").format(name=m.name(lang))
    with error_console().status(waiting, spinner="line"), drawing_beside():
        content = made(Material(asked), kind, form, said, day or today())
    write_report(content, path)
    tell_written([path], said)


def asked_of(m: Municipality, given: Given) -> Asked:
    """What the report is of, once it is known that it can be lived."""
    known, strategy = strategy_at(given.strategy, given.posture) if given.strategy else ({}, None)
    if given.posture and not given.strategy:
        raise FramsynError("--posture names one posture of a file: give the file with --strategy.")
    check_request([strategy or AS_IS], given.years, given.draws, given.seed)
    base = m.bundle.base_year
    if given.budget_year is not None:
        check_budget_year(given.budget_year, base, base + MOST_YEARS)
    return Asked(
        municipality=m,
        years=given.years,
        draws=given.draws,
        seed=given.seed,
        strategy=strategy,
        known=known,
        law=law_at(given.law),
        budget_year=given.budget_year,
        own=read_own(given.own) if given.own else OwnFigures(),
        files=_files(given),
    )


def _files(given: Given) -> dict[str, str]:
    """The options that the command which makes the report again repeats as they are."""
    told = {
        "--strategy": given.strategy,
        "--posture": given.posture,
        "--budget-year": given.budget_year,
        "--own": given.own,
        "--law": given.law,
        "--bundle": given.bundle,
    }
    return {option: str(value) for option, value in told.items() if value is not None}
