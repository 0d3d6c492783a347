"""One municipality of a bundle."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.errors import FramsynError
from framsyn.i18n.translator import N_
from framsyn.places.bundle import Bundle, shipped_bundle
from framsyn.places.names import municipal_index, of_region

LANGUAGES = ("sv", "fi", "en")
STATUSES = ("observed", "estimated", "assumed")


@dataclass(frozen=True)
class Fact:
    """A figure with where it comes from. `status` is observed, estimated or assumed."""

    id: str
    value: float
    unit: str
    status: str
    year: str
    source: str
    method: str


@dataclass(frozen=True)
class Municipality:
    """A real municipality by its place in a bundle."""

    index: int
    bundle: Bundle = field(repr=False)

    @property
    def code(self) -> str:
        """The municipality's code, such as 545."""
        return str(self.bundle["code"][self.index])

    def name(self, lang: str = "sv") -> str:
        """Its name in Swedish (`sv`), Finnish (`fi`) or English (`en`); else in another of these."""
        return self._text("name", lang) or self.code

    def region(self, lang: str = "sv") -> str:
        """Its region's name in the language, blank where the data had none."""
        return self._text("region", lang)

    @property
    def population(self) -> NDArray[np.float64]:
        """Persons at 31 December of the base year, [sex (male, female), age 0…100+]."""
        counts: NDArray[np.float64] = self.bundle["population"][self.index]
        return counts.copy()

    def fact(self, identity: str) -> Fact:
        """A scalar fact by its id; FramsynError with the nearest when the bundle holds none of that id."""
        index = fact_index(tuple(map(str, self.bundle["fact_id"])))
        column = index.find(identity)
        identity = index.ids[column]
        told = self.bundle.manifest["facts"][identity]
        return Fact(
            id=identity,
            value=float(self.bundle["facts"][self.index, column]),
            unit=told["unit"],
            status=STATUSES[int(self.bundle["fact_status"][self.index, column])],
            year=told["year"],
            source=told["source"],
            method=told["method"],
        )

    def _text(self, kind: str, lang: str) -> str:
        if lang not in LANGUAGES:
            raise FramsynError("There is no language {lang}: choose sv, fi or en.", lang=lang)
        order = (lang, *(other for other in LANGUAGES if other != lang))
        texts = (str(self.bundle[f"{kind}_{one}"][self.index]) for one in order)
        return next((text for text in texts if text), "")


@lru_cache(maxsize=8)
def fact_index(ids: tuple[str, ...]) -> NameIndex:
    """The facts that a bundle holds, by id."""
    return NameIndex(
        ids,
        lambda: [NameEntry(one) for one in ids],
        Refusal(
            nearest=N_("The bundle holds no fact called {id}. Nearest: {nearest}."),
            unknown=N_("The bundle holds no fact called {id}. It holds: {known}."),
        ),
    )


def municipality(query: str, bundle: Bundle | None = None) -> Municipality:
    """The municipality that a code or a name means, however it is spelled and with or without its legal form.

    Raises:
        FramsynError: none such (the nearest are named) or several.
    """
    chosen = bundle or shipped_bundle()
    return Municipality(municipal_index(chosen).find(query), chosen)


def municipalities(text: str = "", bundle: Bundle | None = None) -> Sequence[Municipality]:
    """Every municipality whose code or a name holds `text`; else those that it means, or of the region."""
    chosen, wanted = bundle or shipped_bundle(), text.strip()
    index = municipal_index(chosen)
    found = index.search(wanted) or (index.all_of(wanted) or of_region(wanted, chosen))
    return [Municipality(at, chosen) for at in found]
