"""The foresight report: where the municipality stands, what comes, what warns, and what holds up."""

from framsyn.i18n.translator import Words
from framsyn.report.document.blocks import Block
from framsyn.report.document.numbers import Numbers
from framsyn.report.kinds.ahead import ahead
from framsyn.report.kinds.four import four
from framsyn.report.kinds.holding import holding
from framsyn.report.kinds.material import Material
from framsyn.report.kinds.opening import opening
from framsyn.report.kinds.posts import posts
from framsyn.report.kinds.present import present
from framsyn.report.kinds.warnings import warnings


def title(material: Material, words: Words) -> str:
    """The title of the report."""
    return words.gettext("{name}: the municipality's futures until {year}").format(
        name=material.municipality.name(words.lang), year=material.base + material.asked.years
    )


def about(words: Words) -> str:
    """One sentence on what the report is."""
    return words.gettext("Foresight report: present state, four futures, early warnings and what holds up.")


def blocks(material: Material, words: Words) -> list[Block]:
    """The whole report but method and appendix."""
    material.make_beside("warning", "futures", "guides", "moves", "postures_compared")
    n = Numbers(material.futures, material.summary, words)
    return [
        *opening(material, n, words),
        *present(material, words),
        *ahead(material, n, words),
        *four(material, n, words),
        *warnings(material, n, words),
        *holding(material, n, words),
        *posts(material, n, words),
    ]
