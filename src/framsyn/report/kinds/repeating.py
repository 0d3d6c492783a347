"""What a report was made from, and the command line that makes it again."""

import shlex
from datetime import date

from framsyn import __version__
from framsyn.i18n.translator import Words
from framsyn.report.kinds.material import Material


def made_from(material: Material, words: Words) -> tuple[tuple[str, str], ...]:
    """(what, value) of what a report is made from: futures, years, seed, versions."""
    one = material.asked
    return (
        (words.gettext("Futures"), words.number(one.draws)),
        (words.gettext("Years"), f"{material.base}–{material.base + one.years}"),
        (words.gettext("Seed"), str(one.seed)),
        (words.gettext("Framsyn"), __version__),
        (words.gettext("Start data"), material.municipality.bundle.version),
    )


def command_of(material: Material, kind: str, lang: str, day: date) -> str:
    """The command line that makes the same report again, safe to paste into a shell."""
    one = material.asked
    parts = ["framsyn", "report", one.municipality.code, "--kind", kind]
    parts += ["--years", str(one.years), "--draws", str(one.draws), "--seed", str(one.seed)]
    for option, value in one.files.items():
        parts += [option, value]
    return shlex.join([*parts, "--lang", lang, "--date", day.isoformat()])
