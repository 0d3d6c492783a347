"""The register of effects, read from `findings.csv`, `loops.csv` and `assumptions.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite, nan

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.i18n.translator import LANGUAGES, N_, words

#: Standard-normal 90th percentile: the priors' low and high are an 80 % range.
Z90 = 1.2815515655446004
FINDINGS, LOOPS, ASSUMPTIONS = "findings.csv", "loops.csv", "assumptions.csv"
FILES = (FINDINGS, LOOPS, ASSUMPTIONS)
LOOP_NAMES = "loop_names.csv"
#: A and B: causal in Finland or the Nordics, and elsewhere; C: correlation or a single case; 0: a null.
STRENGTHS = ("A", "B", "C", "0", "assumption")
#: Whether Finnish data tell the size of an effect, only bound it, or leave the prior as it was.
IDENTIFIED = ("data", "bounded", "prior")
#: Schools of thought on what local policy can do: hardly anything, what the evidence says,
#: or one thing feeds another.
SCHOOLS_OF_THOUGHT = ("S0", "S1", "S2")


@dataclass(frozen=True)
class Effect:
    """One causal effect with its prior.

    Attributes:
        id: name in the register.
        cause, effect, unit: what moves what, and what one unit of the prior means; message ids.
        median, low, high: the prior and its 80 % range, in `unit`. A range that is not known is the
            median alone; NaN where no size is known.
        distribution: `split-normal`, `point` where only a median is known, blank where none is.
        minimum, maximum: bounds of every draw; infinite where there is none.
        lag_min, lag_max: years until the effect shows, and until it is complete; None where not known.
        asymmetry: how it differs by direction or place, a message id; blank where nothing is known.
        strength: one of `STRENGTHS`; 0 is a well-identified null.
        design: the letter of the study's design; tells on what a null rests. Blank for assumptions.
        country: where it was found.
        source: who found it.
        read: `yes` where the finding was read in its source, `no` where it is recalled; blank for
            assumptions.
        note: what the source says and how the prior comes of it.
        unused_because: why no equation takes it, a message id; blank where one does.
        loop: the loop of the model that it belongs to, an id of `loop_names.csv`; blank where to none.
        saturation: where it ends, a message id.
        identified: `data` where Finnish data tell its size, `bounded` where they only bound it, `prior` where
            they do not; blank for findings that no equation takes.
        in_s0, in_s2: what it is in the schools of thought S0 and S2, see `school_terms`; in S1 the prior
            holds.
    """

    id: str
    cause: str
    effect: str
    unit: str
    median: float
    low: float
    high: float
    distribution: str
    minimum: float
    maximum: float
    lag_min: int | None
    lag_max: int | None
    asymmetry: str
    strength: str
    design: str
    country: str
    source: str
    read: str
    note: str
    unused_because: str
    loop: str
    saturation: str
    identified: str
    in_s0: str
    in_s2: str

    @property
    def usable(self) -> bool:
        """Whether a size is known, so that an equation may take it."""
        return isfinite(self.median)

    @property
    def lag_years_min(self) -> int:
        """Years until the effect shows; FramsynError where that is not known."""
        return _known_lag(self.id, self.lag_min)

    @property
    def lag_years_max(self) -> int:
        """Years until the effect is complete; FramsynError where that is not known."""
        return _known_lag(self.id, self.lag_max)

    def at(self, z: float) -> float:
        """The value at standard-normal score `z` of the split-normal prior, within its bounds.

        Raises:
            FramsynError: the effect has no median, so its size is not known.
        """
        if not self.usable:
            raise FramsynError(
                "The size of the effect {id} is not known, so no number can be drawn from it.", id=self.id
            )
        spread = self.high - self.median if z > 0 else self.median - self.low
        return min(self.maximum, max(self.minimum, self.median + z * spread / Z90))

    def school_terms(self, school: str) -> tuple[float, float]:
        """Factor and shift (in `unit`) that make a value of the prior that of a school of thought.

        `in_s0` and `in_s2` say it: blank leaves the value, `0` takes it away, `x0.3` leaves three tenths of
        it, and another number moves it as far as the median has to move to be that number. S1 leaves all.

        Raises:
            FramsynError: there is no such school.
        """
        if school not in SCHOOLS_OF_THOUGHT:
            raise FramsynError(
                "There is no school of thought called {school}: choose one of {schools}.",
                school=school,
                schools=", ".join(SCHOOLS_OF_THOUGHT),
            )
        written = {"S0": self.in_s0, "S2": self.in_s2}.get(school, "")
        if not written:
            return 1.0, 0.0
        if written.startswith("x"):
            return float(written[1:]), 0.0
        number = float(written)
        return (1.0, number - self.median) if number else (0.0, 0.0)

    def in_school(self, value: float, school: str) -> float:
        """A value drawn from the prior as a school of thought has it, within its bounds."""
        factor, shift = self.school_terms(school)
        return min(self.maximum, max(self.minimum, value * factor + shift))


@cache
def effects() -> tuple[Effect, ...]:
    """Every effect, in the order of the data files: findings, loops, assumptions."""
    return tuple(_effect(row) for name in FILES for row in rows("framsyn.evidence", name))


@cache
def loop_names() -> Mapping[str, str]:
    """What each loop of the model is called, a message id, by its id, in the order shown."""
    return {row["id"]: row["label"] for row in rows("framsyn.evidence", LOOP_NAMES)}


def effect(identity: str) -> Effect:
    """The effect of an id, or of what moves what in any language (`cause → effect`).

    Raises:
        FramsynError: the register has none of that name (the nearest are named), or several.
    """
    return effects()[_index().find(identity)]


@cache
def _index() -> NameIndex:
    return NameIndex(
        tuple(one.id for one in effects()),
        lambda: [NameEntry(one.id, _names(one)) for one in effects()],
        Refusal(
            nearest=N_(
                "There is no effect called {id} in the evidence register. Nearest: {nearest}. List them with:"
                " framsyn evidence"
            ),
            unknown=N_(
                "There is no effect called {id} in the evidence register. List them with: framsyn evidence"
            ),
        ),
    )


def _names(one: Effect) -> tuple[str, ...]:
    """What moves what, in every language."""
    return tuple(
        f"{words(lang).gettext(one.cause)} → {words(lang).gettext(one.effect)}" for lang in LANGUAGES
    )


def _effect(row: dict[str, str]) -> Effect:
    median = float(row["median"] or nan)
    return Effect(
        id=row["id"],
        cause=row["cause"],
        effect=row["effect"],
        unit=row["unit"],
        median=median,
        low=float(row["low"] or median),
        high=float(row["high"] or median),
        distribution=row["distribution"],
        minimum=float(row["minimum"] or "-inf"),
        maximum=float(row["maximum"] or "inf"),
        lag_min=_years(row["lag_years_min"]),
        lag_max=_years(row["lag_years_max"]),
        asymmetry=row["asymmetry"],
        strength=row["strength"],
        design=row["design"],
        country=row["country"],
        source=row["source"],
        read=row["read"],
        note=row["note"],
        unused_because=row["unused_because"],
        loop=row["loop"],
        saturation=row["saturation"],
        identified=row["identified"],
        in_s0=row["in_s0"],
        in_s2=row["in_s2"],
    )


def _years(text: str) -> int | None:
    return int(text) if text else None


def _known_lag(identity: str, years: int | None) -> int:
    if years is None:
        raise FramsynError(
            "The lag of the effect {id} is not known: choose one in the register, with the reason.",
            id=identity,
        )
    return years
