"""Numbers of the strategy, wellbeing and plan reports, reckoned anew from what their traces name."""

import math
from datetime import date
from functools import cache

import numpy as np

from framsyn.calibrate.anchors import anchor
from framsyn.choose.levers import levers
from framsyn.choose.plan_lines import lines
from framsyn.evidence.register import effect
from framsyn.foresee.postures import areas, rule_of, shipped
from framsyn.i18n.translator import words
from framsyn.model.layout import W_COST, W_LOCAL_COST, W_PRICE, Floats
from framsyn.report.document.blocks import Document, Heading, Table, texts_of
from framsyn.report.document.traced import Number, Trace, plain
from framsyn.report.kinds.material import Material
from framsyn.report.making import document_of
from tests.report.reading import shows
from tests.report.recomputed import FINDERS, Values, found_anew, same

DAY = date(2026, 11, 24)
SEXES = {"men": [0], "women": [1], "value": [0, 1]}
CRITERIA = ("deficit_uncovered", "deficit_too_large", "four_limits_met")
NAN = math.nan


@cache
def document_in(material: Material, kind: str, lang: str) -> Document:
    """A report of these tests, made once."""
    return document_of(material, kind, words(lang), DAY)


def told(document: Document) -> str:
    """All that is read in a document."""
    cells = [
        cell
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in (*row.cells, block.note, (block.caption,))
    ]
    headings = [(block.text,) for block in document.blocks if isinstance(block, Heading)]
    return "\n".join(plain(text) for text in (*texts_of(document.blocks), *cells, *headings))


def wrong(document: Document, material: Material) -> list[Number]:
    """Numbers that are not what their traces name, or not written as their language writes them."""
    return [one for one in document.numbers() if not (agrees(one, material) and shows(one, document.lang))]


def agrees(number: Number, material: Material) -> bool:
    """Whether a number shows what its trace names: the median, its size, or the ends of its interval."""
    found = reckoned(number.trace, material)
    low, middle, high = found
    expected = [(low, high)] if len(number.shown) == 2 else [(middle,), (abs(middle),)]
    shown = any(np.allclose(number.shown, one, rtol=1e-9, atol=1e-9) for one in expected)
    return shown and same(number.trace, found)


def reckoned(trace: Trace, material: Material) -> Values:
    """Low, middle and high of what a trace names; NaN where it has no interval."""
    own = {"plan": _plan, "settings": _settings, "effects": _effects}
    if trace.dataset in own:
        return own[trace.dataset](trace, material)
    if trace.dataset == "futures" and trace.indicator.startswith("ages_"):
        return NAN, _ages(trace, material), NAN
    if trace.dataset == "present" and _of_groups(trace):
        return NAN, _group(trace, material), NAN
    assert trace.dataset in FINDERS
    return found_anew(trace, material)


def _ages(trace: Trace, material: Material) -> float:
    _, first, last = trace.indicator.split("_")
    lived = material.futures["population_by_age"].sel(posture=trace.posture, year=trace.year)
    return float(lived.to_numpy()[:, int(first) : int(last) + 1].sum())


def _of_groups(trace: Trace) -> bool:
    return (
        trace.of in ("men", "women", "women_men")
        or trace.indicator == "shrinkage_mortality"
        or trace.indicator.startswith("ages_")
    )


def _group(trace: Trace, material: Material) -> float:
    bundle, place = material.municipality.bundle, material.municipality.index
    if trace.indicator == "shrinkage_mortality":
        return 100.0 * float(bundle["shrinkage_mortality"][place])
    if trace.indicator.startswith("ages_"):
        _, first, last = trace.indicator.split("_")
        people = bundle["population"][place][SEXES[trace.of]]
        return float(people[:, int(first) : int(last) + 1].sum())
    return _by_sex(trace.indicator, trace.of, bundle["mortality"][place].astype(float))


def _by_sex(name: str, of: str, mortality: Floats) -> float:
    """Years left at 65 by living year after year; the chance of dying by living from 15 to 65."""
    found = []
    for rates in mortality:
        alive, years, dead = 1.0, 0.5, 1.0
        for age in range(65, 101):
            alive *= 1.0 - rates[age]
            years += alive
        for age in range(15, 65):
            dead *= 1.0 - rates[age]
        found.append(years if name == "years_left_at_65" else 100.0 * (1.0 - dead))
    men, women = found
    return {"men": men, "women": women, "women_men": women - men}[of]


def _plan(trace: Trace, material: Material) -> Values:
    plan, chosen, of = material.plan, material.chosen, trace.of
    if "." in trace.indicator:
        return _cell(trace, material)
    if trace.indicator in ("price_index", "cost_index"):
        assert trace.year is not None
        index = _index(trace.indicator, material)
        low, middle, high = np.percentile(index[:, trace.year - material.base], (10, 50, 90)).tolist()
        return low, middle, high
    rows = slice(plan.budget_year - material.base, plan.budget_year - material.base + 3)
    year = slice(trace.year - material.base, trace.year - material.base + 1) if trace.year else rows
    results = chosen.nominal("result_per_resident")
    if of == "sum":
        sums = results[:, rows].sum(axis=1)
        return float(np.percentile(sums, 10)), float(sums.mean()), float(np.percentile(sums, 90))
    if of == "two_standard_errors":
        sums = results[:, rows].sum(axis=1)
        return NAN, 2 * float(sums.std(ddof=1)) / math.sqrt(len(sums)), NAN
    return NAN, _plan_share(trace, material, year), NAN


def _cell(trace: Trace, material: Material) -> Values:
    """A cell of the plan: mean and quantiles of the line's lives in money of the year."""
    chosen, cell = material.chosen, material.plan.cells[trace.indicator]
    assert trace.year == cell.year
    if trace.of == "own_figure":
        return NAN, material.asked.own.cells[(cell.line, cell.column)], NAN
    if cell.line == "personnel":
        jobs = chosen.values("municipal_jobs") * anchor("cost_per_job")
        lived = jobs * _index("cost_index", material) / 1e5
    else:
        lived = chosen.nominal(lines()[cell.line].indicator)
    amounts = lived[:, cell.year - material.base]
    return float(np.percentile(amounts, 10)), float(amounts.mean()), float(np.percentile(amounts, 90))


def _plan_share(trace: Trace, material: Material, rows: slice) -> float:
    chosen, of = material.chosen, trace.of
    surplus = chosen.nominal("accumulated_surplus_per_resident")
    if of == "deficit":
        return float(-surplus[:, rows].mean())
    if of == "share_in_surplus":
        values = chosen.nominal("result_per_resident")[:, rows].sum(axis=1)
        return float(100.0 * np.mean(values >= 0.0))
    if of == "share_in_deficit":
        return float(100.0 * np.mean(surplus[:, rows] < 0.0))
    if of == "share_covered":
        return float(100.0 * np.mean((surplus[:, 1 : rows.stop] >= 0.0).any(axis=1)))
    names = CRITERIA if trace.indicator == "any_criterion" else (trace.indicator,)
    met = np.stack([chosen.values(one)[:, rows] > 0.0 for one in names]).any(axis=(0, 2))
    return float(100.0 * np.mean(met))


def _index(name: str, material: Material) -> Floats:
    worlds = material.chosen.worlds
    columns = (W_PRICE,) if name == "price_index" else (W_PRICE, W_COST, W_LOCAL_COST)
    return np.asarray(100.0 * np.prod(np.stack([worlds[..., one] for one in columns]), axis=0))


def _settings(trace: Trace, material: Material) -> Values:
    lever = levers()[trace.indicator]
    told = {"low": lever.low, "high": lever.high, "lead_years": float(lever.lead_years)}
    if trace.of in told:
        return NAN, told[trace.of], NAN
    field = lever.fields[int(trace.of.removeprefix("set").strip("_") or 1) - 1]
    return NAN, _set(field, trace, material), NAN


def _set(field: str, trace: Trace, material: Material) -> float:
    """A lever of a shipped posture; ambitions and programmes of money as lived in the first years."""
    lived = {"digital": "lever_digital", "engagement": "lever_engagement"}
    posture = shipped()[trace.posture]
    if field in lived and float(getattr(posture, field)) < 0.0:
        return float(material.futures[lived[field]].sel(posture="as_is").to_numpy()[0, 0])
    if field.startswith("ambition."):
        return float(rule_of(posture).ambition[areas().index(field.removeprefix("ambition."))])
    return float(getattr(posture, field))


def _effects(trace: Trace, _material: Material) -> Values:
    one = effect(trace.indicator)
    return one.low, one.median, one.high
