"""What the report's page tells: kinds, formats and strategies to choose among."""

from typing import TYPE_CHECKING, Any

from framsyn.foresee.postures import AS_IS, VISIONS
from framsyn.i18n.translator import N_, Words
from framsyn.places.municipality import Municipality
from framsyn.report.listing import looks
from framsyn.report.making import FORMATS, KINDS
from framsyn.web.pages.viewing import names_of, written_name

if TYPE_CHECKING:
    from framsyn.web.pages.report import AskedForm

KIND_LABELS = {
    "foresight": N_("Foresight report"),
    "strategy": N_("Basis of the municipal strategy (§ 37)"),
    "wellbeing": N_("Basis of the wellbeing report"),
    "plan": N_("Economic plan (§ 110)"),
}
FORMAT_LABELS = {
    "pdf": N_("PDF, to print and send"),
    "html": N_("Web page, opens in a browser"),
    "docx": N_("Word document, to edit"),
    "xlsx": N_("Excel workbook, tables"),
}
#: Parameters that the form keeps as they are in the address, beside those that it asks for.
KEPT = ("years", "draws", "seed", "budget_year", "date")


def told(m: Municipality, asked: "AskedForm", said: Words) -> dict[str, Any]:
    """Everything that the template tells."""
    name, written = m.name(said.lang), written_name(m, said.lang)
    return {
        "title": said.gettext("{name}: reports").format(name=name),
        "names": names_of(m),
        "place": {"name": name, "written": written, "here": "report"},
        "kinds": [(one, said.gettext(KIND_LABELS[one]), kind.about(said)) for one, kind in KINDS.items()],
        **form_told(said, asked.kind, asked.format, asked.strategy),
        "state": _state(asked),
    }


def form_told(said: Words, kind: str = "", form: str = "", strategy: str = "") -> dict[str, Any]:
    """What can be chosen in the form of a report: value, label, and whether it is chosen."""
    chosen = "" if strategy == AS_IS else strategy
    kinds = [(one, said.gettext(KIND_LABELS[one]), one == kind) for one in KINDS]
    usual = [("", said.gettext("The usual one of the report"), not form)]
    formats = [(one, said.gettext(FORMAT_LABELS[one]), one == form) for one in FORMATS]
    strategies = [("", said.gettext("None is chosen yet"), not chosen)]
    strategies += [(look.id, said.gettext(look.label), look.id == chosen) for look in looks(VISIONS).values()]
    if chosen and chosen not in VISIONS:
        strategies.append((chosen, said.gettext("Your own strategy"), True))
    return {"report": {"kinds": kinds, "formats": [*usual, *formats], "strategies": strategies}}


def _state(asked: "AskedForm") -> list[tuple[str, str]]:
    """Name and value of each parameter that is kept and not as usual."""
    fields = type(asked).model_fields
    values = [(name, getattr(asked, name)) for name in KEPT]
    return [(name, str(value)) for name, value in values if value != fields[name].default]
