"""What the view of the levers tells: figures under one's own strategy beside another, and the settings."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from framsyn.choose.levers import levers
from framsyn.choose.strategy_text import AS_TODAY, settings_in, strategy_in
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicators import indicators
from framsyn.places.municipality import Municipality
from framsyn.report.following import following
from framsyn.report.listing import looks
from framsyn.web.api.futures import AskedFutures, Futures, columns_of, futures_told
from framsyn.web.api.levers_here import LeverHere, LeversHere, levers_here_told
from framsyn.web.pages.telling import (
    Followed,
    difference_told,
    filling_json,
    followed,
    interval_told,
    value_told,
)
from framsyn.web.pages.viewing import names_of, written_name
from framsyn.web.state import AppState
from framsyn.web.templating import data

if TYPE_CHECKING:
    from framsyn.web.pages.levers import AskedLevers

#: Figures drawn where none are chosen, and those that can be.
USUAL = (
    "population",
    "cash_flow_per_resident",
    "loans_per_resident",
    "income_tax_rate",
    "jobs",
    "participation",
)
CHOOSABLE = (
    *USUAL,
    "annual_margin_per_resident",
    "share_65_plus",
    "net_operating_cost_per_resident",
    "repair_debt_per_resident",
    "unemployment_rate",
    "coverage_basic_education",
    "digital_reach",
    "trust",
    "cooperation",
    "exclusion",
    "youth_outside",
    "offences",
    "basic_education_only",
    "homes",
    "foreign_language",
)
LIVES = {"years", "draws", "seed"}
#: Units that begin so are told in percent.
SHARE = "share"
#: What the page's script says; the server says the same before it runs.
SPOKEN = {
    "chart": N_("{label} in {year}: {median} ({interval}) with this strategy; {other} with {against}."),
    "interval_words": N_("{low} to {high}"),
    "now_population": N_("Population in {year} with this strategy: {median} ({interval})."),
    "unreachable": N_("The server does not answer. Is it still running?"),
    "from_start": N_("From the start"),
    "from_year": N_("From {year}"),
    "saved": N_("Saved on this device as {name}."),
    "no_name": N_("Give the strategy a name."),
    "copied": N_("The link has been copied."),
    "remove": N_("Remove {name}"),
}


def told(state: AppState, m: Municipality, asked: "AskedLevers", said: Words) -> dict[str, Any]:
    """Everything that the template tells."""
    lines = list(dict.fromkeys((*DEFAULT_POSTURES, asked.against, asked.strategy)))
    question = AskedFutures(strategy=lines, indicator=asked.indicator, **asked.model_dump(include=LIVES))
    futures = futures_told(state, m, question, columns_of(asked.indicator))
    here = levers_here_told(m, said.lang)
    told_of = [followed(indicators()[one], m, futures, said) for one in asked.indicator]
    name = m.name(said.lang)
    return {
        "title": said.gettext("The levers of {name}").format(name=name),
        "names": names_of(m),
        "place": {"name": name, "written": written_name(m, said.lang), "here": "levers"},
        "asked": asked,
        "base": asked.strategy.partition("*")[0],
        "here": here,
        "settings": _settings(asked.strategy, here),
        "shown_value": lambda lever, value: _lever_value(lever, value, said),
        "postures": list(looks(DEFAULT_POSTURES).values()),
        "figures": [_figure(one, futures, asked, said) for one in told_of],
        "choosable": [(one, said.gettext(indicators()[one].label)) for one in CHOOSABLE],
        "last": futures.years[-1],
        "texts": {key: said.gettext(text) for key, text in SPOKEN.items()},
        "for_script": data(json.dumps(_for_script(futures, here, told_of, said), ensure_ascii=False)),
    }


def _figure(one: Followed, futures: Futures, asked: "AskedLevers", said: Words) -> dict[str, Any]:
    """The chart of one indicator, its text, and its numbers in the last year."""
    spreads = {future.strategy: future.indicators[one.id].model_dump() for future in futures.futures}
    own, other = spreads[asked.strategy], spreads[asked.against]
    medians = {look: spreads[look.id]["p50"] for look in looks(DEFAULT_POSTURES).values()}
    filling = following(own, other, medians, futures.years, one.past, one.marks, zero=one.zero)
    shown = {
        "now": value_told(own["p50"][0], one, said),
        "median": value_told(own["p50"][-1], one, said),
        "interval": interval_told(own, one, said),
        "other": value_told(other["p50"][-1], one, said),
        "difference": difference_told(own["p50"][-1], other["p50"][-1], one, said),
    }
    against = said.gettext(looks([asked.against])[asked.against].label)
    spoken = SPOKEN["chart"]
    text = said.gettext(spoken).format(
        label=one.label, year=futures.years[-1], against=against, **{key: shown[key] for key in PARTS}
    )
    rows = [
        (
            year,
            value_told(own["p50"][at], one, said),
            interval_told(own, one, said, at),
            value_told(other["p50"][at], one, said),
        )
        for at, year in enumerate(futures.years)
    ]
    return {"about": one, "filling": data(filling_json(filling)), "text": text, "rows": rows, **shown}


PARTS = ("median", "interval", "other")


def _settings(line: str, here: LeversHere) -> dict[str, float | str]:
    """Where each lever stands under the strategy's first phase, programmes as today in euros."""
    spent = {one.id: one.today for one in _every(here)}
    settings = settings_in(strategy_in(line))
    return {
        one: today if value == AS_TODAY and (today := spent[one]) is not None else value
        for one, value in settings.items()
    }


def _lever_value(lever: LeverHere, value: float, said: Words) -> str:
    """A lever's setting with its unit, as `levers.js` writes it."""
    if _is_share(lever):
        return said.percent(100.0 * value, 0)
    return f"{said.number(value, 0 if lever.step >= 1.0 else 1)} {lever.unit}"


def _is_share(lever: LeverHere) -> bool:
    return levers()[lever.id].unit.startswith(SHARE)


def _every(here: LeversHere) -> list[LeverHere]:
    return [*here.foremost, *(one for group in here.groups for one in group.levers)]


def _for_script(futures: Futures, here: LeversHere, told_of: list[Followed], said: Words) -> dict[str, Any]:
    return {
        "code": futures.code,
        "years": futures.years,
        "draws": futures.draws,
        "seed": futures.seed,
        "indicators": [asdict(one) for one in told_of],
        "futures": {
            one.strategy: {key: spread.model_dump() for key, spread in one.indicators.items()}
            for one in futures.futures
        },
        "postures": [
            {"id": look.id, "label": said.gettext(look.label), "colour": look.colour}
            for look in looks(DEFAULT_POSTURES).values()
        ],
        "levers": [
            one.model_dump(exclude={"law", "acts", "note"}) | {"percent": _is_share(one)}
            for one in _every(here)
        ],
    }
