"""A server in a process of its own, with small work: `python -m tests.web.small_server JOBS PATH`.

Prints its address when it can be asked.
"""

import socket
import sys
import threading
import time
from pathlib import Path

KIND = "choice"


def main(folder: str, path: str) -> None:
    """Serve until killed."""
    import uvicorn

    from framsyn.web.app import create_app
    from framsyn.web.settings import Settings
    from tests.web.small_jobs import HERE

    app = create_app(Settings(jobs_folder=Path(folder)))
    app.state.shared.jobs.start(KIND, f"{HERE}:work_on", {"path": path, "grandchild": True}, "a")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
