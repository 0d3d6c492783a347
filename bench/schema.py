"""Schemathesis to its end against a running server: python bench/schema.py [examples of an operation].

Every phase is run, the stateful one included. Told are failures of the server, and answers whose status, kind
or content the description does not tell.
"""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

CHECKS = ",".join(
    (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "use_after_free",
        "ensure_resource_availability",
    )
)
#: Seconds that the server may take to be ready, and a question to be answered.
START, PATIENCE = 600.0, 180


def main() -> int:
    """Run it; the exit status is that of Schemathesis."""
    examples = sys.argv[1] if len(sys.argv) > 1 else "30"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as jobs:
        command = [_program("framsyn"), "serve", "--port", str(port), "--jobs", jobs]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait(f"{base}/readyz")
            run = [
                _program("schemathesis"),
                "run",
                f"{base}/api/v1/openapi.json",
                "--phases=examples,coverage,fuzzing,stateful",
                f"--checks={CHECKS}",
                f"--max-examples={examples}",
                f"--request-timeout={PATIENCE}",
                "--suppress-health-check=all",
                "--seed=14",
                "--wait-for-schema=120",
                "--continue-on-failure",
            ]
            return subprocess.run(run, check=False).returncode  # noqa: S603
        finally:
            server.terminate()
            server.wait(60)


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _wait(address: str) -> None:
    ends = time.monotonic() + START
    while time.monotonic() < ends:
        with suppress(OSError), urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
            if answer.status == 200:
                return
        time.sleep(0.5)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
