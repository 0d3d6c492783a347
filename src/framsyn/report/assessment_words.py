"""What the groups, dimensions and notes of a self-assessment are called."""

from collections.abc import Mapping

from framsyn.core.note import Note
from framsyn.engage.statements import statements
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicators import indicators

GROUP_LABELS: Mapping[str, str] = {
    "officials": N_("officials"),
    "councillors": N_("councillors"),
    "residents": N_("residents"),
    "firms": N_("firms"),
    "others": N_("small groups together"),
}
DIMENSION_LABELS: Mapping[str, str] = {
    "foresight": N_("Foresight and renewal"),
    "engagement": N_("Engagement"),
    "resources": N_("Resource base"),
}
WEIGHING_LABELS: Mapping[str, str] = {
    "groups": N_("every group counts the same"),
    "respondents": N_("every respondent counts the same"),
}


def label(identity: str, words: Words) -> str:
    """What a group, a dimension, a statement or a start value is called."""
    named = {**GROUP_LABELS, **DIMENSION_LABELS, **{one.id: one.text for one in statements()}}
    if identity in named:
        return words.gettext(named[identity])
    return words.gettext(indicators()[identity].label)


def heading(identity: str, words: Words) -> str:
    """As `label`, to begin a line with."""
    told = label(identity, words)
    return told[:1].upper() + told[1:]


def said(note: Note, words: Words) -> str:
    """A note in the reader's language, with the names of what it lists."""
    names = {
        name: ", ".join(label(one, words) for one in told)
        for name, told in note.parts.items()
        if isinstance(told, tuple)
    }
    return words.gettext(note.template).format(**{**note.parts, **names})
