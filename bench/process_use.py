"""What a process holds, read off the system. For Linux."""

from pathlib import Path


def resident_mb(pid: int) -> float:
    """Megabytes of memory that a process holds; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) / 1024.0 for line in lines if line.startswith("VmRSS")), 0.0)


def count_of(pid: int, kind: str) -> int:
    """How many threads (`task`) or descriptors (`fd`) a process has."""
    return sum(1 for _ in Path(f"/proc/{pid}/{kind}").iterdir())
