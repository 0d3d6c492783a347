"""One municipality made ready, shared by the tests of choosing."""

import pytest

from framsyn.choose.evaluation import Worlds, worlds_of
from framsyn.choose.space import Space, space_of
from framsyn.foresee.setting import Setting, prepare
from framsyn.places.municipality import municipality

YEARS, DRAWS, TURN = 10, 6, 2030


@pytest.fixture(scope="session")
def setting() -> Setting:
    return prepare(municipality("Närpes"), YEARS)


@pytest.fixture(scope="session")
def worlds(setting: Setting) -> Worlds:
    return worlds_of(setting, range(DRAWS))


@pytest.fixture(scope="session")
def space(setting: Setting) -> Space:
    return space_of(setting, TURN)
