"""The files of a choice: the page, the table, the strategies, vulnerabilities and pathways."""

import json
from pathlib import Path

from framsyn.choose import pathways, vulnerability
from framsyn.choose.choosing import Choice
from framsyn.choose.insight import Insight, lead_years, on_map
from framsyn.choose.strategy_file import toml_of
from framsyn.i18n.translator import Words
from framsyn.report.choice_page import render
from framsyn.report.choice_table import strategies_csv
from framsyn.report.choices import asked_lines, value
from framsyn.report.objective_words import objective_name
from framsyn.report.settings import name_of, told_settings
from framsyn.writing import write_together

PAGE, TABLE, VULNERABILITIES, PATHWAYS = (
    "index.html",
    "strategies.csv",
    "vulnerabilities.json",
    "pathways.json",
)
NAMES = (PAGE, TABLE, VULNERABILITIES, PATHWAYS)
STRATEGIES = "strategies"


def write_choice(choice: Choice, insight: Insight, command: str, folder: Path, words: Words) -> list[Path]:
    """Write all files of a choice, all or none, and return their paths.

    Args:
        choice, insight: what was found.
        command: the command that makes them again.
        folder: made where it does not exist; files of an earlier choice are replaced.
        words: the language of the page and of the comments in the strategies.

    Raises:
        FramsynError: the folder cannot be made or written.
    """
    leads = {one.id: lead_years(one, choice) for one in on_map(choice)}
    told = {one: vulnerability.as_json(found) for one, found in insight.vulnerabilities.items()}
    texts = {
        PAGE: render(choice, insight, command, words),
        TABLE: strategies_csv(choice),
        VULNERABILITIES: _json(told),
        PATHWAYS: _json(pathways.as_json(insight.pathways, leads)),
    }
    for candidate in choice.candidates:
        if candidate.kind == "found":
            texts[f"{STRATEGIES}/{candidate.id}.toml"] = strategy_toml(choice, candidate.id, words)
    written = write_together(folder, texts)
    for old in (folder / STRATEGIES).glob("S*.toml"):
        if old not in written:
            old.unlink()
    return written


def strategy_toml(choice: Choice, identity: str, words: Words) -> str:
    """One strategy's file, with what it is and how it fares above it."""
    place = choice.ids.index(identity)
    candidate, means = choice.candidates[place], choice.values[place].mean(axis=0)
    name = choice.setting.municipality.name(words.lang)
    lines = [f"{name}: {name_of(candidate, words)}", *asked_lines(choice, words), ""]
    lines += [f"{label}: {told}" for label, told in told_settings(candidate, choice.setting, words)]
    lines.append("")
    lines += [
        f"{objective_name(one, words)}: {value(one, means[at], words)}"
        for at, one in enumerate(choice.asked.objectives)
    ]
    return toml_of(identity, candidate.posture, "\n".join(lines))


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
