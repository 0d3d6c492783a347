"""Counter-based random numbers: the number depends on what it is for, never on what came before.

Philox 4×32 with ten rounds. The counter holds draw, year, variable and place; the key holds the seed.
So draw `k` is the same in any number of draws, years, municipalities, threads and chunks.

Source: Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
"""

import zlib

import numpy as np
from numpy.typing import NDArray

from framsyn.core.compiler_start import begin_numba
from framsyn.model.compiled import compiled, compiled_maker
from framsyn.model.layout import Floats

begin_numba()

MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
LOW = np.uint64(0xFFFFFFFF)
SHIFT = np.uint64(32)
ROUNDS = 10
SCALE = 2.0**-32

Words = NDArray[np.uint64]


def number_of(text: str) -> int:
    """A stable 32-bit number for a name (CRC-32 of its UTF-8)."""
    return zlib.crc32(text.encode())


@compiled
def philox(counter: Words, key: Words) -> None:
    """Replace the four 32-bit words of `counter` by random ones; `key` has two words.

    Both arrays hold 32-bit words in 64-bit places; `key` is used up.
    """
    for _ in range(ROUNDS):
        first = MULTIPLIER_0 * counter[0]
        third = MULTIPLIER_1 * counter[2]
        counter[0] = (third >> SHIFT) ^ counter[1] ^ key[0]
        counter[1] = third & LOW
        counter[2] = (first >> SHIFT) ^ counter[3] ^ key[1]
        counter[3] = first & LOW
        key[0] = (key[0] + WEYL_0) & LOW
        key[1] = (key[1] + WEYL_1) & LOW


@compiled_maker
def fill_normal(seed: int, first_draw: int, variables: Words, place: int, normals: Floats) -> None:
    """Fill `normals` [draw, year, variable] with independent standard normals (Box–Muller).

    Args:
        seed: the seed, 0 ≤ seed < 2**64.
        first_draw: number of the first draw in `normals`.
        variables: [variable] 32-bit number of each variable.
        place: 32-bit number of the municipality, or of the country.
        normals: written.
    """
    draws, years, columns = normals.shape
    counter = np.empty(4, dtype=np.uint64)
    key = np.empty(2, dtype=np.uint64)
    for draw in range(draws):
        for year in range(years):
            for column in range(columns):
                counter[0] = np.uint64(first_draw + draw)
                counter[1] = np.uint64(year)
                counter[2] = variables[column]
                counter[3] = np.uint64(place)
                key[0] = np.uint64(seed) & LOW
                key[1] = np.uint64(seed) >> SHIFT
                philox(counter, key)
                radius = np.sqrt(-2.0 * np.log((np.float64(counter[0]) + 0.5) * SCALE))
                angle = 2.0 * np.pi * np.float64(counter[1]) * SCALE
                normals[draw, year, column] = radius * np.cos(angle)


def standard_normals(seed: int, draws: range, years: int, variables: tuple[str, ...], place: str) -> Floats:
    """Independent standard normals [draw, year, variable] for named variables of a place."""
    normals = np.empty((len(draws), years, len(variables)))
    numbers = np.array([number_of(name) for name in variables], dtype=np.uint64)
    fill_normal(seed, draws.start, numbers, number_of(place), normals)
    return normals
