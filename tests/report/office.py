"""LibreOffice without a window, for the tests that open a file as its reader would."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

#: Seconds that only end a hang: a busy machine is waited for.
SECONDS = 600


def converted(files: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """The files as LibreOffice writes them in another form, or a skip where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "converted"
    told = [program, profile, "--headless", "--convert-to", form, "--outdir", str(out), *map(str, files)]
    subprocess.run(told, check=True, capture_output=True, timeout=SECONDS)
    return [out / f"{one.stem}.{form.partition(':')[0]}" for one in files]


def parts(content: bytes, folder: Path) -> dict[str, bytes]:
    """The parts of an office file by their names."""
    path = folder / "parts.zip"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def without_results(content: bytes, path: Path) -> Path:
    """A workbook whose formulas have lost their values, so that whoever opens it must reckon."""
    with zipfile.ZipFile(path, "w") as written:
        for name, part in parts(content, path.parent).items():
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            written.writestr(name, part)
    return path
