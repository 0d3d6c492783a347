"""Fixtures that many tests share."""

import os
from pathlib import Path

import pytest

#: Folders whose tests share what takes long to make.
TOGETHER = ("calibrate", "forecast", "web")
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of reference tables, or a skip with the reason."""
    folder = Path(os.environ.get("FRAMSYN_DATA", BESIDE))
    if not folder.is_dir():
        pytest.skip(f"no reference tables at {folder}: set FRAMSYN_DATA to their folder")
    return folder


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out by their groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of some folders on one processor, so that what they share is made once."""
    for item in items:
        if item.path.parent.name in TOGETHER and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.parent.name))
