"""The foresight report: where the municipality stands, what comes, and what holds up."""

from framsyn.report.document.blocks import Block, Bullets, Heading
from framsyn.report.document.numbers import Numbers
from framsyn.report.document.traced import capitalised, phrase
from framsyn.report.findings import Range, population_message
from framsyn.report.kinds.material import Material
from framsyn.report.words import Words


def title(material: Material, words: Words) -> str:
    """The title of the report."""
    return words.gettext("{name}: the municipality's futures until {year}").format(
        name=material.municipality.name(words.lang), year=material.base + material.asked.years
    )


def about(words: Words) -> str:
    """One sentence on what the report is."""
    return words.gettext("Foresight report: present state, four futures, warnings and what holds up.")


def blocks(material: Material, words: Words) -> list[Block]:
    """The whole report but method and appendix."""
    n = Numbers(material.futures, material.summary, words)
    told = []
    for posture in n.summary.postures:
        change = n.change("population", posture, n.last, percent=True)
        message = words.gettext(population_message(Range(change.low, change.middle, change.high)))
        sentence = capitalised(phrase(message, change=n.shown(change, 1, size=True)))
        told.append(phrase("{name}: {text}", name=n.names[posture], text=sentence))
    return [Heading(1, words.gettext("Summary")), Bullets(tuple(told))]
