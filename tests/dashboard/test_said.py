"""The authority's own words beside its figures, and what happened to what it sent."""

from typing import Any

from dashboard.page import Node
from dashboard.prerender import to_html
from tests.dashboard.fake_api import RATE, SHARE, FakeApi
from tests.dashboard.fake_said import CONCERN, GOOD, RETURN, comment
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of

OTHER = "X06000003"
RETURNS = f"/areas/{AUTHORITY}/returns"


def blocks(address: str, fake: FakeApi | None = None) -> list[str]:
    content = rendered(address, fake).content
    return [plain(found) for found in nodes_of(content) if found["type"] == "Blockquote"]


def plain(content: Node) -> str:
    """The words of a page with single spaces."""
    return " ".join(text_of(content).split())


def test_words_stand_beside_the_figure_on_the_page_of_the_indicator() -> None:
    (block,) = blocks(f"/indicators/{RATE}?area={AUTHORITY}")
    assert block.startswith("Going well: a change of practice (31 March 2025)")
    assert "Teams visit <families> earlier." in block
    assert "Written by Brennowcombe (who signs its returns off) on 2 December 2025" in block
    assert "checked on 5 December 2025" in block
    assert "More of it at www.example.org" in block


def test_words_are_text_and_never_markup() -> None:
    html = to_html(rendered(f"/indicators/{RATE}?area={AUTHORITY}").content)
    assert "Teams visit &lt;families&gt; earlier." in html
    assert "<families>" not in html


def test_the_kind_is_told_in_words_and_by_a_shape_that_is_not_read_out() -> None:
    page = rendered(f"/indicators/{RATE}?area={AUTHORITY}")
    mark = next(
        found
        for found in nodes_of(page.content)
        if "mark-going_well" in str(found["props"].get("className"))
    )
    assert mark["props"]["aria-hidden"] == "true"


def test_words_on_another_period_say_which() -> None:
    (block,) = blocks(f"/indicators/{SHARE}?area={AUTHORITY}")
    assert "Of concern: a change of practice (year ending 31 March 2024)" in block


def test_words_of_one_authority_are_not_shown_on_the_page_of_another() -> None:
    assert blocks(f"/indicators/{RATE}?area={OTHER}") == []
    assert blocks(f"/areas/{OTHER}") == []
    assert blocks(f"/indicators/{RATE}") == []


def test_the_page_of_an_authority_has_its_words_in_the_card_and_a_way_to_them() -> None:
    page = rendered(f"/areas/{AUTHORITY}")
    card = next(f for f in nodes_of(page.content) if f["props"].get("id") == RATE)
    assert "Teams visit" in text_of(card)
    assert "Its own words stand beside 1 figure:" in text_of(page.content)
    assert f'href="#{RATE}"' in to_html(page.content)


def test_a_comment_on_a_part_says_which_part() -> None:
    fake = FakeApi()
    fake.comments = [comment(RATE, "context", "It is about girls above all.", sex="F")]
    (block,) = blocks(f"/areas/{AUTHORITY}", fake)
    assert block.startswith("Context: a change of practice (sex F)")


def test_the_authority_page_leads_to_its_returns_where_there_are_any() -> None:
    assert f'href="{RETURNS}"' in to_html(rendered(f"/areas/{AUTHORITY}").content)
    assert "/returns" not in to_html(rendered(f"/areas/{OTHER}").content)


def test_a_return_says_what_became_of_it_and_where_it_is_shown() -> None:
    page = rendered(RETURNS)
    words = plain(page.content)
    assert "Brennowcombe has 1 return in this release: 6 figures shown and 1 hidden." in words
    assert "3 October 2025, by an approver of the authority" in words
    assert "The day is not recorded" in words
    html = to_html(page.content)
    assert f'href="/indicators/{RATE}?area={AUTHORITY}&amp;period=RY2025"' in html


def test_a_return_that_feeds_nothing_says_why() -> None:
    fake = FakeApi()
    fake.returns = [{**RETURN, "indicators": []}]
    assert "published figures have taken its place" in text_of(rendered(RETURNS, fake).content)


def test_an_authority_without_a_return_in_the_release_is_told_so() -> None:
    words = text_of(rendered(f"/areas/{OTHER}/returns").content)
    assert "is in this release" in words
    assert "returns" not in tables_of(rendered(f"/areas/{OTHER}/returns"))


def test_the_page_about_the_data_says_what_the_policy_protects_and_what_it_does_not() -> None:
    page = rendered("/missing")
    words = plain(page.content)
    assert "Publishers hide 3,456 of the figures" in words
    assert "strict : Counts of authorities are rounded to 5. 12 of them are hidden." in words
    rows = tables_of(page)["What the policy protects, and what it does not"]
    assert [row[:2] for row in rows] == [["Small counts", "Yes"], ["What remains", "No"]]


def test_a_release_without_returns_says_that_no_policy_was_needed() -> None:
    fake = FakeApi()
    none: dict[str, Any] = {"policy": "", "title": "", "statements": [], "hidden": 0}
    fake.disclosure = {**fake.disclosure, **none}
    words = text_of(rendered("/missing", fake).content)
    assert "It holds no return of an authority" in words
    assert "strict" not in words


def test_going_well_is_shown_as_readily_as_concern() -> None:
    fake = FakeApi()
    fake.comments = [{**GOOD, "period": "RY2025"}, {**CONCERN, "period": "RY2025"}]
    assert len(blocks(f"/areas/{AUTHORITY}", fake)) == 2
