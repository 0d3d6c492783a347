"""Where an effect is used is read off the model's own source."""

from framsyn.model.coefficients import COEFFICIENTS
from framsyn.report.evidence_usage import Use, columns, model_sources, usage, uses_in

IDS = frozenset({"tax_to_moves", "digital_return"})
NAMES = {"TAX": frozenset({"tax_to_moves"}), "RETURN": frozenset({"digital_return"})}


def test_a_function_that_names_the_column_uses_the_effect() -> None:
    source = "from framsyn.model.coefficients import TAX\ndef pull(effects):\n    return effects[TAX]\n"
    assert uses_in({"attraction": source}, NAMES, IDS) == {"tax_to_moves": (Use("attraction", "pull"),)}


def test_a_column_that_is_imported_but_not_named_is_no_use() -> None:
    source = "from framsyn.model.coefficients import TAX\ndef pull(effects):\n    return 0.0\n"
    assert uses_in({"attraction": source}, NAMES, IDS) == {}


def test_a_constant_of_the_same_name_from_elsewhere_is_no_use() -> None:
    source = "from framsyn.law import TAX\ndef pull(effects):\n    return effects[TAX]\n"
    assert uses_in({"attraction": source}, NAMES, IDS) == {}


def test_a_lag_taken_from_the_register_is_a_use_here_and_where_it_is_imported() -> None:
    sources = {
        "services": "LAG = effect('digital_return').lag_years_min\nTWICE = 2 * LAG\n"
        "def saving(year):\n    return year - TWICE\n",
        "year": "from framsyn.model.services import LAG as WAIT\ndef live(year):\n    return year - WAIT\n",
    }
    assert uses_in(sources, NAMES, IDS) == {
        "digital_return": (Use("services", "saving"), Use("year", "live"))
    }


def test_every_coefficient_of_the_model_is_used_by_some_equation() -> None:
    assert set(usage()) == set(COEFFICIENTS)


def test_every_column_has_its_effect() -> None:
    named = [one for effects in columns().values() for one in effects]
    assert sorted(named) == sorted(COEFFICIENTS)


def test_a_name_stands_for_its_column_and_those_after_it_without_a_name() -> None:
    sizes = ("under_5000", "5000_20000", "over_20000")
    assert columns()["BASIC_SCALE"] == {f"scale_of_basic_education_{size}" for size in sizes}
    assert columns()["LOAN_CEILING"] == {"loan_ceiling"}


def test_uses_are_functions_of_the_model() -> None:
    sources = model_sources()
    for uses in usage().values():
        for use in uses:
            assert f"def {use.function}(" in sources[use.module]


def test_moves_answer_to_unemployment() -> None:
    assert Use("moves", "write_moves") in usage()["unemployment_to_in_flow"]
