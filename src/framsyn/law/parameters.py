"""The law as dated data: the shipped files, or a user's edited copy of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.core.text_file import WINDOWS, TextFile
from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.i18n.every_language import LAW, every_name
from framsyn.i18n.translator import N_
from framsyn.law.age_prices import AgeClass, Floats, by_single_age, classes_of, read_age_prices
from framsyn.law.files import AGE_PRICES, EDITABLE, PARAMETERS, copy_to, edited_file, shipped_file
from framsyn.law.known import YEARLY, Known, check_ids, read_known

FILES = PARAMETERS


@dataclass(frozen=True)
class Parameter:
    """A parameter as it stands in one year.

    Attributes:
        id: its name.
        year: the year asked for.
        from_year: the year from which the value is known to hold.
        value: the value, in `unit`.
        unit: its unit.
        status: in_force, proposed, indicative or assumption.
        source: act, bill or whoever told it.
        note: what else to know.
        carried: the value is set year by year, and that of an earlier year stands in for `year`.
    """

    id: str
    year: int
    from_year: int
    value: float
    unit: str
    status: str
    source: str
    note: str
    carried: bool


@dataclass(frozen=True, eq=False)
class Law:
    """The rules as they stand, or as a user has edited them.

    Attributes:
        known: what is known of each parameter, by id, earliest first.
        age_classes: base prices of the state grant by age.
        notes: files that the folder lacks and the shipped ones stand in for, in English sentences.
    """

    known: Mapping[str, tuple[Known, ...]]
    age_classes: tuple[AgeClass, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def standing(cls) -> "Law":
        """The law of the shipped files; read once."""
        return _standing()

    @classmethod
    def open(cls, folder: Path) -> "Law":
        """An edited copy, as `copy_to` makes it; a file that it lacks is the shipped one.

        Raises:
            FramsynError: no such folder, no law file in it, or a file that cannot stand.
        """
        if not folder.is_dir():
            raise FramsynError(
                "There is no folder {folder}. Make a copy to edit with 'framsyn law --copy {folder}'.",
                folder=folder,
            )
        _check_names(folder)
        here = {name: edited_file(folder / name) for name in EDITABLE if (folder / name).is_file()}
        if not here:
            raise FramsynError(
                "{folder} holds no law file: expected at least one of {files}.",
                folder=folder,
                files=", ".join(EDITABLE),
            )
        read = {name: _checked(here[name], name) for name in PARAMETERS if name in here}
        prices = here.get(AGE_PRICES)
        notes = [
            *(
                f"{name} is not in {folder}: the shipped file stands in."
                for name in EDITABLE
                if name not in here
            ),
            *(f"{name} was read as Windows-1252." for name, text in here.items() if text.encoding == WINDOWS),
        ]
        return cls(
            _by_id({**_shipped(), **read}),
            cls.standing().age_classes if prices is None else read_age_prices(prices, AGE_PRICES),
            tuple(notes),
        )

    @staticmethod
    def copy_to(folder: Path, overwrite: bool = False) -> tuple[Path, ...]:
        """Write an editable copy of the shipped files; see `framsyn.law.files.copy_to`."""
        return copy_to(folder, overwrite)

    def ids(self) -> tuple[str, ...]:
        """Every parameter, in the order of the files."""
        return tuple(self.known)

    def history(self, identity: str) -> tuple[Known, ...]:
        """All that is known of a parameter, by its id or a name of it, earliest first.

        Raises:
            FramsynError: no such parameter; the nearest are named.
        """
        found = self.known.get(identity)
        return self.known[_index(self.ids()).id_of(identity)] if found is None else found

    def value(self, identity: str, year: int) -> Parameter:
        """The parameter `identity` in `year`: its latest value set in that year or before.

        Raises:
            FramsynError: no such parameter, or none as early as `year`.
        """
        history = self.history(identity)
        row = next((row for row in reversed(history) if row.from_year <= year), None)
        if row is None:
            raise FramsynError(
                "The law parameter {id} is known from {first} on: ask for that year or a later one, "
                "not {year}.",
                id=identity,
                first=history[0].from_year,
                year=year,
            )
        return _parameter(row, year)

    def classes(self, year: int) -> tuple[AgeClass, ...]:
        """The age classes of the state grant in `year`; Act 618/2021 § 6, Act 1704/2009 before 2023."""
        return classes_of(self.age_classes, year)

    def age_prices(self, year: int) -> Floats:
        """[age 0…100] base prices by age that stand in the law's data for `year`, EUR/resident.

        Those of 2022 are the decree's own. Of any other year only the ratios are meant to be used: see
        `framsyn.law.grants.scale_prices`.
        """
        return by_single_age(self.classes(year))


def value(identity: str, year: int) -> Parameter:
    """The parameter `identity` in `year` by the standing law; see `Law.value`."""
    return Law.standing().value(identity, year)


@lru_cache(maxsize=16)
def _index(ids: tuple[str, ...]) -> NameIndex:
    """The parameters by name."""
    return NameIndex(
        ids,
        lambda: [NameEntry(one, every_name(LAW, one)) for one in ids],
        Refusal(
            nearest=N_(
                "There is no law parameter called {id}. Nearest: {nearest}. List them with: framsyn law"
            ),
            unknown=N_("There is no law parameter called {id}. List them with: framsyn law"),
        ),
    )


@cache
def exempt_regions() -> frozenset[str]:
    """Codes of self-governing regions to which the reforms of 2023 and 2025 do not apply."""
    return frozenset(row["region_code"] for row in rows("framsyn.law", "reform_2023_exempt_regions.csv"))


@cache
def _standing() -> Law:
    return Law(_by_id(_shipped()), read_age_prices(shipped_file(AGE_PRICES), AGE_PRICES))


def _check_names(folder: Path) -> None:
    """Raise FramsynError where a table of the folder would be passed over in silence."""
    for path in sorted(folder.iterdir()):
        if path.name in EDITABLE and not path.is_file():
            raise FramsynError(
                "{file} in {folder} is no file: take it away, or put the file there.",
                file=path.name,
                folder=folder,
            )
        if path.suffix.lower() == ".csv" and path.name not in EDITABLE:
            raise FramsynError(
                "{file} in {folder} is no law file. Rename it to one of {files}, or take it away.",
                file=path.name,
                folder=folder,
                files=", ".join(EDITABLE),
            )


@cache
def _shipped() -> dict[str, tuple[Known, ...]]:
    return {name: read_known(shipped_file(name), name) for name in PARAMETERS}


def _checked(text: TextFile, name: str) -> tuple[Known, ...]:
    read = read_known(text, name)
    check_ids(read, _shipped()[name], name)
    return read


def _by_id(read: Mapping[str, tuple[Known, ...]]) -> dict[str, tuple[Known, ...]]:
    found: dict[str, list[Known]] = {}
    for name in PARAMETERS:
        for row in read[name]:
            found.setdefault(row.id, []).append(row)
    return {one: tuple(sorted(history, key=lambda row: row.from_year)) for one, history in found.items()}


def _parameter(row: Known, year: int) -> Parameter:
    return Parameter(
        id=row.id,
        year=year,
        from_year=row.from_year,
        value=row.value,
        unit=row.unit,
        status=row.status,
        source=row.source,
        note=row.note,
        carried=row.set == YEARLY and row.from_year != year,
    )
