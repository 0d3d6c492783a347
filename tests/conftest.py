"""Fixtures that many tests share."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

#: Examples of a property by default: half of Hypothesis's own, since the suite must stay quick.
settings.register_profile("suite", max_examples=50)
settings.load_profile("suite")
#: Folders whose tests share what takes long to make.
TOGETHER = ("calibrate", "forecast")
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of reference tables, or a skip with the reason."""
    folder = Path(os.environ.get("FRAMSYN_DATA", BESIDE))
    if not folder.is_dir():
        pytest.skip(f"no reference tables at {folder}: set FRAMSYN_DATA to their folder")
    return folder


class Together(LoadScopeScheduling):  # type: ignore[misc]  # no stubs
    """Deals out the tests file by file, and those of some folders together: what they share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder = file.rpartition("/")[0]
        return folder if folder.rpartition("/")[2] in TOGETHER else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    """Deal out by our own rule: xdist's groups hang on ids of tests that newer pytests do not change."""
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None
