"""A small made-up country: cohorts live, bear children, die and leave home, with chance from a seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from framsyn.calibrate.fitting import sum_by
from framsyn.calibrate.known import AGES, Floats, Ints
from framsyn.calibrate.model_schedules import model_fertility, model_mortality
from framsyn.foresee.forecast.history import Bounds, History
from framsyn.foresee.forecast.local_pattern import MOBILITY
from framsyn.foresee.forecast.structures import grouped
from framsyn.places.tables import Tables

COMING_AGES, COMING = slice(17, 26), 0.05
CHILDREN_A_WOMAN, CHANCE = 1.75, 0.1
#: [2, 101] families with children who move in.
FAMILIES = np.stack([np.where((np.arange(AGES) < 10) | (abs(np.arange(AGES) - 32) < 8), 0.02, 0.0)] * 2)


@dataclass(frozen=True)
class Country:
    """Persons of P municipalities in R regions in Y years.

    Attributes:
        first_year: the first year.
        people: [Y, P, 2, 101] persons at the end of each year, whole numbers.
        region: [P] index of each place's region.
    """

    first_year: int
    people: Floats
    region: Ints
    codes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", tuple(f"{10 + place:03d}" for place in range(len(self.region))))

    @property
    def years(self) -> list[int]:
        """The years."""
        return list(range(self.first_year, self.first_year + len(self.people)))

    @property
    def base_year(self) -> int:
        """The last year."""
        return self.years[-1]

    @property
    def region_codes(self) -> tuple[str, ...]:
        """[P] code of each place's region."""
        return tuple(f"R{index}" for index in self.region)

    @property
    def totals(self) -> Floats:
        """[P, Y] persons."""
        return np.asarray(self.people.sum(axis=(2, 3)).T)

    def regional(self, year: int) -> Floats:
        """[R, 2, 101] persons."""
        return sum_by(self.people[year - self.first_year], self.region, int(self.region.max()) + 1)

    def municipalities(self) -> pl.DataFrame:
        """The table of that name."""
        names = [f"Place {code}" for code in self.codes]
        return pl.DataFrame({"code": self.codes, "name": names, "region_code": self.region_codes})

    def ages(self, years: Sequence[int] | None = None) -> pl.DataFrame:
        """The table `population_age_sex`."""
        parts = []
        for year in self.years if years is None else years:
            people = self.people[year - self.first_year]
            parts.append(ages_table(year, self.codes, people, "code"))
        return pl.concat(parts)

    def total_table(self) -> pl.DataFrame:
        """The table `population_total`."""
        return pl.DataFrame(
            {
                "code": np.repeat(self.codes, len(self.years)),
                "year": np.tile(self.years, len(self.codes)),
                "population": self.totals.ravel(),
            }
        )

    def group_table(self, bounds: Bounds = MOBILITY) -> pl.DataFrame:
        """The table `population_groups`."""
        parts = []
        for year, people in zip(self.years, self.people, strict=True):
            groups = grouped(people.sum(axis=1), bounds)
            named = {group_header(bound): groups[:, i] for i, bound in enumerate(bounds)}
            parts.append(
                pl.DataFrame({"code": self.codes, "year": year, **named, "total": groups.sum(axis=1)})
            )
        return pl.concat(parts)

    def component_table(self) -> pl.DataFrame:
        """The table `components`: births as those aged 0 at the end of the year."""
        return pl.concat(
            pl.DataFrame(
                {
                    "code": self.codes,
                    "year": year,
                    "births": people[:, :, 0].sum(axis=1),
                    "deaths": 0.0,
                    "population": people.sum(axis=(1, 2)),
                }
            )
            for year, people in zip(self.years, self.people, strict=True)
        )

    def region_table(self) -> pl.DataFrame:
        """The table `region_population_age_sex`."""
        codes = tuple(sorted(set(self.region_codes)))
        return pl.concat(ages_table(year, codes, self.regional(year), "region_code") for year in self.years)

    def fertility_tables(self) -> dict[str, pl.DataFrame]:
        """The tables `region_tfr` and `region_fertility_age`."""
        codes = sorted(set(self.region_codes))
        keys = pl.DataFrame({"region_code": codes}).join(pl.DataFrame({"year": self.years}), how="cross")
        pattern = pl.DataFrame({"age": np.arange(AGES), "percent_of_tfr": 100.0 * model_fertility()})
        return {
            "region_tfr": keys.with_columns(pl.lit(CHILDREN_A_WOMAN).alias("tfr")),
            "region_fertility_age": keys.join(pattern, how="cross"),
        }

    def margins(self, year: int) -> pl.DataFrame:
        """The table `population_margins` of a year."""
        people = self.people[year - self.first_year]
        total = people.sum(axis=(1, 2))
        return pl.DataFrame({"code": self.codes, "year": year, "population": total})

    def official(self, base: int, years: int = 3) -> pl.DataFrame:
        """A table `official_projection` from a base year: the population of that year stands still."""
        ages = self.people[base - self.first_year].sum(axis=1)
        columns = {str(age): ages[:, age] for age in range(AGES)}
        return pl.concat(
            pl.DataFrame({"code": self.codes, "year": base + ahead, **columns})
            for ahead in range(1, years + 1)
        )

    def every_table(self) -> dict[str, pl.DataFrame]:
        """All the tables that the forecast reads, up to the last year."""
        return {
            "population_age_sex": self.ages(),
            "population_total": self.total_table(),
            "population_groups": self.group_table(),
            "components": self.component_table(),
            "region_population_age_sex": self.region_table(),
            **self.fertility_tables(),
        }

    def history(self, base_year: int | None = None, /, **known: object) -> History:
        """What single years of age alone tell, as `read_history` gives it; `known` is put in its place."""
        last = self.base_year if base_year is None else base_year
        count = last - self.first_year + 1
        totals = self.totals[:, :count].copy()
        told: dict[str, object] = {
            "base_year": last,
            "codes": self.codes,
            "region": self.region,
            "cluster": None,
            "first_year": self.first_year,
            "totals": totals,
            "published": np.isfinite(totals),
            "groups": {},
            "bounds": (),
            "structures": dict(zip(self.years[:count], self.people[:count], strict=True)),
            "regional": {},
            "births": {},
            "fertility": {},
        }
        return History(**(told | known))  # type: ignore[arg-type]


def written(folder: Path, country: Country, /, **tables: pl.DataFrame) -> Tables:
    """The folder with `municipalities` of a country and these tables, opened."""
    for name, table in {"municipalities": country.municipalities(), **tables}.items():
        table.write_csv(folder / f"{name}.csv")
    return Tables.open(folder)


def ages_table(year: int, codes: Sequence[str], people: Floats, key: str) -> pl.DataFrame:
    """Persons [N, 2, 101] of a year in the long form of the tables."""
    return pl.DataFrame(
        {
            key: np.repeat(codes, AGES),
            "year": year,
            "age": np.tile(np.arange(AGES), len(codes)),
            "male": people[:, 0].ravel(),
            "female": people[:, 1].ravel(),
        }
    )


def group_header(bound: tuple[int, int]) -> str:
    """The column of an age group, as in the table `population_groups`."""
    return f"{bound[0]}+" if bound[1] >= AGES - 1 else f"{bound[0]}-{bound[1]}"


def country(
    sizes: Sequence[float] | Floats,
    region: Sequence[int] | Ints,
    years: Sequence[int],
    seed: int = 1,
    *,
    coming: Sequence[float] | Floats | None = None,
    growing: Mapping[int, float] | None = None,
    absorbing: Mapping[int, int] | None = None,
) -> Country:
    """A made-up country.

    Args:
        sizes: [P] persons of each place at the start.
        region: [P] index of each place's region.
        years: consecutive years.
        seed: of chance.
        coming: [P] logarithm of the yearly ratio by which moves change those aged 17–25; by default small
            places lose and large ones win.
        growing: yearly growth, such as 0.08, of places that families move to.
        absorbing: years in which places take in a neighbour of six tenths of their size.
    """
    rng = np.random.default_rng(seed)
    size = np.asarray(sizes, dtype=np.float64)
    usual = COMING * np.clip((np.log(size) - 9.5) / 2.0, -1.0, 1.0)
    moves = np.zeros((len(size), AGES))
    moves[:, COMING_AGES] = (usual if coming is None else np.asarray(coming))[:, None]
    now = _scattered(size[:, None, None] * stationary(), rng)
    found = [now]
    for year in years[1:]:
        now = _live(now, moves, rng)
        for place, rate in (growing or {}).items():
            missing = found[-1][place].sum() * (1.0 + rate) - now[place].sum()
            now[place] += np.rint(max(missing, 0.0) * FAMILIES)
        for place, when in (absorbing or {}).items():
            if when == year:
                now[place] = np.rint(1.6 * now[place])
        found.append(now)
    return Country(years[0], np.stack(found), np.asarray(region, dtype=np.int64))


def stationary() -> Floats:
    """[2, 101] shares of a population that stands still."""
    lived = np.exp(-np.cumsum(model_mortality(), axis=1))
    return np.asarray(lived / lived.sum())


def _live(before: Floats, moves: Floats, rng: np.random.Generator) -> Floats:
    """The population [P, 2, 101] a year on."""
    stayed = before * np.exp(moves[:, None, :] - model_mortality())
    after = np.zeros_like(before)
    after[..., 1:] = stayed[..., :-1]
    after[..., -1] += stayed[..., -1]
    women = 0.5 * (before[:, 1] + after[:, 1])
    after[..., 0] = 0.5 * CHILDREN_A_WOMAN * (women @ model_fertility())[:, None]
    return _scattered(after, rng)


def _scattered(expected: Floats, rng: np.random.Generator) -> Floats:
    """Whole persons around what is expected, none below zero."""
    chance = np.maximum(expected + np.sqrt(CHANCE * expected) * rng.standard_normal(expected.shape), 0.0)
    return np.asarray(np.floor(chance + rng.uniform(size=expected.shape)))
