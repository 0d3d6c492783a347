"""What every kind of report ends with: method, sources, limits, and how to make it again."""

from framsyn.i18n.translator import N_, Words
from framsyn.report.document.blocks import Block, Bullets, Heading, Paragraph
from framsyn.report.kinds.material import Material
from framsyn.report.page import provenance

METHOD = N_(
    "Every figure of the future is the median of {draws} lives of the municipality, one in each world; the"
    " interval holds 80% of them. All postures live in the same worlds, so that they differ by what they"
    " decide alone. Money is in euros per resident at the prices of {base} where nothing else is said."
)
READING = N_(
    "What lies outside an interval can happen too: one time in ten below it, one in ten above. What the"
    " model does not hold is in no interval."
)


def method(material: Material, words: Words) -> list[Block]:
    """Method, what is observed, estimated and assumed, and the sources."""
    blocks: list[Block] = [
        Heading(1, words.gettext("Method, sources and limits")),
        Paragraph(
            (words.gettext(METHOD).format(draws=words.number(material.asked.draws), base=material.base),)
        ),
        Paragraph((words.gettext(READING),)),
    ]
    for heading, told in provenance(words):
        blocks += [Heading(2, heading), Bullets(tuple((one,) for one in told))]
    return blocks
