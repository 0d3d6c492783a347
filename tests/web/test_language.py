"""In which language a browser is received: its own where that is one of ours, else English."""

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("accepted", "where"),
    [
        ("sv-FI,sv;q=0.9,en;q=0.8", "/sv/"),
        ("fi", "/fi/"),
        ("de-DE,fi;q=0.7", "/fi/"),
        ("de-DE,de", "/en/"),
        ("*", "/en/"),
        ("", "/en/"),
    ],
)
def test_the_bare_address_leads_to_the_reader_s_language(
    client: TestClient, accepted: str, where: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (307, where)
