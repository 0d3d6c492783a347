"""What the part on early warnings tells: risk by year, spiral and turning year under each posture."""

from typing import TYPE_CHECKING, Any

from framsyn.evaluate.criteria import ANY, CRITERIA, FOLLOWS
from framsyn.evaluate.turning import Turning
from framsyn.evaluate.warning import EarlyWarning, PostureWarning
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.places.municipality import Municipality
from framsyn.report.driving import told_drivers
from framsyn.report.listing import looks
from framsyn.report.warning import criterion_name, interval, notes, posture_names, sentences, years_shown
from framsyn.web.api.warnings import AskedWarnings, warned
from framsyn.web.pages.municipality_view import of_place

if TYPE_CHECKING:
    from framsyn.web.pages.municipality import AskedView

TURNS = {
    "year": N_("until {year}"),
    "always": N_("every year until {last}"),
    "never": N_("no year, not even {first}"),
}


def told_warnings(m: Municipality, asked: "AskedView", said: Words) -> dict[str, Any]:
    """Everything that the template tells."""
    lives = AskedWarnings(years=asked.years, draws=asked.draws, seed=asked.seed)
    told = warned(m, lives)
    shown = years_shown(told)
    names = posture_names(told, (), said)
    return {
        **of_place(m, said, "warnings"),
        "title": said.gettext("Early warnings: {name}").format(name=m.name(said.lang)),
        "years": [told.years[at] for at in shown],
        "last": told.years[-1],
        "turn_to": names[told.turn_to],
        "per_cent": said.percent(0.0, 0).removeprefix("0"),
        "postures": [
            {
                "look": looks([identity])[identity],
                "ever": _share(one, ANY, None, said),
                "turning": _turning(one.turning, said),
                **_sentences(one, told, names, said),
                "any": _row(one, ANY, shown, said),
            }
            for identity, one in told.postures.items()
        ],
        "criteria": [_criterion(one, told, shown, said) for one in (*CRITERIA, *FOLLOWS)],
        "notes": notes(told, said),
    }


def _sentences(
    one: PostureWarning, told: EarlyWarning, names: dict[str, str], said: Words
) -> dict[str, list[str]]:
    """What is said of spiral and turning, and apart from it what drives the risk."""
    drivers = told_drivers(one, told.draws, said)
    every = sentences(one, told, names, said)
    return {"sentences": every[: len(every) - len(drivers)], "drivers": drivers}


def _criterion(criterion: str, told: EarlyWarning, shown: list[int], said: Words) -> dict[str, Any]:
    return {
        "label": criterion_name(criterion, said),
        "rows": [
            (said.gettext(looks([identity])[identity].label), _row(one, criterion, shown, said))
            for identity, one in told.postures.items()
        ],
    }


def _row(one: PostureWarning, criterion: str, shown: list[int], said: Words) -> list[tuple[str, str]]:
    """Share and interval in the years told, and last in any year at all."""
    return [_share(one, criterion, at, said) for at in (*shown, None)]


def _share(one: PostureWarning, criterion: str, at: int | None, said: Words) -> tuple[str, str]:
    share = one.ever[criterion] if at is None else one.by_year[criterion][at]
    return said.share(100.0 * share.value), interval(share, said)


def _turning(told: Turning | None, said: Words) -> str:
    """When turning works more often than not, in a few words."""
    if told is None:
        return NOT_KNOWN
    text = said.gettext(TURNS[told.outcome])
    return text.format(year=told.year, first=told.years[0], last=told.years[-1])
