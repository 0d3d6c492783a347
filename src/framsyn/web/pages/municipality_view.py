"""What a municipality's page tells, from the same pieces as the report's page."""

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from framsyn.evaluate.visions import projection, projections
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicator_names import indicator_named
from framsyn.places.municipality import Municipality
from framsyn.report.cells import HEADLINES, Cells
from framsyn.report.figures import Figure, fan_figure, lever_figures, pyramid_panel, widest
from framsyn.report.findings import clauses
from framsyn.report.history import history_of
from framsyn.report.listing import Look, looks, shown, visions
from framsyn.report.page import DECISION_YEARS, years_ahead
from framsyn.report.services import services
from framsyn.report.statement import statement
from framsyn.web.api.evaluation import evaluated
from framsyn.web.futures_summary import FuturesSummary
from framsyn.web.pages.place_view import told_position, told_standing
from framsyn.web.pages.report_view import form_told
from framsyn.web.pages.telling import filling_json
from framsyn.web.pages.viewing import names_of, written_name
from framsyn.web.state import AppState
from framsyn.web.templating import data

if TYPE_CHECKING:
    from framsyn.web.pages.municipality import AskedMunicipality, AskedView

#: Parameters of an address that tell the worlds, and tables of the page by section.
WORLDS = ("years", "draws", "seed")
TABLES = ("places", "economy", "community", "ambitions")
#: Indicators that can be drawn as fans, by heading; others by their id in the address.
CHOICES = {
    N_("Population"): ("population", "share_65_plus", "share_under_15"),
    N_("Finances"): (
        *shown("finance"),
        "income_tax_rate",
        "repair_debt_per_resident",
        "net_operating_cost_per_resident",
    ),
    N_("Jobs, incomes and housing"): tuple(shown("economy")),
    N_("Community"): tuple(shown("community")),
}
AGE_GROUP = 10  # years
#: What the page's script says.
SPOKEN = {
    "ages": N_("{year}: {young} residents under 15, {adult} aged 15–64, {old} aged 65 and over."),
}


def told(state: AppState, m: Municipality, asked: "AskedMunicipality", said: Words) -> dict[str, Any]:
    """Everything that the template tells."""
    lives = state.summary_of(m, asked.years, asked.draws, asked.seed)
    cells, looked = Cells(lives.summary, said), list(looks(DEFAULT_POSTURES).values())
    years = lives.summary.years
    read, position = evaluated(m)
    return {
        **of_place(m, said, ""),
        "title": said.gettext("{name}: futures to {year}").format(name=m.name(said.lang), year=years[-1]),
        "region": m.region(said.lang),
        "asked": asked,
        "worlds": worlds_in(asked),
        "state": state_in(asked),
        "cells": cells,
        "looks": looked,
        "draws": lives.draws,
        "years": years,
        "base": years[0],
        "last": years[-1],
        "headlines": HEADLINES,
        "explainable": explainable(lives),
        "told": {
            posture: [text[:1].upper() + text[1:] for text in clauses(found, said)]
            for posture, found in lives.findings.items()
        },
        **_fans(m, asked, cells, looked),
        **_ages(lives, asked, cells),
        "levers": [_drawn(one) for one in lever_figures(cells, looked)],
        "decisions": shown("decisions"),
        "decision_years": years_ahead(years, DECISION_YEARS),
        "visions": visions(),
        "tables": {section: [one for one in shown(section) if cells.has(one)] for section in TABLES},
        "services": services(cells, looked),
        "statement": statement(cells, [(looked[0].id, years[0]), *((look.id, years[-1]) for look in looked)]),
        "position": told_position(position, projection(asked.projection), said),
        "projections": list(projections().values()),
        "standing": told_standing(read, said),
        # A report is lived in worlds of its own number, as the command line's.
        "report_worlds": {name: value for name, value in worlds_in(asked).items() if name != "draws"},
        **form_told(said),
        "spoken": {name: said.gettext(text) for name, text in SPOKEN.items()},
    }


def of_place(m: Municipality, said: Words, here: str) -> dict[str, Any]:
    """What every view of a municipality tells: its name, and how addresses write it."""
    return {
        "place": {"name": m.name(said.lang), "written": written_name(m, said.lang), "here": here},
        "names": names_of(m),
    }


def worlds_in(asked: "AskedView") -> dict[str, int]:
    """The parameters that tell the worlds, as far as they are not the usual ones."""
    usual = type(asked).model_fields
    return {name: getattr(asked, name) for name in WORLDS if getattr(asked, name) != usual[name].default}


def state_in(asked: "AskedView") -> list[tuple[str, str]]:
    """Name and value of every parameter of a view that is not as usual, for forms that keep them."""
    fields = type(asked).model_fields
    told = asked.model_dump(exclude={"lang", "made"})
    return [(name, str(value)) for name, value in told.items() if value != fields[name].default]


def explainable(lives: FuturesSummary) -> frozenset[str]:
    """The indicators whose change can be split into causes: those known in the base year."""
    known = np.isfinite(lives.summary.values[:, 0, 0, 0])
    return frozenset(name for name, one in zip(lives.summary.names, known.tolist(), strict=True) if one)


def _fans(m: Municipality, asked: "AskedMunicipality", cells: Cells, looked: list[Look]) -> dict[str, Any]:
    """The chosen indicator's fans with their past, and what can be chosen."""
    chosen = indicator_named(asked.indicator).id
    figure = fan_figure(chosen, cells, looked, history_of(m), m.region("en"))
    offered = {heading: list(ids) for heading, ids in CHOICES.items()}
    if not any(chosen in ids for ids in offered.values()):
        offered[cells.label(chosen)] = [chosen]
    return {"chosen": chosen, "fans": _drawn(figure), "offered": offered}


def _drawn(figure: Figure) -> dict[str, Any]:
    """A figure with its panels' fillings as the page's charts read them."""
    panels = [
        {
            "look": panel.look,
            "chart": panel.chart,
            "filling": data(filling_json(panel.filling)),
            "text": panel.text,
        }
        for panel in figure.panels
    ]
    return {"figure": figure, "panels": panels}


def _ages(lives: FuturesSummary, asked: "AskedMunicipality", cells: Cells) -> dict[str, Any]:
    """The ages under one posture: drawn in one year, with every year for the slider, and in groups."""
    years = lives.summary.years
    year = asked.age_year if asked.age_year in years else years[-1]
    counts = lives.ages[DEFAULT_POSTURES.index(asked.age_posture)]
    look = looks([asked.age_posture])[asked.age_posture]
    then = counts[years.index(year)]
    panel = pyramid_panel(counts[0], then, widest(counts), cells, look, year)
    every = {"years": years, "ages": np.round(counts, 2).tolist()}
    return {
        "age_year": year,
        "age_look": look,
        "pyramid": {
            "filling": data(filling_json(panel.filling)),
            "text": panel.text,
            "every": data(json.dumps(every)),
        },
        "age_groups": _age_groups(counts[0], then, cells.words),
    }


def _age_groups(now: Any, then: Any, said: Words) -> list[tuple[str, list[str]]]:
    """Rows of the table of ages: men and women now, then men and women in the year drawn."""
    edges = list(range(0, now.shape[-1], AGE_GROUP))
    columns = [side for counts in (now, then) for side in np.add.reduceat(counts, edges, axis=-1)]
    return [
        (
            f"{age}–{age + AGE_GROUP - 1}" if age < 100 else f"{age}+",
            [said.number(one[at]) for one in columns],
        )
        for at, age in enumerate(edges)
    ]
