"""Work so small that tests can wait for it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framsyn.errors import FramsynError
from framsyn.web.job_process import Report

HERE = "tests.web.small_jobs"


def count(arguments: Mapping[str, Any], report: Report) -> bytes:
    """Count, and give how nice the process is."""
    steps = int(arguments["steps"])
    for step in range(steps):
        report(step + 1, steps, "country", futures=step + 1, all=steps)
    return json.dumps({"steps": steps, "nice": os.nice(0)}).encode()


def refuse(arguments: Mapping[str, Any], _: Report) -> bytes:
    """Fail as bad input does."""
    raise FramsynError("There is no indicator {id}. List them with: framsyn indicators", id=arguments["id"])


def break_off(*_: object) -> bytes:
    """End without a word."""
    os._exit(3)


def work_on(arguments: Mapping[str, Any], report: Report) -> bytes:
    """Work until it is ended; writes as which process, and as which grandchild's where one is asked for."""
    numbers = [os.getpid()]
    if arguments.get("grandchild"):
        numbers.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid)
    path = Path(arguments["path"])
    part = path.with_suffix(".part")
    part.write_text(" ".join(map(str, numbers)), "utf-8")
    part.replace(path)
    report(1, 2, "country", futures=1, all=2)
    while True:
        time.sleep(0.05)
