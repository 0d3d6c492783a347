"""The report by interface and page: the command line's file, known again by its tag, and refused in words."""

import datetime
from collections.abc import Iterator
from contextlib import nullcontext
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from fastapi.testclient import TestClient

from framsyn.i18n.translator import LANGUAGES, Words
from framsyn.report.kinds.material import Asked, Material
from framsyn.report.making import KINDS
from framsyn.web.api import report
from framsyn.web.app import create_app
from tests.report.made_reports import easy
from tests.test_cli import run

LINE = "focused*digital.40*from.2030*housing.20"
WHERE = "/api/v1/municipalities/Närpes/report"
SMALL: dict[str, Any] = {"years": 5, "draws": 20, "seed": 7, "date": "2026-05-31"}


@pytest.fixture
def asked_of(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """Reports that cost nothing, and what each was of."""
    told: list[Asked] = []

    def noted(material: Material, kind: str, form: str, said: Words, day: datetime.date) -> bytes:
        told.append(material.asked)
        return easy(material, kind, form, said, day)

    monkeypatch.setattr(report, "drawing_beside", nullcontext)
    monkeypatch.setattr(report, "made", noted)
    return told


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A server of its own: what it keeps would outlive a maker that costs nothing."""
    with TestClient(create_app(), base_url="http://localhost", follow_redirects=False) as opened:
        yield opened


def test_a_report_is_what_the_command_line_writes(client: TestClient, tmp_path: Path) -> None:
    sent = client.get(WHERE, params=SMALL | {"strategy": LINE, "format": "html", "lang": "fi"})
    assert sent.status_code == 200, sent.text
    assert sent.headers["content-type"] == "text/html; charset=utf-8"
    named = sent.headers["content-disposition"].partition("filename*=UTF-8''")[2]
    assert unquote(named) == "framsyn-Närpiö-foresight-fi.html"
    told = ["--years", "5", "--draws", "20", "--seed", "7", "--strategy", LINE, "--date", "2026-05-31"]
    ran = run("report", "545", *told, "--lang", "fi", "--out", "report.html", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert sent.content == (tmp_path / "report.html").read_bytes()


def test_every_format_has_its_media_type_and_its_name(client: TestClient, asked_of: list[Asked]) -> None:
    media = {
        "": "application/pdf",
        "pdf": "application/pdf",
        "html": "text/html; charset=utf-8",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    for form, told in media.items():
        sent = client.get(WHERE, params=SMALL | {"format": form})
        assert (sent.status_code, sent.headers["content-type"]) == (200, told)
        assert (
            f'filename="framsyn-Narpes-foresight-sv.{form or "pdf"}"' in sent.headers["content-disposition"]
        )
        assert sent.text == f"545 foresight {form or 'pdf'} sv 2026-05-31"
    assert (asked_of[0].years, asked_of[0].draws, asked_of[0].seed) == (5, 20, 7)
    assert (asked_of[0].strategy, asked_of[0].files) == (None, {})


def test_a_strategy_comes_in_its_line(client: TestClient, asked_of: list[Asked]) -> None:
    client.get(WHERE, params=SMALL | {"strategy": LINE, "budget_year": 2028})
    client.get(WHERE, params=SMALL | {"strategy": "lazy"})
    assert [one.strategy for one in asked_of] == ["strategy_1", "lazy"]
    assert [list(one.known) for one in asked_of] == [["strategy_1"], []]
    assert asked_of[0].files == {"--strategy": LINE, "--budget-year": "2028"}


def test_the_same_question_has_the_same_tag_for_as_long_as_the_day(
    client: TestClient, asked_of: list[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(report, "today", lambda: datetime.date(2026, 5, 31))
    first = client.get(WHERE, params={"draws": 20})
    assert first.text.endswith("2026-05-31")
    known = {"If-None-Match": first.headers["etag"]}
    assert client.get(WHERE, params={"draws": 20}, headers=known).status_code == 304
    assert len(asked_of) == 1
    monkeypatch.setattr(report, "today", lambda: datetime.date(2026, 6, 1))
    later = client.get(WHERE, params={"draws": 20}, headers=known)
    assert (later.status_code, later.text[-10:]) == (200, "2026-06-01")
    assert later.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "horoscope"}, "choose among"),
        ({"format": "odt"}, "choose among"),
        ({"strategy": "lazy*wings.2"}, "There is no lever wings"),
        ({"draws": 501}, "500 at most"),
        ({"date": "31.5.2026"}, "date cannot be"),
        ({"date": "1970-01-01"}, "from 1980 to 2107"),
        ({"budget_year": 2026}, "must be from 2027"),
    ],
)
def test_what_cannot_be_reported_is_refused(client: TestClient, changes: dict[str, Any], said: str) -> None:
    refused = client.get(WHERE, params=SMALL | changes | {"lang": "en"})
    assert refused.status_code == 422
    assert said in refused.json()["error"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_leads_to_the_file_without_script(
    client: TestClient, asked_of: list[Asked], lang: str
) -> None:
    name = {"sv": "Närpes", "fi": "Närpiö", "en": "Närpes"}[lang]
    asked = {"strategy": LINE, "seed": "7", "draws": "20", "date": "2026-05-31"}
    page = unescape(client.get(f"/{lang}/municipality/{name}/report", params=asked).text)
    form = page.partition('<form class="report-form"')[2].partition("</form>")[0]
    for field in ("kind", "format", "strategy"):
        assert f'<label for="report-{field}">' in form
        assert f'<select id="report-{field}" name="{field}">' in form
    assert f'<option value="{LINE}" selected>' in form
    assert all(f'<option value="{kind}"' in form for kind in KINDS)
    where = form.partition('action="')[2].partition('"')[0]
    kept = {
        one: form.partition(f'name="{one}" value="')[2].partition('"')[0] for one in ("seed", "draws", "date")
    }
    sent = client.get(where, params={"kind": "foresight", "format": "", "strategy": LINE, **kept})
    assert sent.text == f"545 foresight pdf {lang} 2026-05-31"
    assert (asked_of[0].strategy, asked_of[0].seed, asked_of[0].draws) == ("strategy_1", 7, 20)


def test_the_pages_lead_to_the_report_with_their_strategy(client: TestClient) -> None:
    levers = unescape(
        client.get("/sv/municipality/Närpes/levers", params={"strategy": LINE, "draws": 5}).text
    )
    link = levers.partition("data-strategy href=")[2].partition('"')[2].partition('"')[0]
    assert unquote(urlsplit(link).path) == "/sv/municipality/Närpes/report"
    assert parse_qs(urlsplit(link).query)["strategy"] == [LINE]
    page = client.get("/sv/municipality/Närpes", params={"draws": 12, "years": 5, "seed": 3}).text
    form = page.partition('<form class="report-form"')[2].partition("</form>")[0]
    assert 'name="years" value="5"' in form
    assert 'name="seed" value="3"' in form
    assert "draws" not in form


def test_what_goes_wrong_is_told_as_a_page_and_names_are_found(client: TestClient) -> None:
    refused = client.get("/en/municipality/Närpes/report/file", params={"date": "1970-01-01"})
    assert refused.status_code == 422
    assert "<h1>" in refused.text
    assert "from 1980 to 2107" in refused.text
    moved = client.get("/fi/municipality/545/report/file", params={"kind": "foresight"})
    assert moved.status_code == 307
    assert unquote(moved.headers["location"]) == "/fi/municipality/Närpiö/report/file?kind=foresight"
    assert client.get("/sv/municipality/Ingenstans/report").status_code == 404
