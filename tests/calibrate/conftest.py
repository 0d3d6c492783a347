"""A setting of the reference tables, and a small made-up one of the minimum tables."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from framsyn.calibrate.build import demographic_rates
from framsyn.calibrate.migration import LocalMigration
from framsyn.calibrate.model_schedules import model_mortality
from framsyn.calibrate.mover_pool import BaseRates
from framsyn.calibrate.population import base_population
from framsyn.calibrate.setting import Setting, open_setting
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables


class Frames:
    """Tables held in memory."""

    def __init__(self, **frames: pl.DataFrame) -> None:
        self.frames = frames

    def get(self, name: str) -> pl.DataFrame | None:
        return self.frames.get(name)

    def need(self, name: str) -> pl.DataFrame:
        if name not in self.frames:
            raise FramsynError("No table {name}.", name=name)
        return self.frames[name]


@pytest.fixture(scope="session")
def setting(data_folder: Path) -> Setting:
    tables = Tables.open(data_folder)
    base = base_population(tables)
    return open_setting(tables, base.count, base.base_year)


@pytest.fixture(scope="session")
def minimum() -> Setting:
    """Forty municipalities with two observed years and nothing more; one has 60 residents."""
    rng = np.random.default_rng(8)
    sizes = np.append(np.geomspace(500, 60_000, 39), 60.0)
    lived = np.exp(-np.cumsum(model_mortality(), axis=1))
    people = rng.poisson(sizes[:, None, None] * lived / lived.sum()).astype(np.float64)
    later = np.zeros_like(people)
    later[..., 1:] = rng.poisson(people[..., :-1] * 0.985)
    later[..., 0] = rng.poisson(people[..., 1])
    codes = [f"{i:03d}" for i in range(len(sizes))]
    parts = [
        pl.DataFrame({"code": code, "year": year, "age": np.arange(101), "male": p[0], "female": p[1]})
        for year, stock in ((2019, people), (2020, later))
        for code, p in zip(codes, stock, strict=True)
    ]
    frames = Frames(
        municipalities=pl.DataFrame({"code": codes, "region_code": ["01", "02"] * 20}),
        population_age_sex=pl.concat(parts),
    )
    return open_setting(frames, later, 2020)


def gather(setting: Setting) -> tuple[BaseRates, LocalMigration]:
    """All rates of a setting."""
    rates, moves, _ = demographic_rates(setting)
    return rates, moves


@pytest.fixture(scope="session")
def rates(setting: Setting) -> BaseRates:
    return gather(setting)[0]


@pytest.fixture(scope="session")
def minimum_rates(minimum: Setting) -> BaseRates:
    return gather(minimum)[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three municipalities in two regions, and no other table."""
    rows = "code,name,region_code\n1,One,A\n2,Two,A\n3,Three,B\n"
    (tmp_path / "municipalities.csv").write_text(rows)
    return tmp_path
