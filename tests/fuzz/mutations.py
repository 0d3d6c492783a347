"""Ways to spoil a file, each from a seeded random source: its bytes, its cells, its dialect."""

import csv
import io
import random
from collections.abc import Callable
from typing import Literal

Mutation = Callable[[bytes, random.Random], bytes]

HOSTILE = (
    "", "..", "-", ":", "x", "nan", "NaN", "inf", "-inf", "1e999", "-1e999", "1e5", "0x10", "1_000", "１２",
    "9" * 400, "9" * 5000, "-1", "0", "4 100,00", "1.234", "1,234", "true", "null", "[1]", '"', "''", "=1+1",
    "\0", "å" * 200_000, "{", "${x}", "{file}", "%s", "\ufeff", "\u202e", "Ann Ek", "a@b.fi",
)  # fmt: skip


def flip_bits(content: bytes, rng: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        if spoilt:
            spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def cut_short(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randint(0, max(len(content) - 1, 0))]


def zero_a_part(content: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(content))
    end = min(len(content), start + rng.randint(1, 500))
    return content[:start] + bytes(end - start) + content[end:]


def insert_noise(content: bytes, rng: random.Random) -> bytes:
    place = rng.randint(0, len(content))
    return content[:place] + rng.randbytes(rng.randint(1, 40)) + content[place:]


def repeat_a_part(content: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(content))
    part = content[start : start + rng.randint(1, 400)]
    return content[:start] + part * rng.randint(2, 5) + content[start:]


def leave_a_part_out(content: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(content))
    return content[:start] + content[start + rng.randint(1, 200) :]


def nothing(_: bytes, rng: random.Random) -> bytes:
    return b"" if rng.random() < 0.5 else b"\n" * rng.randint(1, 5)


BYTES: tuple[Mutation, ...] = (
    flip_bits,
    cut_short,
    zero_a_part,
    insert_noise,
    repeat_a_part,
    leave_a_part_out,
    nothing,
)


def table(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    separator = ";" if text.split("\n", 1)[0].count(";") else ","
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def written(rows: list[list[str]], separator: str = ";") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def hostile_cell(content: bytes, rng: random.Random) -> bytes:
    rows = table(content)
    row = rng.choice([row for row in rows if row])
    row[rng.randrange(len(row))] = rng.choice(HOSTILE)
    return written(rows)


def column_twice(content: bytes, rng: random.Random) -> bytes:
    rows = table(content)
    place = rng.randrange(len(rows[0]))
    return written([[*row, *row[place : place + 1]] for row in rows])


def row_twice(content: bytes, rng: random.Random) -> bytes:
    rows = table(content)
    return written([*rows, rng.choice(rows)])


def column_lost(content: bytes, rng: random.Random) -> bytes:
    rows = table(content)
    place = rng.randrange(len(rows[0]))
    return written([row[:place] + row[place + 1 :] for row in rows])


def ragged(content: bytes, rng: random.Random) -> bytes:
    rows = table(content)
    rng.choice(rows).extend(["1"] * rng.randint(1, 3))
    return written(rows)


def other_encoding(content: bytes, rng: random.Random) -> bytes:
    text = content.decode("utf-8-sig") + "å;ä;ö\n"
    return text.encode(rng.choice(["cp850", "mac-roman", "utf-16-le", "utf-32", "utf-7", "cp037"]), "replace")


CELLS: tuple[Mutation, ...] = (
    hostile_cell,
    hostile_cell,
    hostile_cell,
    column_twice,
    row_twice,
    column_lost,
    ragged,
    other_encoding,
)


def other_dialect(content: bytes, rng: random.Random) -> bytes:
    """The same table: another separator, encoding, line ending, quoting, blanks, order of columns."""
    rows = [row for row in table(content) if any(row)]
    order = list(range(len(rows[0])))
    rng.shuffle(order)
    rows = [[row[place] if place < len(row) else "" for place in order] for row in rows]
    out = io.StringIO(newline="")
    separator = rng.choice([";", "\t", ","])
    quoting: Literal[0, 1] = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=rng.choice(["\n", "\r\n"]))
    blanks = [""] * rng.randint(0, 3)
    writer.writerows([*(row + blanks for row in rows), *([[""] * len(order)] if rng.random() < 0.5 else [])])
    return out.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "utf-16"]))


def hostile_value(content: bytes, rng: random.Random) -> bytes:
    """A TOML or JSON text with another value somewhere."""
    lines = content.decode().splitlines()
    places = [place for place, line in enumerate(lines) if "=" in line or ":" in line]
    if places:
        place = rng.choice(places)
        sign = "=" if "=" in lines[place] else ":"
        name = lines[place].partition(sign)[0]
        lines[place] = f"{name}{sign} {rng.choice([*HOSTILE, '[' * 5000, 'a.' * 3000 + 'a = 1'])}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


TEXTS: tuple[Mutation, ...] = (hostile_value, hostile_value, hostile_value)
