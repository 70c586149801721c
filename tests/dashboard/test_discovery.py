"""What search engines find: the data set beside pages, robots.txt and the sitemap."""

import asyncio
import json
import re
from xml.etree import ElementTree as ET

import httpx
import pytest
from starlette.testclient import TestClient

from dashboard.linked_data import LinkedData, as_script
from tests.dashboard.conftest import dashboard_server
from tests.dashboard.fake_api import FakeApi

DATASET = {"@context": "https://schema.org", "@type": "Dataset", "name": "</script> & more"}
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


class CataloguedApi(FakeApi):
    """The canned answers, and a catalogue."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/v1/catalogue":
            self.asked.append("catalogue")
            return httpx.Response(200, json=DATASET)
        return super().__call__(request)


class PracticeApi(FakeApi):
    """The canned answers, marked as those of a practice store are."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = super().__call__(request)
        answer.headers["X-Data-Kind"] = "practice"
        return answer


def linked(text: str) -> list[str]:
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)


@pytest.mark.parametrize("path", ["/", "/about"])
def test_the_data_set_stands_beside_the_pages_of_all_figures(path: str) -> None:
    text = TestClient(dashboard_server(CataloguedApi())).get(path).text
    (script,) = linked(text)
    assert json.loads(script) == DATASET
    assert "</script> & more" not in text


def test_other_pages_have_none() -> None:
    assert linked(TestClient(dashboard_server(CataloguedApi())).get("/areas").text) == []


def test_a_page_is_shown_without_it_while_there_is_no_catalogue() -> None:
    answer = TestClient(dashboard_server(FakeApi())).get("/about")
    assert (answer.status_code, linked(answer.text)) == (200, [])


def test_the_description_is_asked_for_once_a_minute() -> None:
    fake, now = CataloguedApi(), [0.0]

    async def asked() -> list[str]:
        data = LinkedData(fake.client, lambda: now[0])
        first = [await data.beside("/") for _ in range(3)]
        now[0] = 61.0
        return [*first, await data.beside("/about")]

    assert set(asyncio.run(asked())) == {as_script(httpx.Response(200, json=DATASET).text)}
    assert fake.asked == ["catalogue", "catalogue"]


def test_every_page_names_the_feed_of_releases() -> None:
    text = TestClient(dashboard_server(FakeApi())).get("/areas").text
    assert 'type="application/atom+xml"' in text
    assert 'href="/api/v1/feeds/releases.atom"' in text


def test_robots_may_follow_all_and_are_told_of_the_sitemap() -> None:
    text = TestClient(dashboard_server(FakeApi()), base_url="https://example.org").get(
        "/robots.txt"
    )
    assert text.text == "User-agent: *\nAllow: /\nSitemap: https://example.org/sitemap.xml\n"


def test_made_up_figures_are_not_for_search_engines() -> None:
    with TestClient(dashboard_server(PracticeApi())) as web:
        assert web.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_the_sitemap_names_pages_that_are_there() -> None:
    web = TestClient(dashboard_server(FakeApi()), base_url="https://example.org")
    answer = web.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    pages = [one.text or "" for one in ET.fromstring(answer.content).findall("s:url/s:loc", SPACE)]  # noqa: S314
    assert len(pages) == len(set(pages)) > 100
    assert all(page.startswith("https://example.org/") for page in pages)
    kinds = {page.removeprefix("https://example.org").split("/")[1]: page for page in pages}
    assert {"areas", "indicators", "pairs", "about"} <= set(kinds)
    kinds.pop("api")
    for page in kinds.values():
        assert web.get(page).status_code == 200, page


def test_no_sitemap_is_given_while_the_api_has_no_answer() -> None:
    fake = FakeApi()
    fake.broken = True
    web = TestClient(dashboard_server(fake), raise_server_exceptions=False)
    assert web.get("/sitemap.xml").status_code == 503


def test_only_addresses_that_are_known_to_be_ours_are_kept_by_caches() -> None:
    elsewhere = {"Host": "elsewhere.example"}
    for path in ("/robots.txt", "/sitemap.xml"):
        unknown = TestClient(dashboard_server(FakeApi())).get(path, headers=elsewhere)
        assert unknown.headers["cache-control"] == "private, no-store"
        ours = TestClient(dashboard_server(FakeApi(), public_url="https://ours.example/csc"))
        known = ours.get(path, headers=elsewhere)
        assert "elsewhere" not in known.text
        assert "https://ours.example/csc/" in known.text
        assert "max-age" in known.headers["cache-control"]
