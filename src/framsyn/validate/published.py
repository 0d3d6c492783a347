"""What was published of every municipality in 2005–2025: the history that simulated ones are set beside."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from framsyn.calibrate import key_figures as key
from framsyn.calibrate.accounts import read_accounts
from framsyn.calibrate.economy_panel import economy_panel
from framsyn.calibrate.history import population_history
from framsyn.calibrate.places import Places, unpeopled_places
from framsyn.calibrate.tax_baseline import income_tax_rate
from framsyn.calibrate.unemployment_panel import unemployment_panel
from framsyn.core.file_limits import STATISTICS
from framsyn.core.table_file import read_table
from framsyn.errors import FramsynError
from framsyn.model.layout import Floats
from framsyn.places.tables import Tables
from framsyn.validate.history_panel import Controls, History

#: First and last year of the histories.
BASE, LAST = 2005, 2025
#: Tables beside those of the schema, by the first words of their file names.
MARGINS, CASH_FLOW, WORK_TRAVEL = "margins", "cash_flow", "work_travel"
#: The last year in which `work_travel` has both who works at home and who commutes in.
LAST_WORK_TRAVEL = 2021
THOUSAND = 1000.0


def published_history(tables: Tables, controls: Controls) -> History:
    """The published history of every municipality; money is in euros of the year per resident.

    Raises:
        FramsynError: a table is missing.
    """
    places = unpeopled_places(tables)
    people = by_year(places, population_history(tables, places.codes))
    panel = economy_panel(tables)
    if panel is None:
        raise FramsynError("The tables commuting and population_groups are needed to read jobs.")
    accounts, loans = cash_flows(places, people), loans_per_resident(places, people)
    series = {
        "people": people,
        "jobs": jobs(places, (np.array(panel.years), panel.jobs)),
        "unemployment": unemployment(places),
        "moves_in": moves(places, "in_migration"),
        "moves_out": moves(places, "out_migration"),
        "margin": margins(places, "annual_margin_keur") / people,
        "investment": accounts[0],
        "cash_flow": accounts[1],
        "loans": loans,
        "tax_rate": tax_rates(places),
    }
    return History({name: values[:, None, :] for name, values in series.items()}, controls)


def blank(places: Places) -> Floats:
    """[P, year] nothing published."""
    return np.full((len(places.codes), LAST - BASE + 1), np.nan)


def by_year(places: Places, found: tuple[Sequence[int] | np.ndarray, Floats]) -> Floats:
    """[P, year] of a series with its own years."""
    years, values = found
    grid = blank(places)
    for column, year in enumerate(np.asarray(years).tolist()):
        if BASE <= year <= LAST:
            grid[:, year - BASE] = values[:, column]
    return grid


def long_table(tables: Tables, name: str, columns: Sequence[str]) -> pl.DataFrame:
    """Code, year and columns of a table outside the schema, found by the first words of its file name.

    Raises:
        FramsynError: the folder has no such file, or it lacks a column.
    """
    paths = sorted(Path(tables.folder).glob(f"{name}_[0-9]*.csv*"))
    if not paths:
        raise FramsynError(
            "There is no file {pattern} in {folder}.", pattern=f"{name}_….csv", folder=tables.folder
        )
    table = read_table(paths[0], STATISTICS)
    names = [column for column in ("code", "year", *columns) if column in table.columns]
    if set(columns) - set(names):
        raise FramsynError(
            "{file} lacks a column of {columns}.", file=paths[0].name, columns=", ".join(columns)
        )
    cells = {column: table.cells[table.columns.index(column)] for column in names}
    frame = pl.DataFrame(cells)
    numbers = [pl.col(column).cast(pl.Float64, strict=False) for column in names if column != "code"]
    return frame.with_columns(numbers)


def grid_of(places: Places, frame: pl.DataFrame, column: str) -> Floats:
    """[P, year] of a column of a long table, summed over its rows; NaN where it has none."""
    sums = frame.drop_nulls(column).group_by("code", "year").agg(pl.col(column).sum())
    row = {code: number for number, code in enumerate(places.codes)}
    grid = blank(places)
    for code, year, value in sums.iter_rows():
        if code in row and BASE <= int(year) <= LAST:
            grid[row[code], int(year) - BASE] = value
    return grid


def jobs(places: Places, early: tuple[np.ndarray, Floats]) -> Floats:
    """Jobs in the municipality: commuting statistics, and from their end the tables of work travel."""
    grid = by_year(places, early)
    frame = long_table(places.tables, WORK_TRAVEL, ("works_in_home_municipality", "in_commute"))
    later = grid_of(places, frame, "works_in_home_municipality") + grid_of(places, frame, "in_commute")
    later[:, LAST_WORK_TRAVEL - BASE + 1 :] = np.nan
    return np.where(np.isfinite(grid), grid, later)


def unemployment(places: Places) -> Floats:
    """Rate of June, percent; from 2006 to 2019, one series."""
    panel = unemployment_panel(places)
    if panel is None:
        raise FramsynError("The table unemployment_monthly is needed to read unemployment.")
    rates = 100.0 / (1.0 + np.exp(-panel.logit))
    monthly = [column for column, year in enumerate(panel.years) if year < LAST]
    return by_year(places, ([panel.years[column] for column in monthly], rates[:, monthly]))


def moves(places: Places, column: str) -> Floats:
    """Moves from or to other municipalities, persons."""
    return grid_of(places, places.tables.need("components").cast({"year": pl.Float64}), column)


def margins(places: Places, column: str) -> Floats:
    """Euros of an annual or operating margin of `margins_2000_2021`."""
    return THOUSAND * grid_of(places, long_table(places.tables, MARGINS, (column,)), column)


def cash_flows(places: Places, people: Floats) -> tuple[Floats, Floats]:
    """Net investment, and cash flow of operations and investments with what was sold, € per resident."""
    accounts = read_accounts(places.tables, places.codes)
    if accounts is None:
        raise FramsynError("The table accounts is needed to read investment.")
    spent = accounts["investment_expenses"] - accounts["investment_contributions"]
    sold = accounts["asset_proceeds"] + accounts["internal_adjustments"]
    flow = accounts["annual_margin"] - spent + sold
    years = np.array(accounts.years)
    return by_year(places, (years, spent)) / people, by_year(places, (years, flow)) / people


def loans_per_resident(places: Places, people: Floats) -> Floats:
    """Loans, € of the year per resident: key figures, then accounts, debt 2020, cash flow 2021."""
    frame = key.key_figures(places.tables, places.codes, (key.LOANS,))
    grid = blank(places) if frame is None else grid_of(places, frame.cast({"year": pl.Float64}), key.LOANS)
    accounts = read_accounts(places.tables, places.codes)
    if accounts is not None:
        told = by_year(places, (np.array(accounts.years), accounts["loans"])) / people
        grid = np.where(np.isfinite(told), told, grid)
    debt = places.tables.need("debt")
    column = dict(zip(debt["code"], debt["loans_eur_per_resident"], strict=True))
    grid[:, 2020 - BASE] = [float(column.get(code) or np.nan) for code in places.codes]
    later = later_accounts(places, people)
    grid[:, 2021 - BASE] = later["loans"]
    return grid


def later_accounts(places: Places, people: Floats) -> dict[str, Floats]:
    """[P] of 2021, € per resident: net operating cost, annual margin and loans; NaN where not published."""
    columns = {
        "net_operating_cost": "operating_margin_eur",
        "annual_margin": "annual_margin_eur",
        "loans": "loans_eur",
    }
    frame = long_table(places.tables, CASH_FLOW, tuple(columns.values()))
    if "year" not in frame.columns or frame["year"].null_count():
        frame = frame.with_columns(pl.lit(2021.0).alias("year"))
    found = {}
    for name, column in columns.items():
        values = grid_of(places, frame, column)[:, 2021 - BASE] / people[:, 2021 - BASE]
        found[name] = -values if name == "net_operating_cost" else values
    return found


def tax_rates(places: Places) -> Floats:
    """The income tax rate, percent: published for the year after the last alone."""
    grid = blank(places)
    grid[:, -1] = income_tax_rate(places).values
    return grid
