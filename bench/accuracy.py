"""Makes docs/accuracy.md and its pictures: `python bench/accuracy.py FOLDER [--regions]`.

Runs the default backtest on the folder, and the same on its regions as if they were municipalities, where
every age is observed in every year. What the page says beside the figures stands in `accuracy.toml`.
"""

import argparse
import tempfile
import tomllib
from pathlib import Path

import numpy as np
import polars as pl

from framsyn.foresee import scoring
from framsyn.foresee.forecast.backtest import Backtest, backtest
from framsyn.foresee.forecast.ensemble import expected, expected_ages
from framsyn.foresee.forecast.past import open_past
from framsyn.foresee.forecast.reading import projections_of, read_history, region_codes
from framsyn.places.tables import Tables
from framsyn.report.forecasts import write_backtest

DOCS = Path(__file__).parents[1] / "docs"
TEXT = Path(__file__).with_suffix(".toml")
BASE, YEAR = 2018, 2025


def tested(tables: Tables) -> Backtest:
    """The default backtest of a folder."""
    history = read_history(tables)
    return backtest(history, region_codes(tables), projections_of(tables, history.codes))


def of_regions(tables: Tables, folder: Path) -> Tables:
    """The folder's regions as municipalities, in one region."""
    ages = tables.need("region_population_age_sex")
    codes = ages["region_code"].unique().sort()
    pl.DataFrame({"code": codes, "name": codes, "region_code": "1"}).write_csv(folder / "municipalities.csv")
    ages.rename({"region_code": "code"}).write_csv(folder / "population_age_sex.csv")
    return Tables.open(folder)


def cover(test: Backtest) -> str:
    """Cover of 80 % intervals by age group, in a sentence."""
    spread = test.spread.filter(pl.col("target") != "total")
    rows = scoring.interval_scores(spread, ["target"]).sort("target").iter_rows(named=True)
    told = {row["target"]: f"{row['target']} {row['coverage_80']:.0f} %" for row in rows}
    return ", ".join(told[name] for name in sorted(told, key=first_age))


def first_age(group: str) -> int:
    """First age of a group such as 0-5, 6 or 85+."""
    return int(group.split("-")[0].rstrip("+"))


def shares(tables: Tables) -> dict[str, str]:
    """Errors of the shares under 15 and 65+ in 2025, ours and the official projection's."""
    published = tables.need("population_margins").sort("code")
    truth = {"under_15": published["share_u15"].to_numpy(), "old": published["share_65p"].to_numpy()}
    past = open_past(read_history(tables, BASE), YEAR - BASE)
    ours = expected_ages(past, expected(past).totals)[:, -1].sum(axis=1)
    editions = projections_of(tables, past.history.codes)
    official = next(one.years[YEAR] for one in editions if one.base == BASE)
    found: dict[str, str] = {}
    for who, ages in (("ours", ours), ("official", np.nan_to_num(official))):
        total = ages.sum(axis=1)
        persons = {"under_15": ages[:, :15].sum(axis=1), "old": ages[:, 65:].sum(axis=1)}
        for name, actual in truth.items():
            found[f"{name}_{who}"] = f"{np.nanmean(np.abs(100 * persons[name] / total - actual)):.3f}"
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    tables = Tables.open(parser.parse_args().folder)
    with tempfile.TemporaryDirectory() as beside:
        regions = cover(tested(of_regions(tables, Path(beside))))
    told = {"regions": regions, **shares(tables)}
    text = {
        name: block.strip().format(**told) for name, block in tomllib.loads(TEXT.read_text("utf-8")).items()
    }
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_backtest(tested(tables), folder, text)
        (DOCS / "accuracy.md").write_bytes((folder / "accuracy.md").read_bytes())
        for picture in (folder / "images").iterdir():
            (DOCS / "images" / picture.name).write_bytes(picture.read_bytes())


if __name__ == "__main__":
    main()
