import subprocess
import sys
from pathlib import Path

import pytest

#: Libraries that take a tenth of a second and more to import; of SciPy and Babel the part that does.
PAGE = {"xarray", "pandas", "netCDF4", "jinja2", "vl_convert"}
HEAVY = PAGE | {"polars", "altair", "scipy.linalg", "babel.messages"}
SCRIPT = """
import sys
from framsyn.cli import main
if __name__ == "__main__":
    heavy = sys.argv.pop(1).split(",")
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, ended.code
    print([one for one in heavy if one in sys.modules])
"""


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        ("foresee --help", set()),
        ("foresee Närpes --years 1 --draws 2 --out ut", PAGE),
        ("explain Närpes --indicator population --year 2026 --draws 2", set()),
        ("warn Närpes --draws 2", set()),
        ("law", set()),
    ],
)
def test_a_command_opens_only_the_libraries_that_it_needs(
    tmp_path: Path, command: str, needed: set[str]
) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, "script.py", ",".join(sorted(HEAVY)), *command.split()],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(sorted(needed))
