"""The table of key figures on today's borders: abolished municipalities merged into those of today."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.known import column
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: Names that the statistics office gives in the table.
MARGIN = "Vuosikate_euroa_asukas"
LOANS = "Lainakanta_euroa_asukas"
GROUP_LOANS = "Konsernin_lainakanta_euroa_asukas"
POPULATION = "Vakiluku"
EDUCATION_COST = "Opetus_ja_kulttuuritoiminta_yhteensa_nettokayttokustannukset_euroa_asukas"
JOBS = "Alueella_olevien_tyopaikkojen_lukumaara"
PRIMARY_SHARE = "Alkutuotannon_tyopaikkojen_osuus"
REFINING_SHARE = "Jalostuksen_tyopaikkojen_osuus"
URBAN_SHARE = "Taajama_aste"
HOUSEHOLDS = "Asuntokuntien_lukumaara"
FOREIGN_SHARE = "Ulkomaan_kansalaisten_osuus_vaestosta"
RENTED_SHARE = "Vuokra_asunnoissa_asuvien_asuntokuntien_osuus"


def key_figures(
    tables: Tables, codes: Sequence[str], columns: Sequence[str], weight: str = POPULATION
) -> pl.DataFrame | None:
    """`code`, `year` and `columns`, each the mean of the merged municipalities weighted by `weight`.

    A value is null where one of the merged has not published it. None without the table or a column.
    """
    figures = _figures(tables, codes, list(dict.fromkeys([*columns, weight])))
    if figures is None:
        return None
    return figures.group_by("code", "year").agg(_weighted(one, weight) for one in columns)


def key_figure_sums(tables: Tables, codes: Sequence[str], columns: Sequence[str]) -> pl.DataFrame | None:
    """`code`, `year` and `columns`, each the sum of the merged municipalities.

    A value is null where one of the merged has not published it. None without the table or a column.
    """
    figures = _figures(tables, codes, list(columns))
    if figures is None:
        return None
    return figures.group_by("code", "year").agg(
        pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name) for name in columns
    )


def latest(tables: Tables, codes: Sequence[str], name: str) -> Floats:
    """[P] a key figure in the last year in which it is published; NaN where it is not."""
    frame = key_figures(tables, codes, (name,))
    if frame is None:
        return np.full(len(codes), np.nan)
    published = frame.drop_nulls(name)
    return column(published.filter(pl.col("year") == pl.col("year").max()), name, list(codes))


def _figures(tables: Tables, codes: Sequence[str], wanted: list[str]) -> pl.DataFrame | None:
    """The wanted columns under today's codes, a row for each of the merged."""
    tables.get("key_figures")  # which notes whom it leaves out
    raw = tables.whole("key_figures")  # with the abolished codes
    if raw is None or not set(wanted) <= set(raw.columns):
        return None
    return raw.select(
        _today(tables, codes).alias("code"), pl.col("year").cast(pl.Int64), pl.col(wanted).cast(pl.Float64)
    ).filter(pl.col("code").is_in(list(codes)))


def _today(tables: Tables, codes: Sequence[str]) -> pl.Expr:
    merges = tables.get("merges")
    if merges is None:
        return pl.col("code")
    old = merges.filter(~pl.col("old_code").is_in(list(codes))).drop_nulls("code_2026")
    return pl.col("code").replace(dict(old.select("old_code", "code_2026").iter_rows()))


def _weighted(value: str, weight: str) -> pl.Expr:
    """The weighted mean; nothing where one of the merged has not published."""
    known = pl.col(weight)
    mean = (pl.col(value) * known).sum() / known.sum()
    return pl.when((pl.col(value).null_count() == 0) & (known.sum() > 0)).then(mean).alias(value)
