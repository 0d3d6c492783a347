"""Postures by id, read from the model's `postures.toml`."""

from functools import cache

from framsyn.datafile import sections
from framsyn.errors import FramsynError
from framsyn.model.posture import Rule

AS_IS = "as_is"
VISIONS = ("engaging", "focused", "lazy", "given_up")


@cache
def postures() -> dict[str, Rule]:
    """Every shipped posture's rule of decision, by id."""
    return {
        identity: Rule(**{field: float(told[field]) for field in Rule._fields})
        for identity, told in sections("framsyn.model", "postures.toml").items()
    }


def posture(identity: str) -> Rule:
    """The rule of one posture; FramsynError when there is none of that id."""
    known = postures()
    if identity not in known:
        raise FramsynError(
            "There is no posture {id}. Choose among: {known}.", id=identity, known=", ".join(known)
        )
    return known[identity]
