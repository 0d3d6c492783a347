"""Work so small that tests can wait for it."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framsyn.errors import FramsynError
from framsyn.web.job_process import Tell

HERE = "tests.web.small_jobs"


def counted(arguments: Mapping[str, Any], tell: Tell) -> bytes:
    """Count, and tell how nice the process is."""
    steps = int(arguments["steps"])
    for step in range(steps):
        tell(step + 1, steps, {"step": step})
    return json.dumps({"steps": steps, "nice": os.nice(0)}).encode()


def refused(arguments: Mapping[str, Any], _: Tell) -> bytes:
    """Fail as bad input does."""
    raise FramsynError("There is no indicator {id}. List them with: framsyn indicators", id=arguments["id"])


def broken(*_: object) -> bytes:
    """End without a word."""
    os._exit(3)


def endless(arguments: Mapping[str, Any], tell: Tell) -> bytes:
    """Work until it is ended; says as which process."""
    Path(arguments["path"]).write_text(str(os.getpid()), "utf-8")
    tell(1, 2, {})
    while True:
        time.sleep(0.05)
