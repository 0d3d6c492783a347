"""What `framsyn monitor` does: from what was asked to what is printed."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from framsyn.errors import FramsynError
from framsyn.evaluate.monitor import LEAST_DRAWS, monitor
from framsyn.evaluate.observed import read_observed
from framsyn.evaluate.outlook import ends_badly, read_ending, which_future
from framsyn.foresee.futures import DEFAULT_POSTURES, MOST_YEARS, check_request, strategies_of
from framsyn.foresee.postures import AS_IS, VISIONS, Posture, posture_ids
from framsyn.foresee.setting import Setting, prepare
from framsyn.i18n.translator import N_, Words
from framsyn.law.parameters import Law
from framsyn.places.municipality import Municipality
from framsyn.report.monitor import monitored_json, print_monitored
from framsyn.report.signposts import guides_json, print_ending, print_which_future


class Asked(NamedTuple):
    """What has been asked for; no postures = the usual ones."""

    m: Municipality
    postures: tuple[str, ...]
    known: Mapping[str, Posture]
    core_task: str | None
    law: Law | None
    draws: int
    seed: int
    as_json: bool


def watch(asked: Asked, path: Path, words: Words, console: Console) -> None:
    """Print what the published figures of a file say."""
    base = asked.m.bundle.base_year
    observed = read_observed(path, base, base + MOST_YEARS)
    told = monitor(
        asked.m,
        observed.figures,
        asked.postures or (*DEFAULT_POSTURES, *asked.known),
        asked.draws,
        asked.seed,
        known=asked.known,
        core_task=asked.core_task,
        law=asked.law,
    )
    if asked.as_json:
        _plain(monitored_json(told, observed.blank, words, observed.notes), console)
    else:
        print_monitored(told, observed.blank, tuple(asked.known), words, console, observed.notes)


def what_to_watch(asked: Asked, ending: str | None, years: int, words: Words, console: Console) -> None:
    """Print which figures tell which future is coming, or that one posture's future ends badly."""
    if ending is None:
        _which_future(asked, words, console)
    else:
        _ending(asked, ending, years, words, console)


def _which_future(asked: Asked, words: Words, console: Console) -> None:
    postures = posture_ids(asked.postures or (*VISIONS, *asked.known), asked.known)
    if len(postures) < 2:
        raise FramsynError("Two postures or more are needed to tell futures apart.")
    rules = strategies_of(postures, asked.known, asked.core_task)
    guides = which_future(_setting(asked, postures, 5), rules, asked.draws)
    if asked.as_json:
        _plain(guides_json(guides, postures, asked.m, words), console)
    else:
        print_which_future(guides, postures, asked.m, words, console)


def _ending(asked: Asked, text: str, years: int, words: Words, console: Console) -> None:
    postures = posture_ids(asked.postures or (AS_IS,), asked.known)
    if len(postures) > 1:
        raise FramsynError("Name one posture whose ending is asked about.")
    ending = read_ending(text)
    last = max(years, ending.year - asked.m.bundle.base_year)
    rule = strategies_of(postures, asked.known, asked.core_task)[postures[0]]
    guides = ends_badly(_setting(asked, postures, last), rule, ending, asked.draws)
    if asked.as_json:
        classes = (words.gettext(N_("other lives")), text)
        _plain(guides_json(guides, classes, asked.m, words), console)
    else:
        print_ending(guides, text, asked.m, words, console)


def _setting(asked: Asked, postures: tuple[str, ...], years: int) -> Setting:
    check_request(postures, years, asked.draws, asked.seed)
    if asked.draws < LEAST_DRAWS:
        raise FramsynError(
            "At least {least} draws are needed to tell signposts; {draws} was given.",
            least=LEAST_DRAWS,
            draws=asked.draws,
        )
    return prepare(asked.m, years, asked.seed, asked.law)


def _plain(text: str, console: Console) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False)
