"""A child never outlives its parent, however the parent ends."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.waiting import first_of, process_events, watched

PARENT = """
import sys, time
from multiprocessing import get_context
from framsyn.core.child_process import die_with_parent

def child(pipe):
    die_with_parent()
    pipe.send("begun")
    while True:
        time.sleep(600)

if __name__ == "__main__":
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=child, args=(theirs,))
    process.start()
    ours.recv()
    print(process.pid, flush=True)
    sys.stdin.read()
"""


@process_events
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(textwrap.dedent(PARENT))
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        with watched(int(parent.stdout.readline())) as child:
            parent.send_signal(signal.SIGKILL)
            parent.wait()
            assert first_of(child) == child
