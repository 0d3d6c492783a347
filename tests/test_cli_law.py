"""`framsyn law` as a person runs it."""

from pathlib import Path

from tests.test_cli import refused, run


def test_the_rules_fit_a_hundred_columns_and_one_rule_tells_its_history(tmp_path: Path) -> None:
    done = run("law", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert "The rules of law in 2026" in done.stdout
    done = run("law", "fixed_term_per_resident_eur", "--year", "2027", "--lang", "en", cwd=tmp_path)
    assert "In 2027: −11.57 EUR/resident (in force)." in done.stdout


def test_a_copy_is_edited_and_told(tmp_path: Path) -> None:
    done = run("law", "--copy", "lag", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    file = tmp_path / "lag" / "grants.csv"
    file.write_text(file.read_text("utf-8").replace(",25.73,", ",20.00,"), "utf-8")
    done = run("law", "state_grant_pct", "--law", "lag", "--lang", "en", cwd=tmp_path)
    assert "In 2026: 20 percent" in done.stdout
    assert "stands already" in refused("law", "--copy", "lag", "--lang", "en", cwd=tmp_path)
    assert run("law", "--copy", "lag", "--overwrite", cwd=tmp_path).returncode == 0


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    assert "no law parameter called snow" in refused("law", "snow", "--lang", "en", cwd=tmp_path)
    assert "There is no folder" in refused("law", "--law", "nowhere", "--lang", "en", cwd=tmp_path)
