"""Search: by what people call things, with typing errors, old names, codes and abbreviations."""

import re

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from dashboard.page import Page
from dashboard.prerender import to_html
from dashboard.routing import ROUTES
from dashboard.views.finding import pages_found, terms_found
from dashboard.words.uses import PLACES, SAID_AS
from tests.dashboard.conftest import open_page
from tests.dashboard.fake_api import RATE, FakeApi
from tests.dashboard.reading import rendered, text_of
from tests.dashboard.real import RealPages


def links(page: Page) -> list[str]:
    found: list[str] = re.findall(r'href="([^"]+)"', to_html(page.content))
    return [address.replace("&amp;", "&") for address in found]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("LAC", "/indicators/cla_31mar_rate_10k"),
        ("looked aftr", "/indicators/cla_31mar_rate_10k"),
        ("NEET", "/indicators/care_leaver_neet_19_21_pct"),
        ("SSDA903", "/indicators/cla_31mar_rate_10k"),
        ("Mancester", "/areas/E08000003"),
        ("north yorkshire", "/areas/E06000065"),
        ("Cumbria", "/areas/E10000006"),
        ("E08000039", "/areas/E08000019"),
        ("886", "/areas/E10000016"),
        ("south east", "/areas/E12000008"),
        ("deprivation", "/compare?compare=deprivation"),
        ("Ofsted inadequate", "/compare"),
        ("compare by region", "/compare"),
        ("rural", "/compare"),
        ("tartan rug", "/heat"),
        ("statistical neighbours", "/methods/neighbours"),
        ("statistical neighbours", "/definitions#neighbour"),
        ("suppressed", "/missing"),
        ("suppressed", "/definitions#suppression"),
        ("league table", "/methods/position"),
        ("funnel", "/methods"),
        ("council", "/definitions#authority"),
    ],
)
def test_what_people_type_finds_what_they_mean(real: RealPages, query: str, address: str) -> None:
    page = real.page(f"/search?q={query.replace(' ', '+')}")
    assert address in links(page), page.description
    assert len(real.asked) <= 5


def test_the_very_name_of_an_authority_or_an_indicator_comes_first(real: RealPages) -> None:
    for query, name in (
        ("kent", "Kent"),
        ("in foster care", "Children looked after in foster placements"),
    ):
        text = to_html(real.page(f"/search?q={query.replace(' ', '+')}").content)
        best = text[text.index('id="best"') :].partition("</section>")[0]
        assert name.casefold()[:12] in best.casefold()
    assert not real.page("/search?q=kent").redirect


def test_an_authority_that_ended_says_until_when_and_what_came_after(real: RealPages) -> None:
    text = text_of(real.page("/search?q=Cumbria").content)
    assert "until 31 March 2023" in text
    assert "now Cumberland and Westmorland and Furness" in text


def test_a_typing_error_is_said_to_be_one(real: RealPages) -> None:
    assert real.page("/search?q=Mancester").description == (
        "No area is called “Mancester”. Did you mean Manchester?"
    )
    assert real.page("/search?q=looked+aftr").description.startswith(
        "Nothing has “looked aftr” in it; for “looked after” there are"
    )


def test_a_word_that_is_found_is_not_taken_for_a_misspelt_name(real: RealPages) -> None:
    page = real.page("/search?q=rural")
    assert page.description.startswith("Found for “rural”: 1 grouping")
    assert "Wirral" not in text_of(page.content)


def test_an_abbreviation_finds_all_that_its_words_find(real: RealPages) -> None:
    page = real.page("/search?q=LAC")
    in_full = real.page("/search?q=looked+after")
    count = re.compile(r"(\d+) indicators")
    assert count.search(page.description)[1] == count.search(in_full.description)[1]  # type: ignore[index]
    assert "/indicators?q=looked%20after" in links(page)


def test_where_nothing_is_found_the_page_says_what_to_try(real: RealPages) -> None:
    page = real.page("/search?q=zzzqq")
    assert page.description == "Nothing was found for “zzzqq”."
    assert page.status == 200
    assert "Try fewer or shorter words" in text_of(page.content)
    assert "/indicators" in links(page)


def test_without_words_the_page_says_what_can_be_found() -> None:
    page = rendered("/search")
    assert "For example:" in text_of(page.content)
    assert page.title == "Search"


def test_what_was_typed_is_text_and_nothing_else() -> None:
    text = to_html(rendered("/search?q=<script>alert(1)</script>").content)
    assert "<script" not in text


def test_a_search_within_a_release_stays_in_it() -> None:
    found = links(rendered("/search?q=placements&release=2025-11-20"))
    assert any("release=2025-11-20" in one for one in found if one.startswith("/indicators/"))


def test_long_lists_lead_to_the_list_of_all(real: RealPages) -> None:
    page = real.page("/search?q=looked+after")
    shown = [one for one in links(page) if one.startswith("/indicators/")]
    assert len(shown) == 12
    assert "/indicators?q=looked%20after" in links(page)


def test_every_page_that_search_names_is_a_page() -> None:
    known = [route.pattern for route in ROUTES]
    later = {"/heat", "/trends", "/gaps", "/scatter", "/own", "/releases", "/compare", "/data"}
    for place in PLACES:
        is_method = place.address.startswith("/methods/")
        assert is_method or place.address in {*known, *later, "/api/docs"}


def test_every_word_that_people_say_leads_to_a_word_of_the_glossary() -> None:
    for said, word in SAID_AS.items():
        assert any(word in found.words for found in terms_found(said)), said
    assert pages_found("") == terms_found("") == []


def test_a_search_of_the_made_up_country_names_what_it_holds() -> None:
    fake = FakeApi()
    page = rendered("/search?q=Brennowcombe", fake)
    assert page.description == "Found for “Brennowcombe”: 1 area."
    assert "/areas/X06000002" in links(page)
    assert f"/indicators/{RATE}" in links(rendered("/search?q=rate+of+children", fake))


@pytest.mark.browser
@pytest.mark.unmeasured
def test_a_reader_searches_from_the_overview_by_keyboard(tab: Tab, address: str) -> None:
    open_page(tab, address)
    tab.locator("#q").fill("Brennowcombe")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("[data-ready]:visible")
    expect(tab.locator("h1")).to_have_text("Search: Brennowcombe")
    tab.get_by_role("link", name="Brennowcombe").first.click()
    expect(tab.locator("h1")).to_have_text("Brennowcombe")
