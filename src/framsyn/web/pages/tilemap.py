"""The map of equal tiles as a page draws it: where each lies, what it is called, where regions meet."""

from dataclasses import dataclass
from functools import cache

from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import Municipality
from framsyn.web.pages.viewing import written_name

#: Units of the drawing from one tile to the next, and of the room between two.
PITCH, GAP = 40, 2
#: Letters that the alphabet ends with, put after all others.
LAST = str.maketrans("åäö", "\uffe0\uffe1\uffe2")
#: Letters of a name that a tile has room for.
LETTERS = 4


@dataclass(frozen=True)
class TilePlace:
    """One tile.

    Attributes:
        code, name, region: of its municipality, in the reader's language.
        written: its name in an address.
        short: what stands in the tile.
        x, y: left and upper end.
    """

    code: str
    name: str
    region: str
    written: str
    short: str
    x: int
    y: int


@dataclass(frozen=True)
class TileMap:
    """All tiles in the order of the bundle; `borders` is the path of lines where two regions meet."""

    tiles: tuple[TilePlace, ...]
    width: int
    height: int
    borders: str
    side: int = PITCH - GAP
    middle: int = PITCH // 2


@cache
def tile_map(lang: str) -> TileMap:
    """The map in a language."""
    bundle = shipped_bundle()
    rows, columns = bundle["tile_row"], bundle["tile_column"]
    places = [Municipality(at, bundle) for at in range(len(bundle))]
    told = tuple(
        TilePlace(
            code=m.code,
            name=m.name(lang),
            region=m.region(lang),
            written=written_name(m, lang),
            short=_short(m.name(lang)),
            x=int(columns[m.index]) * PITCH + GAP // 2,
            y=int(rows[m.index]) * PITCH + GAP // 2,
        )
        for m in places
    )
    width, height = (int(one.max() + 1) * PITCH for one in (columns, rows))
    return TileMap(told, width, height, borders())


def _short(name: str) -> str:
    """The first letters of a name, of its second word where the first is such as "S:t"."""
    first, _, second = name.partition(" ")
    return (second if second and len(first) < LETTERS else name)[:LETTERS].rstrip()


@cache
def borders() -> str:
    """The path of every side between tiles of two regions."""
    bundle = shipped_bundle()
    cells = zip(bundle["tile_column"].tolist(), bundle["tile_row"].tolist(), strict=True)
    region = dict(zip(cells, bundle["region_code"].tolist(), strict=True))
    lines = []
    for (column, row), own in region.items():
        x, y = column * PITCH, row * PITCH
        if region.get((column + 1, row), own) != own:
            lines.append(f"M{x + PITCH} {y}v{PITCH}")
        if region.get((column, row + 1), own) != own:
            lines.append(f"M{x} {y + PITCH}h{PITCH}")
    return "".join(lines)


def order_by_name(lang: str) -> list[int]:
    """Municipalities in the alphabet's order, å ä ö last."""
    names = [one.name for one in tile_map(lang).tiles]
    return sorted(range(len(names)), key=lambda at: names[at].casefold().translate(LAST))
