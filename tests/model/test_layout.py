import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from framsyn import datafile
from framsyn.model import layout
from framsyn.model.layout import AREA_IDS, INDICATOR_IDS, column_of, first_column_of

Row = Mapping[str, str]


def layout_with(indicators: Sequence[Row], monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The layout made from another table of indicators."""
    shipped = datafile.rows
    monkeypatch.setattr(
        datafile, "rows", lambda room, name: indicators if name == "indicators.csv" else shipped(room, name)
    )
    spec = importlib.util.spec_from_file_location("layout_of_another_table", layout.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_columns_follow_their_indicators_when_the_table_is_in_another_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = datafile.rows("framsyn.model", "indicators.csv")
    first = column_of("closed_places")
    moved = [*table[first:], *table[:first]]
    again = layout_with(moved, monkeypatch)
    ids = [row["id"] for row in moved]
    columns = {
        name: value for name, value in vars(layout).items() if name.isupper() and isinstance(value, int)
    }
    indicators = {name: INDICATOR_IDS[value] for name, value in columns.items() if _is_column(name)}
    covered = {columns[name] + place for name in indicators for place in range(_WIDTHS.get(name, 1))}
    assert covered == set(range(len(INDICATOR_IDS)))
    assert {name: ids[getattr(again, name)] for name in indicators} == indicators


#: Columns that stand for several indicators side by side, and how many.
_WIDTHS = {
    "BIRTHS": len(layout.FLOW_IDS),
    **dict.fromkeys(("NEED", "COVERAGE", "STAFF", "QUALITY"), layout.SERVICES),
    "COST": layout.AREAS,
}


def _is_column(name: str) -> bool:
    """Whether a constant is the column of an indicator: the source says so."""
    lines = Path(layout.__file__).read_text(encoding="utf-8").splitlines()
    return any(line.startswith((f"{name} = column_of(", f"{name} = first_column_of(")) for line in lines)


def test_columns_that_must_stand_side_by_side_are_refused_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    table = datafile.rows("framsyn.model", "indicators.csv")
    need = column_of(f"need_{AREA_IDS[0]}")
    with pytest.raises(ValueError, match="side by side"):
        layout_with([*table[:need], *table[need + 1 :], table[need]], monkeypatch)


def test_an_indicator_without_a_row_has_no_column() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        column_of("happiness")
    with pytest.raises(ValueError, match="not in tuple"):
        first_column_of(["population", "happiness"])
