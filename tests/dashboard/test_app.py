"""The dashboard as an application: statuses, headers, files, and Dash's own routes."""

import re

import brotli
import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from dashboard.app import _log_error, create_dashboard
from dashboard.shell import SITE
from tests.dashboard.conftest import dashboard_server
from tests.dashboard.fake_api import RATE, FakeApi
from tests.dashboard.reading import AUTHORITY, PATHS, rendered


class FakeAnswer:
    """The API, as far as this test looks at it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("hello")(scope, receive, send)


@pytest.fixture(scope="module")
def web() -> TestClient:
    """A client of the dashboard that follows no redirects."""
    return TestClient(dashboard_server(FakeApi()), follow_redirects=False)


@pytest.mark.parametrize("address", PATHS)
def test_the_first_html_has_title_sentence_and_content(web: TestClient, address: str) -> None:
    page = rendered(address)
    answer = web.get(address)
    assert answer.status_code == page.status
    assert f"<title>{page.title if page.title == SITE else f'{page.title} – {SITE}'}</title>" in (
        answer.text.replace("&#x27;", "'")
    )
    first = answer.text.partition('<div id="first">')[2].partition('<div id="painted" hidden>')[0]
    assert 'class="lead-sentence"' in first
    assert ("<table" in first) == ("'type': 'Table'" in str(page.content))


def test_a_document_names_its_language_and_has_landmarks(web: TestClient) -> None:
    text = web.get("/").text
    assert '<html lang="en-GB">' in text
    assert text.count("<main") == text.count("<h1") == 1
    assert all(part in text for part in ("<header", "<nav", "<footer", 'href="#main"'))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        (f"/indicators/{RATE}", 200),
        (f"/indicators/{RATE}/", 200),
        ("/nowhere", 404),
        ("/indicators/none_such", 404),
        ("/indicators/a/b", 404),
        (f"/areas?code={AUTHORITY}", 303),
        ("/assets/none.css", 404),
        ("/_dash-component-suites/dash/none.js", 404),
        ("/_dash-component-suites/os/path.py", 404),
    ],
)
def test_every_address_has_its_status_for_get_and_head(
    web: TestClient, address: str, status: int
) -> None:
    got, head = web.get(address), web.head(address)
    assert got.status_code == head.status_code == status
    assert head.content == b""


def test_a_redirect_stays_on_this_host(web: TestClient) -> None:
    answer = web.get("/areas?code=//elsewhere.invalid/x")
    assert answer.headers["location"] == "/areas/%2F%2Felsewhere.invalid%2Fx"


def test_only_scripts_of_this_host_may_run(web: TestClient) -> None:
    policy = web.get("/").headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]+)", policy)
    assert scripts is not None
    assert all(part == "'self'" or part.startswith("'sha256-") for part in scripts[1].split())
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_a_document_asks_nothing_of_another_host(web: TestClient) -> None:
    text = web.get(f"/indicators/{RATE}").text
    asked = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', text)
    assert asked
    assert all(address.startswith("/") for address in asked)
    assert "websocket" not in text


def test_every_file_of_a_document_is_compressed_and_kept_for_ever(web: TestClient) -> None:
    text = re.sub('<link rel="alternate"[^>]+>', "", web.get("/").text)  # loaded by nobody
    for address in re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"', text):
        answer = web.get(address, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        if int(answer.headers["content-length"]) > 512:
            assert answer.headers["content-encoding"] == "br"


def test_the_small_figure_library_is_served_in_the_place_of_the_large_one(web: TestClient) -> None:
    address = "/_dash-component-suites/plotly/package_data/plotly.min.js"
    answer = web.get(address, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) < 400_000
    assert b"plotly.js (basic" in answer.content[:300]


def test_pages_are_compressed(web: TestClient) -> None:
    address = f"/indicators/{RATE}"
    plain = web.get(address, headers={"Accept-Encoding": "identity"})
    packed = web.get(address, headers={"Accept-Encoding": "br"})
    assert packed.headers["content-encoding"] == "br"
    assert int(packed.headers["content-length"]) * 5 < len(plain.content)
    assert brotli.compress(plain.content)


def test_a_page_weighs_less_than_its_promise_without_the_figure_library(web: TestClient) -> None:
    document = web.get(f"/indicators/{RATE}", headers={"Accept-Encoding": "br"})
    files = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"', document.text)
    weights = [
        int(web.get(file, headers={"Accept-Encoding": "br"}).headers["content-length"])
        for file in files
    ]
    assert sum(weights) + int(document.headers["content-length"]) < 450_000


def test_the_api_is_not_wrapped() -> None:
    server = FastAPI(openapi_url=None)
    server.mount("/api", FakeAnswer())
    create_dashboard(server, FakeApi().client)
    answer = TestClient(server).get("/api/hello")
    assert answer.text == "hello"
    assert "content-security-policy" not in answer.headers


def test_what_a_callback_raises_is_logged_and_raised_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(ValueError, match="spoilt"):
        _log_error(ValueError("spoilt"))
    assert "callback failed" in caplog.text


def test_a_page_that_fails_is_logged_and_answered(caplog: pytest.LogCaptureFixture) -> None:
    fake = FakeApi()
    fake.where.card = lambda area: {}  # type: ignore[method-assign]
    answer = TestClient(dashboard_server(fake)).get("/areas")
    assert answer.status_code == 500
    assert "Sorry, there is a problem with the service" in answer.text
    assert "Traceback" not in answer.text
    assert "page failed" in caplog.text


def test_a_callback_paints_the_page_that_the_first_html_holds(web: TestClient) -> None:
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "address", "property": "pathname", "value": "/about"},
            {"id": "address", "property": "search", "value": ""},
        ],
        "changedPropIds": ["address.pathname"],
    }
    web.get("/_dash-dependencies")
    answer = web.post("/_dash-update-component", json=body)
    painted = answer.json()["response"]["page"]["children"]
    assert painted["props"]["data-ready"] == "true"
    assert painted["props"]["data-title"] == f"About the data – {SITE}"
    assert painted["props"]["data-sentence"] == rendered("/about").description
