"""The rate limit, the settings, the page of documents, and faults of our own."""

import asyncio
import gzip
import json
import re
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from api.documents import MISSING, read_vendor
from api.front import in_process
from api.limiting import read_limit
from api.settings import ApiSettings
from tests.api.conftest import client_for
from tests.tree import ROOT

ROWS = "/api/v1/observations?area=england"


def test_health_and_documents_are_not_limited(home: Path) -> None:
    client = client_for(home, rate_limit="1/hour")
    for _ in range(3):
        assert client.get("/api/health/live").status_code == 200
        assert client.get("/api/docs").status_code == 200


def test_calls_of_our_own_process_are_not_limited(home: Path) -> None:
    app = in_process(client_for(home, rate_limit="1/hour").app)

    async def ask_thrice() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as inside:
            return [(await inside.get(ROWS)).status_code for _ in range(3)]

    assert asyncio.run(ask_thrice()) == [200, 200, 200]


def test_nobody_outside_can_pass_for_our_own_process(home: Path) -> None:
    client = client_for(home, rate_limit="1/hour")
    headers = {"outcomes.in_process": "true", "X-Outcomes-In-Process": "1"}
    codes = [client.get(ROWS, headers=headers).status_code for _ in range(2)]
    assert codes == [200, 429]


def test_a_limit_that_cannot_be_read_is_refused_at_the_start() -> None:
    assert read_limit("off") is None
    with pytest.raises(ValueError, match="OUTCOMES_RATE_LIMIT"):
        read_limit("many")


def test_the_settings_know_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTCOMES_DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("OUTCOMES_PORT", "8123")
    settings = ApiSettings()
    assert settings.port == 8123
    assert "secret" not in repr(settings)


@pytest.fixture
def vendor(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client whose browser files were built, in small."""
    names = {"swagger-ui-bundle.js": "bundle.1.js", "swagger-ui.css": "ui.2.css"}
    for file in names.values():
        (tmp_path / file).write_bytes(b"/* made up */")
        (tmp_path / f"{file}.gz").write_bytes(gzip.compress(b"/* made up */"))
    manifest = {name: {"file": file} for name, file in names.items()}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    built = read_vendor(tmp_path)
    monkeypatch.setattr("api.main.read_vendor", lambda: built)
    return client_for(home)


def test_the_page_of_documents_takes_everything_from_our_own_host(vendor: TestClient) -> None:
    page = vendor.get("/api/docs")
    assert "/api/vendor/bundle.1.js" in page.text
    assert 'data-openapi="/api/openapi.json"' in page.text
    assert "http" not in page.text.replace("http-equiv", "")
    assert "<script>" not in page.text
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert vendor.get("/api/docs/init.js").headers["content-type"].startswith("text/javascript")


def test_the_page_of_documents_leads_to_the_dashboard_and_names_the_guides(
    vendor: TestClient,
) -> None:
    page = vendor.get("/api/docs").text
    assert '<a href="/">' in page
    assert '<a href="/about">' in page
    for guide in re.findall(r"<code>(docs/\S+\.md)</code>", page):
        assert (ROOT / guide).is_file()
    assert page.count("<code>docs/") == 4


def test_browser_files_are_sent_compressed_and_kept_for_ever_by_their_name(
    vendor: TestClient,
) -> None:
    sent = vendor.get("/api/vendor/bundle.1.js", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["content-encoding"] == "gzip"
    assert sent.text == "/* made up */"
    assert "immutable" in sent.headers["cache-control"]
    plain = vendor.get("/api/vendor/ui.2.css", headers={"Accept-Encoding": "identity"})
    assert plain.headers["content-type"].startswith("text/css")
    assert vendor.get("/api/vendor/manifest.json").status_code == 404
    assert vendor.get("/api/vendor/../main.py").status_code == 404


def test_without_browser_files_the_page_says_how_to_build_them(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = read_vendor(tmp_path)
    monkeypatch.setattr("api.main.read_vendor", lambda: empty)
    page = client_for(home).get("/api/docs")
    assert MISSING in page.text
    assert page.status_code == 200


@pytest.mark.parametrize("address", ["/api", "/api/"])
def test_the_address_of_the_api_itself_leads_to_what_there_is(home: Path, address: str) -> None:
    client = client_for(home)
    answer = client.get(address, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/api/v1/")
    assert client.get(address).json()["data"]["title"]
