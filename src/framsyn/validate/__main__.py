"""Write the generated sections of docs/history.md.

Usage: python -m framsyn.validate DATA PAGE [section …]

DATA is the folder of reference tables, PAGE the file docs/history.md; without names every section is written.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from framsyn.places.tables import Tables
from framsyn.validate.labour import labour_section
from framsyn.validate.matching import moments_section
from framsyn.validate.page import write_section

#: What makes each section, in the order of the page.
SECTIONS: Mapping[str, Callable[[Tables], list[str]]] = {
    "labour": labour_section,
    "moments": moments_section,
}


def main(folder: Path, page: Path, names: list[str]) -> None:
    """Write these sections of the page, all where none is named."""
    tables = Tables.open(folder)
    for name in names or SECTIONS:
        write_section(page, name, SECTIONS[name](tables))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
