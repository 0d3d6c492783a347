"""The files that a foresight leaves behind: each written beside its place, then renamed into it."""

import errno
import re
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from framsyn.errors import FramsynError
from framsyn.foresee.forecast.explain import ForecastExplained
from framsyn.i18n.translator import Words
from framsyn.model.indicators import indicators
from framsyn.report.history import History
from framsyn.report.page import render
from framsyn.report.summary import Summary, indicators_csv, summarise
from framsyn.writing import check_writable, together

if TYPE_CHECKING:
    import xarray as xr

PAGE, DATASET, TABLE = "index.html", "futures.nc", "indicators.csv"


def default_folder(name: str) -> Path:
    """`framsyn-<name>`, the name as `safe_name` gives it."""
    return Path(f"framsyn-{safe_name(name) or 'futures'}")


def safe_name(name: str) -> str:
    """For a file's name: letters of any alphabet and digits kept, spaces as hyphens, the rest removed."""
    plain = re.sub(r"\s+", "-", unicodedata.normalize("NFC", name).strip())
    return re.sub(r"[^\w-]", "", plain).strip("-_")


def write_futures(
    futures: "xr.Dataset",
    history: History,
    folder: Path,
    words: Words,
    summary: Summary | None = None,
    explained: ForecastExplained | None = None,
) -> list[Path]:
    """Write the page, the dataset and the table; all three or none.

    Args:
        futures: the dataset of `foresee`.
        history: the past drawn on the page.
        folder: made where it does not exist; files of an earlier run are replaced.
        words: the language of the page.
        summary: of the dataset, if it is made already.
        explained: why the forecast is what it is, told on the page.

    Returns:
        the paths written: `index.html`, `futures.nc`, `indicators.csv`.

    Raises:
        FramsynError: the folder cannot be made or written.
    """
    check_folder(folder)
    summary = summary or summarise(futures)
    with together(folder) as beside, ThreadPoolExecutor(1) as pool:  # the disk waits while the page is drawn
        saved = pool.submit(_save, described(futures, words), beside / DATASET)
        page = render(futures, history, words, summary, explained)
        (beside / PAGE).write_text(page, encoding="utf-8")
        (beside / TABLE).write_text(indicators_csv(summary), encoding="utf-8")
        saved.result()
    return [folder / name for name in (PAGE, DATASET, TABLE)]


def _save(futures: "xr.Dataset", path: Path) -> None:
    """Write a dataset; what the NetCDF library cannot write is an OSError, as any file's is."""
    try:
        futures.to_netcdf(path)
    except RuntimeError as error:
        raise OSError(errno.EIO, str(error), str(path)) from error


def check_folder(folder: Path, names: Sequence[str] = (PAGE, DATASET, TABLE)) -> None:
    """Raise FramsynError where it can be known before any work that `names` cannot be written there."""
    check_writable(folder)
    for name in names:
        if (folder / name).is_dir():
            raise FramsynError(
                "{path} is a folder, but a file of that name is to be written: move it away or"
                " choose another folder with --out.",
                path=folder / name,
            )


def described(futures: "xr.Dataset", words: Words) -> "xr.Dataset":
    """The dataset with a name in words and the unit on every variable, after the CF conventions."""
    named = futures.copy()
    for name, values in named.variables.items():
        if name not in named.data_vars:
            continue
        known = indicators().get(str(name))
        label = known.label if known else str(values.attrs.get("long_name", name))
        unit = values.attrs.get("units") or values.attrs.get("unit") or (known.unit if known else "")
        values.attrs = {**values.attrs, "long_name": words.gettext(label), "units": unit}
    return named
