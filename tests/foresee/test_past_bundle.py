"""A bundle of an earlier year sees nothing later."""

from pathlib import Path

import polars as pl
import pytest

from framsyn.errors import FramsynError
from framsyn.foresee.past_bundle import Until
from framsyn.places.tables import Tables

FRAMES = {
    "municipalities": pl.DataFrame({"code": ["001"]}),
    "components": pl.DataFrame({"code": ["001"] * 3, "year": [2017, 2018, 2019], "births": [1, 2, 3]}),
    "income_tax": pl.DataFrame({"code": ["001"], "income_tax_rate_pct": [8.0]}),
    "turnout": pl.DataFrame({"code": ["001"], "year": [2021]}),
}


class Made:
    """Tables without a folder."""

    def get(self, name: str) -> pl.DataFrame | None:
        return FRAMES.get(name)

    def need(self, name: str) -> pl.DataFrame:
        return FRAMES[name]


def test_no_row_after_the_year_is_seen_and_no_table_without_a_date() -> None:
    then = Until(Made(), 2018)
    assert then.need("components")["year"].to_list() == [2017, 2018]
    assert then.need("municipalities").height == 1
    assert then.get("income_tax") is None
    assert then.get("turnout") is None
    with pytest.raises(FramsynError, match="no rows until 2018"):
        then.need("turnout")


@pytest.mark.data
def test_every_dated_table_of_the_folder_is_cut(data_folder: Path) -> None:
    then = Until(Tables.open(data_folder), 2018)
    for name in ("components", "population_age_sex", "region_population_age_sex", "region_tfr"):
        frame = then.get(name)
        assert frame is not None
        assert frame["year"].max() == 2018
