"""What has been: population and money by year, on the borders of the base year."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.accounts import read_accounts
from framsyn.calibrate.key_figures import LOANS, MARGIN, key_figures
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]
Years = NDArray[np.int32]

MONEY = {"code": pl.String, "year": pl.Int64, "margin": pl.Float64, "loans": pl.Float64}


def population_history(tables: Tables, codes: Sequence[str]) -> tuple[Years, Floats]:
    """Population by year.

    Taken from `population_total`, where that lacks from `population_groups` and then
    `population_age_sex`. Years without any figure between the first and the last are kept.

    Returns:
        Years [Y], and persons at 31 December [P, Y], NaN = not published.
    """
    long = pl.concat(
        [_totals(tables, name) for name in ("population_total", "population_groups", "population_age_sex")]
    ).unique(["code", "year"], keep="first", maintain_order=True)
    years = np.arange(_end(long["year"].min()), _end(long["year"].max()) + 1, dtype=np.int32)
    return years, _grid(long, "persons", codes, years)


def finance_history(tables: Tables, codes: Sequence[str]) -> tuple[Years, Floats, Floats]:
    """Annual margin and loans, EUR/resident of the year in the prices of the year.

    Key figures, with abolished municipalities merged by population, then the accounts, then the
    table `debt`. Until the accounts of 2022 they cover health, social and rescue services too.

    Returns:
        Years [Yf], annual margin [P, Yf] and loans [P, Yf]; NaN = not published.
    """
    long = pl.concat([_accounts(tables, codes), _debt(tables), _key_figures(tables, codes)])
    if long.is_empty():
        empty = np.zeros((len(codes), 0))
        return np.zeros(0, dtype=np.int32), empty, empty
    best = long.group_by("code", "year", maintain_order=True).agg(
        pl.col("margin").drop_nulls().first(), pl.col("loans").drop_nulls().first()
    )
    published = best.filter(pl.col("margin").is_not_null() | pl.col("loans").is_not_null())
    years = np.arange(_end(published["year"].min()), _end(published["year"].max()) + 1, dtype=np.int32)
    return years, _grid(published, "margin", codes, years), _grid(published, "loans", codes, years)


def _end(value: object) -> int:
    return int(str(value))


def _grid(long: pl.DataFrame, value: str, codes: Sequence[str], years: Years) -> Floats:
    place = {code: index for index, code in enumerate(codes)}
    values = np.full((len(codes), len(years)), np.nan)
    for code, year, number in long.select("code", "year", value).drop_nulls().iter_rows():
        if code in place:
            values[place[code], year - years[0]] = number
    return values


def _totals(tables: Tables, name: str) -> pl.DataFrame:
    schema = {"code": pl.String, "year": pl.Int64, "persons": pl.Float64}
    frame = tables.get(name)
    if frame is None:
        return pl.DataFrame(schema=schema)
    if name == "population_age_sex":
        both = pl.col("male") + pl.col("female")
        whole = pl.when(both.null_count() == 0).then(both.sum())
        found = frame.group_by("code", "year").agg(whole.alias("persons"))
    else:
        column = "population" if name == "population_total" else "total"
        if column not in frame.columns:
            return pl.DataFrame(schema=schema)
        found = frame.select("code", "year", pl.col(column).alias("persons"))
    return found.drop_nulls().cast(schema).select(list(schema)).sort("code", "year")  # type: ignore[arg-type]


def _accounts(tables: Tables, codes: Sequence[str]) -> pl.DataFrame:
    found = read_accounts(tables, tuple(codes))
    if found is None:
        return pl.DataFrame(schema=MONEY)
    years, persons = population_history(tables, codes)
    rows = []
    for column, year in enumerate(found.years):
        at = np.flatnonzero(years == year)
        size = persons[:, at[0]] if at.size else np.full(len(codes), np.nan)
        rows.append(
            pl.DataFrame(
                {
                    "code": list(codes),
                    "year": year,
                    "margin": found["annual_margin"][:, column] / size,
                    "loans": found["loans"][:, column] / size,
                },
                schema=MONEY,
                strict=False,
            )
        )
    return pl.concat(rows).with_columns(pl.col("margin", "loans").fill_nan(None))


def _debt(tables: Tables) -> pl.DataFrame:
    frame = tables.get("debt")
    if frame is None or "loans_eur_per_resident" not in frame.columns:
        return pl.DataFrame(schema=MONEY)
    return frame.select(
        "code",
        year=pl.lit(tables.year("debt"), dtype=pl.Int64),
        margin=pl.lit(None, dtype=pl.Float64),
        loans=pl.col("loans_eur_per_resident"),
    )


def _key_figures(tables: Tables, codes: Sequence[str]) -> pl.DataFrame:
    found = key_figures(tables, codes, (MARGIN, LOANS))
    if found is None:
        return pl.DataFrame(schema=MONEY)
    return found.select("code", "year", pl.col(MARGIN).alias("margin"), pl.col(LOANS).alias("loans"))
