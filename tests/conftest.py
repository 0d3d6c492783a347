"""Fixtures that many tests share."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of reference tables, or a skip with the reason."""
    folder = Path(os.environ.get("FRAMSYN_DATA", BESIDE))
    if not folder.is_dir():
        pytest.skip(f"no reference tables at {folder}: set FRAMSYN_DATA to their folder")
    return folder
