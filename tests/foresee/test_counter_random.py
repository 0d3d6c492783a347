import numpy as np
import pytest

from framsyn.foresee.counter_random import number_of, philox, standard_normals

VECTORS = [  # known answers published with the Random123 library
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text: str) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return np.array([int(one, 16) for one in text.split()], dtype=np.uint64)


@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS)
def test_philox_gives_the_published_answers(counter: str, key: str, expected: str) -> None:
    state = words(counter)
    philox(state, words(key))
    assert (state == words(expected)).all()


def test_a_draw_is_the_same_whatever_is_drawn_beside_it() -> None:
    many = standard_normals(7, range(50), 20, ("a", "b", "c"), "545")
    later = standard_normals(7, range(30, 40), 12, ("c",), "545")
    assert (many[30:40, :12, 2] == later[:, :, 0]).all()


def test_places_seeds_and_variables_have_their_own_numbers() -> None:
    kinds = [(1, "a", "545"), (2, "a", "545"), (1, "b", "545"), (1, "a", "091"), (2**40 + 1, "a", "545")]
    drawn = [standard_normals(seed, range(200), 5, (name,), place).ravel() for seed, name, place in kinds]
    correlations = np.corrcoef(drawn) - np.eye(len(drawn))
    assert abs(correlations).max() < 0.12


def test_the_numbers_are_standard_normal() -> None:
    drawn = standard_normals(11, range(4000), 10, ("x", "y"), "091").ravel()
    assert abs(drawn.mean()) < 4 / np.sqrt(drawn.size)
    assert abs(drawn.var() - 1) < 4 * np.sqrt(2 / drawn.size)
    assert abs((np.abs(drawn) < 1.2815516).mean() - 0.8) < 0.006
    assert abs((drawn**4).mean() - 3) < 0.15


def test_names_of_variables_get_different_numbers() -> None:
    assert len({number_of(name) for name in ("fertility", "mortality", "545", "091", "country")}) == 5
