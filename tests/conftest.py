"""Fixtures that many tests share."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from xdist.scheduler import LoadScopeScheduling

#: Examples of a property by default: half of Hypothesis's own, since the suite must stay quick. The same ones
#: in every run, however busy or slow the machine.
settings.register_profile(
    "suite", max_examples=50, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")
#: For a run of mutants, where it is enough that a property fails.
settings.register_profile("mutants", settings.get_profile("suite"), phases=(Phase.explicit, Phase.generate))
#: Folders whose tests share what takes long to make.
TOGETHER = ("tests/calibrate", "tests/foresee/forecast")
#: What takes longest is begun first, so that no worker is left alone with it at the end.
LONGEST = (
    "tests/web/test_pages.py",
    *TOGETHER,
    "tests/web/test_schema.py",
    "tests/test_cli.py",
    "tests/web/test_country.py",
    "tests/report/test_foresight.py",
    "tests/report/test_browser.py",
    "tests/report/test_page.py",
    "tests/docs/test_choose_walk.py",
    "tests/foresee/test_anchor.py",
)
#: What a runner may have set to be ignored (as `nohup` and a shell's `&` do); every child would inherit that.
REQUESTS_TO_END: dict[int, signal.Handlers | Callable[[int, FrameType | None], Any]] = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGHUP: signal.SIG_DFL,
    signal.SIGQUIT: signal.SIG_DFL,
    signal.SIGTERM: signal.SIG_DFL,
}
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of reference tables, or a skip with the reason."""
    folder = Path(os.environ.get("FRAMSYN_DATA", BESIDE))
    if not folder.is_dir():
        pytest.skip(f"no reference tables at {folder}: set FRAMSYN_DATA to their folder")
    return folder


def pytest_configure() -> None:
    """Let what the tests start be ended, however the tests themselves were started."""
    for number, handler in REQUESTS_TO_END.items():
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


def pytest_xdist_setupnodes() -> None:
    """Compile the model before there are workers, who would each do it."""
    from tests.compiling import compile_once

    compile_once()


def scope_of(nodeid: str) -> str:
    """The file of a test, or its folder: what one worker runs alone."""
    file = nodeid.partition("::")[0]
    return next((folder for folder in TOGETHER if file.startswith(f"{folder}/")), file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The scopes that take longest first, all else in its order."""
    turns = {scope: turn for turn, scope in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(scope_of(item.nodeid), len(turns)))


class Together(LoadScopeScheduling):  # type: ignore[misc]  # no stubs
    """Deals out the tests file by file, and those of some folders together: what they share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    """Deal out by our own rule: xdist's groups hang on ids of tests that newer pytests do not change."""
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None
