"""A bundle is believed only where every part of it can be, and is what was written."""

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.places import bundle_archive
from framsyn.places.bundle import Bundle, make_bundle, read_bundle, write_bundle
from framsyn.places.bundle_variables import fact_range, variables
from tests.places.bundles import (
    Members,
    array_bytes,
    manifest_of,
    remade,
    small_bundle,
    write_members,
    written,
)


def refusal(path: Path) -> str:
    with pytest.raises(FramsynError) as raised:
        read_bundle(path)
    return str(raised.value)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write_bundle(small_bundle(), tmp_path / "a.bundle")
    read = read_bundle(tmp_path / "a.bundle")
    assert read.manifest == small_bundle().manifest
    for name, array in small_bundle().arrays.items():
        assert read[name].dtype == array.dtype
        np.testing.assert_array_equal(read[name], array)


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    write_bundle(small_bundle(), tmp_path / "a.bundle")
    write_bundle(read_bundle(tmp_path / "a.bundle"), tmp_path / "b.bundle")
    assert (tmp_path / "a.bundle").read_bytes() == (tmp_path / "b.bundle").read_bytes()


def test_population_times_three_under_the_same_manifest_is_refused(tmp_path: Path) -> None:
    def threefold(members: Members) -> None:
        members["population.npy"] = array_bytes(small_bundle()["population"] * 3.0)

    assert "has been changed since it was made" in refusal(written(tmp_path / "a.bundle", threefold))


def test_population_times_three_with_the_content_of_its_own_is_refused(tmp_path: Path) -> None:
    def threefold(members: Members) -> None:
        arrays = {**small_bundle().arrays, "population": small_bundle()["population"] * 3.0}
        members["population.npy"] = array_bytes(arrays["population"])
        manifest = manifest_of(members) | {"content": make_bundle(arrays, {}).manifest["content"]}
        members["manifest.json"] = json.dumps(manifest).encode()

    assert "has been changed since it was made" in refusal(written(tmp_path / "a.bundle", threefold))


@pytest.mark.parametrize("key", ["base_year", "uncertainty", "national"])
def test_a_changed_manifest_is_refused(tmp_path: Path, key: str) -> None:
    def change(members: Members) -> None:
        manifest = manifest_of(members)
        changed = {
            "base_year": 2015,
            "uncertainty": {**manifest["uncertainty"], "emigration_sd": {"value": 0.5}},
            "national": {**manifest["national"], "equalisation_rate": 0.5},
        }
        members["manifest.json"] = json.dumps(manifest | {key: changed[key]}).encode()

    assert "has been changed since it was made" in refusal(written(tmp_path / "a.bundle", change))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("population", 1e300, "population of municipality 035 is 1e+300"),
        ("population", np.nan, "population of municipality 035 is nan"),
        ("population", np.inf, "population of municipality 035 is inf"),
        ("population", -1.0, "population of municipality 035 is -1.0"),
        ("mortality", 1.5, "mortality of municipality 035 is 1.5"),
        ("fertility", -0.1, "fertility of municipality 035 is -0.1"),
        ("history_years", 20260, "history_years of municipality – is 20260"),
        ("fact_status", 7, "fact_status of municipality 035 is 7"),
        ("facts", np.nan, "facts of municipality 035 is nan"),
        ("history_population", -2.0, "history_population of municipality 035 is -2.0"),
        ("code", "", "code of municipality –"),
    ],
)
def test_what_cannot_be_is_refused_even_where_the_digest_agrees(
    tmp_path: Path, name: str, value: object, said: str
) -> None:
    def change(array: NDArray[Any]) -> NDArray[Any]:
        array.flat[0] = value
        return array

    assert said in refusal(remade(tmp_path / "a.bundle", name, change))


def test_a_municipality_without_people_is_refused(tmp_path: Path) -> None:
    def empty(array: NDArray[Any]) -> NDArray[Any]:
        array[1] = 0.0
        return array

    assert "population of municipality 043 is 0" in refusal(
        remade(tmp_path / "a.bundle", "population", empty)
    )


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert "cannot be right: code" in refusal(
        remade(tmp_path / "a.bundle", "code", lambda array: np.array([array[1], *array[1:]]))
    )


def test_a_fact_out_of_its_own_range_is_refused(tmp_path: Path) -> None:
    column = list(small_bundle()["fact_id"]).index("income_tax_rate_pct")

    def change(array: NDArray[Any]) -> NDArray[Any]:
        array[2, column] = 170.0
        return array

    assert "income_tax_rate_pct of municipality 060 is 170.0" in refusal(
        remade(tmp_path / "a.bundle", "facts", change)
    )


def test_what_is_not_published_may_be_blank_in_histories_alone(tmp_path: Path) -> None:
    def blank(array: NDArray[Any]) -> NDArray[Any]:
        array.flat[0] = np.nan
        return array

    path = remade(tmp_path / "a.bundle", "history_population", blank)
    # The digest of the content is part of the manifest: it is made anew with the arrays.
    assert "has been changed" in refusal(path)
    arrays = {
        **small_bundle().arrays,
        "history_population": blank(small_bundle()["history_population"].copy()),
    }
    write_bundle(make_bundle(arrays, small_bundle().manifest), path)
    assert np.isnan(read_bundle(path)["history_population"][0, 0])


@pytest.mark.parametrize(
    ("array", "said"),
    [
        (np.full((16, 2, 101), "12"), "population holds <U2, where values of the type number are meant"),
        (np.zeros((16, 2, 101), dtype=complex), "population holds complex128"),
        (np.zeros((16, 2, 101), dtype=">f8"), "population holds >f8"),
        (np.zeros((16, 2, 101), dtype=int), "population holds int64"),
        (np.ones((16, 101)), "population has the shape (16, 101), where place × sex × age are meant"),
        (np.ones((17, 2, 101)), "the sizes of its arrays do not agree (population: place 17 ≠ 16)"),
        (np.ones((16, 2, 100)), "(population: age 100 ≠ 101)"),
        (np.asfortranarray(np.ones((16, 2, 101))), "population has the shape"),
    ],
)
def test_an_array_of_another_type_or_shape_is_refused(tmp_path: Path, array: NDArray[Any], said: str) -> None:
    def change(members: Members) -> None:
        members["population.npy"] = array_bytes(array)

    assert said in refusal(written(tmp_path / "a.bundle", change))


def huge(shape: tuple[int, ...]) -> bytes:
    """The header of an array that declares a shape which its bytes do not fill."""
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header) + 1) + header + b"\n" + bytes(64)


@pytest.mark.parametrize("shape", [(10**12, 2, 101), (100_000, 2, 101), (-1, 2, 101), (16, 2, 101)])
def test_a_declared_shape_that_the_bytes_do_not_fill_takes_no_memory(
    tmp_path: Path, shape: tuple[int, ...]
) -> None:
    def change(members: Members) -> None:
        members["population.npy"] = huge(shape)

    assert "is damaged: " in refusal(written(tmp_path / "a.bundle", change))


def test_objects_in_an_array_are_never_unpickled(tmp_path: Path) -> None:
    def change(members: Members) -> None:
        members["code.npy"] = array_bytes(np.array([{"a": 1}] * 16, dtype=object))

    assert "code holds object" in refusal(written(tmp_path / "a.bundle", change))


def test_a_member_that_unpacks_to_more_than_a_bundle_holds_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_archive, "MOST_BYTES", 5_000_000)
    write_bundle(small_bundle(), tmp_path / "a.bundle")
    with zipfile.ZipFile(tmp_path / "a.bundle", "a", zipfile.ZIP_DEFLATED) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["population.npy"] = bytes(6_000_000)
    path = write_members(tmp_path / "b.bundle", members, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1_000_000
    assert "holds more than 5 megabytes (unpacked)" in refusal(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda members: members.pop("population.npy"), "its part population.npy is missing"),
        (lambda members: members.update({"extra.npy": b"1"}), "it holds extra.npy, which no bundle does"),
        (lambda members: members.update({"../a": b"1"}), "it holds ../a, which no bundle does"),
        (lambda members: members.pop("manifest.json"), "is not a Framsyn bundle"),
        (lambda members: members.update({"manifest.json": b"[]"}), "manifest of the bundle"),
        (lambda members: members.update({"manifest.json": b"[" * 100_000}), "manifest.json is missing or"),
        (lambda members: members.update({"manifest.json": b"\xff"}), "manifest.json is missing or"),
        (lambda members: members.update({"manifest.json": b'{"format": 1}'}), "has format 1"),
        (
            lambda members: members.update({"manifest.json": b'{"format": NaN}'}),
            "manifest.json is missing or",
        ),
        (lambda members: members.update({"population.npy": b"abc"}), "population.npy is missing or"),
        (
            lambda members: members.update({"population.npy": members["population.npy"][:-8]}),
            "population.npy is missing or",
        ),
    ],
)
def test_a_part_that_is_missing_too_much_or_broken_is_told(
    tmp_path: Path, change: Callable[[Members], None], said: str
) -> None:
    assert said in refusal(written(tmp_path / "a.bundle", change))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("base_year", None),
        ("base_year", "2025"),
        ("base_year", 20250),
        ("base_year", 2025.5),
        ("content", "x"),
        ("facts", []),
        ("facts", {"cash_eur": {"unit": "EUR"}}),
        ("national", {}),
        ("uncertainty", {"emigration_sd": {"value": "much"}}),
        ("economy", {}),
        ("forecast", {}),
        ("notes", "none"),
        ("tables", 3),
    ],
)
def test_a_manifest_that_lacks_something_or_has_another_kind_is_told_by_its_key(
    tmp_path: Path, key: str, value: object
) -> None:
    def change(members: Members) -> None:
        manifest = manifest_of(members) | {key: value}
        if value is None:
            del manifest[key]
        members["manifest.json"] = json.dumps(manifest).encode()

    told = refusal(written(tmp_path / "a.bundle", change))
    assert f"cannot be right: {key}" in told


def test_a_file_that_is_something_else_or_absent_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.bundle").write_text("not a bundle")
    assert "is not a Framsyn bundle" in refusal(tmp_path / "a.bundle")
    assert "There is no bundle at" in refusal(tmp_path / "b.bundle")
    assert "is not a Framsyn bundle" in refusal(tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_bundle_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "a.bundle"
    write_bundle(small_bundle(), path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert "bundle" in refusal(path)


def test_every_array_of_the_dictionary_has_a_range_unless_it_is_text_or_a_flag() -> None:
    for one in variables():
        assert (one.low is None) == (one.type in ("text", "flag")), one.name
        assert one.low is None or (one.high is not None and one.low < one.high), one.name


def test_every_fact_has_a_range() -> None:
    for identity in map(str, small_bundle()["fact_id"]):
        low, high = fact_range(identity)
        assert low < high
    assert fact_range("income_tax_rate_pct") == (0.0, 60.0)
    assert fact_range("youth_outside_pct") == (0.0, 100.0)
    assert fact_range("something_new") == (-1e12, 1e12)


def test_a_bundle_holds_its_digest_only_in_its_file() -> None:
    assert "digest" not in small_bundle().manifest
    assert isinstance(small_bundle(), Bundle)
