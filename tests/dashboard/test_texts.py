"""Pages of text: methods, definitions, the key of missing figures, the accessibility statement."""

import asyncio
import re

import pytest

from api.contract import Flag, Status
from dashboard.client import ApiClient
from dashboard.documents import glossary, methods, page_of, slug
from dashboard.prerender import to_html
from dashboard.routing import render
from tests.dashboard.fake_api import RATE, FakeApi
from tests.dashboard.fake_cards import CARDS
from tests.dashboard.reading import rendered, tables_of, text_of
from tests.dashboard.real import RealPages
from tests.tree import ROOT

NAMES = sorted(path.stem for path in (ROOT / "docs" / "methods").glob("*.md"))


def test_every_document_of_a_method_is_a_page_and_in_the_list() -> None:
    assert sorted(methods()) == NAMES
    listed = to_html(rendered("/methods").content)
    for name in NAMES:
        assert f'href="/methods/{name}"' in listed


@pytest.mark.parametrize("name", NAMES)
def test_a_method_has_one_heading_of_the_first_level_and_all_its_words(name: str) -> None:
    page = rendered(f"/methods/{name}")
    text = to_html(page.content)
    assert text.count("<h1") == 1
    assert page.title == (ROOT / "docs" / "methods" / f"{name}.md").read_text("utf-8")[2:].partition("\n")[0]  # fmt: skip  # noqa: E501
    assert page.description
    assert len(text) > 3000


@pytest.mark.parametrize("name", NAMES)
def test_the_links_of_a_method_lead_to_pages_and_to_parts_that_there_are(name: str) -> None:
    text = methods()[name].html
    for address in re.findall(r'href="([^"]*)"', text):
        path, _, part = address.partition("#")
        assert path == "" or path.startswith(("/methods/", "/definitions", "/api/docs", "https://"))
        if part and path.startswith("/methods/"):
            assert f'id="{part}"' in methods()[path.rpartition("/")[2]].html
        elif part and not path:
            assert f'id="{part}"' in text


def test_a_link_to_a_document_that_is_no_page_leaves_its_words() -> None:
    assert page_of("../releases.md") == ""
    assert page_of("comparison.md#many-at-once") == "/methods/comparison#many-at-once"
    assert page_of("../../GLOSSARY.md#period") == "/definitions#period"
    assert page_of("https://example.org/x") == "https://example.org/x"
    assert "releases.md" not in "".join(one.html for one in methods().values())


def test_tables_of_a_document_scroll_by_themselves_and_have_names_and_heads() -> None:
    text = methods()["comparison"].html
    boxes = re.findall(r'<div class="table-scroll" tabindex="0" role="region" aria-label="([^"]+)"', text)  # fmt: skip  # noqa: E501
    assert len(boxes) == text.count("<table") == len(set(boxes))
    assert "<th></th>" not in text
    assert text.count("<th ") == text.count('scope="col"') > 0
    assert text.count("<pre") == text.count('<pre tabindex="0">')


def test_headings_have_the_ids_that_other_programs_give_them() -> None:
    assert slug("Does it raise false alarms?") == "does-it-raise-false-alarms"


def test_markup_in_a_document_is_shown_as_text() -> None:
    from dashboard.documents import _reader

    assert "<script" not in _reader().render("<script>alert(1)</script>")


def test_a_method_that_is_not_there_is_explained() -> None:
    assert rendered("/methods/astrology").status == 404


def test_every_word_of_the_glossary_has_a_place_on_the_page() -> None:
    words = re.findall(r"^\*\*([^*]+)\*\*", (ROOT / "GLOSSARY.md").read_text("utf-8"), re.MULTILINE)
    assert [term.words for term in glossary()] == words
    assert len({term.id for term in glossary()}) == len(words)
    text = to_html(rendered("/definitions").content)
    assert all(f'id="{term.id}"' in text for term in glossary())


def test_definitions_say_what_is_counted_of_what_and_which_way_is_good() -> None:
    text = text_of(rendered("/definitions?view=indicators").content)
    for card in CARDS:
        assert card["title"] in text
        assert card["numerator"] in text
        assert card["direction_reason"] in text


def test_definitions_are_asked_for_once() -> None:
    fake = FakeApi()
    client = ApiClient(fake.client)

    async def twice() -> int:
        await render(client, "/definitions", "view=indicators")
        before = len(fake.asked)
        await render(client, "/definitions", "view=indicators")
        return len(fake.asked) - before

    assert asyncio.run(twice()) == 1


def test_definitions_are_narrowed_by_words_that_stand_in_the_address() -> None:
    page = rendered("/definitions?q=suppress")
    assert "have “suppress” in them" in page.description
    assert "suppression" in to_html(page.content)
    assert 'id="tile-map"' not in to_html(page.content)
    none = text_of(rendered("/definitions?q=astrology").content)
    assert "Nothing here has “astrology” in it" in none


def test_the_key_has_every_reason_and_note_with_how_many_there_are() -> None:
    page = rendered("/missing")
    tables = tables_of(page)
    assert len(tables["Reasons, with how many there are"]) == len(Status) - 1
    assert len(tables["Notes, with how many there are"]) == len(Flag)
    assert page.description.startswith("1,000 figures are held and 12 are missing, most of them")


def test_the_counts_of_the_key_are_those_of_the_release(real: RealPages) -> None:
    page = real.page("/missing")
    rows = {row[0]: row for row in tables_of(page)["Reasons, with how many there are"]}
    assert rows["Suppressed"][2:] == ["c", "44,922"]
    assert "207,973 figures are held and 60,281 are missing" in page.description
    signs = {row[0]: row[2] for row in tables_of(page)["Signs, with how many there are"]}
    assert signs["x"] == "11,618"


def test_the_method_tells_of_every_question_that_pages_answer() -> None:
    words = text_of(rendered("/methods").content)
    told = ("own past", "Many at once", "Trend", "Do groups differ", "Inequalities",
            "Unlike others", "Read together")  # fmt: skip
    assert [what for what in told if what not in words] == []


def test_the_accessibility_statement_says_what_was_tested_and_what_falls_short() -> None:
    text = text_of(rendered("/accessibility").content)
    for words in ("WCAG 2.2", "axe-core", "by hand", "Known limits", "screen reader"):
        assert words in text
    assert RATE not in text
