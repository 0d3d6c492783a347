"""The shipped bundle is what calibration makes; the longest test, so it stands where tests begin."""

from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.build import build_bundle
from framsyn.foresee.forecast.anchor import forecast_part
from framsyn.places.bundle import read_bundle, shipped_bundle, write_bundle
from framsyn.places.tables import Tables


@pytest.mark.data
def test_the_shipped_bundle_is_what_calibration_makes(tmp_path: Path, data_folder: Path) -> None:
    path = tmp_path / "again.bundle"
    write_bundle(build_bundle(Tables.open(data_folder), forecast_part), path)
    again, shipped = read_bundle(path), shipped_bundle()
    for name, array in shipped.arrays.items():
        if array.dtype.kind == "f":
            np.testing.assert_allclose(again[name], array, rtol=1e-4, atol=1e-6, err_msg=name)
        else:
            assert (again[name] == array).all(), name
    assert again.manifest["facts"] == shipped.manifest["facts"]
    assert path.stat().st_size < 3_000_000
