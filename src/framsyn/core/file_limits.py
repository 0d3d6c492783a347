"""How large a file may be that a person or an agency hands over: bounds that hold before it is parsed."""

from typing import NamedTuple

MEGABYTE = 1_000_000


class FileLimits(NamedTuple):
    """Bounds of a file.

    Attributes:
        content: bytes, unpacked.
        rows: rows of a table, the header among them.
        columns: columns of a table.
    """

    content: int
    rows: int
    columns: int


#: A table of statistics: twenty times the largest of Finland's.
STATISTICS = FileLimits(400 * MEGABYTE, 10_000_000, 5_000)
#: A table that a person writes: answers, observed figures, dated law.
HANDWRITTEN = FileLimits(20 * MEGABYTE, 100_000, 1_000)
#: A file of settings in TOML.
SETTINGS_BYTES = MEGABYTE
