"""A figure broken down: parts beside their whole, in words, table and drawing; and siblings."""

import re
from typing import Any, cast

import pytest

from api.contract import AreaCard, InequalityRow
from dashboard.components.indicator_family import shared_words
from dashboard.prerender import to_html
from dashboard.views.indicator_parts import Breakdown, Side
from dashboard.words.outcomes import Measure
from dashboard.words.parts import (
    missing_parts_sentences,
    part_title,
    parts_sentence,
    silent_sentence,
    whole_sentence,
)
from tests.dashboard.fake_api import COUNT, RATE, SCORE, SHARE, FakeApi
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of

PAGE = f"/indicators/{RATE}?view=parts"
SHARES = Measure("%", 1, "during")


def part(id: str, address: str, fake: FakeApi | None = None) -> Any:
    """Return the section of a page under a heading."""
    content = rendered(_with_breakdown(id, address), fake).content
    return next(n for n in nodes_of(content) if n["props"].get("aria-labelledby") == id)


def _with_breakdown(id: str, address: str) -> str:
    """Return the address of the page that shows a breakdown, by the id of its section."""
    by = id.removeprefix("by-").replace("-", "_")
    return f"{address}&by={by}" if by != id.replace("-", "_") else address


def table(by: str, address: str, fake: FakeApi | None = None) -> list[list[str]]:
    tables = tables_of(rendered(_with_breakdown(by.replace(" ", "-"), address), fake))
    return next(rows for caption, rows in tables.items() if f" {by}, " in caption)


def row(value: float | None, **more: Any) -> InequalityRow:
    plain = {"value": value, "numerator": None, "reason_code": None, "difference": None}
    return cast("InequalityRow", plain | {"status": "suppressed" if value is None else "ok"} | more)


def test_each_breakdown_has_a_table_of_the_country_with_the_whole_first() -> None:
    rows = table("by sex", PAGE)
    assert [cells[0] for cells in rows] == ["All", "Boys", "Girls"]
    assert all(len(cells) == 4 for cells in rows)
    counted = [int(cells[3].replace(",", "")) for cells in rows]
    assert counted[0] == counted[1] + counted[2]


def test_a_chosen_area_stands_beside_the_country() -> None:
    head, *_ = table("by sex", f"{PAGE}&area={AUTHORITY}")
    assert len(head) == 7
    words = text_of(part("by-sex", f"{PAGE}&area={AUTHORITY}"))
    assert "Made-up country: the largest part is “Boys”" in words
    assert "Brennowcombe: the largest part is “Boys”" in words


def test_parts_of_one_denominator_are_said_to_add_up() -> None:
    assert "so they add up to it" in text_of(part("by-sex", PAGE))
    assert "Each part has a denominator of its own" in text_of(part("by-school-phase", PAGE))


def test_a_part_without_a_figure_says_why() -> None:
    address = f"{PAGE}&area={AUTHORITY}"
    last = table("by school phase", address)[-1]
    assert last[4].strip() == "suppressed"
    words = text_of(part("by-school-phase", address))
    assert "Brennowcombe has no figure for “After school”: hidden, because" in words


def test_an_area_without_any_part_has_a_reason_and_no_column() -> None:
    fake = FakeApi()
    fake.figures.values[(RATE, "RY2025", AUTHORITY)] = None
    address = f"{PAGE}&area={AUTHORITY}"
    assert len(table("by sex", address, fake)[0]) == 4
    words = text_of(part("by-sex", address, fake))
    assert "No part has a figure for Brennowcombe: hidden, because" in words


def test_parts_that_come_out_later_are_of_the_year_before_and_say_so() -> None:
    fake = FakeApi()
    fake.figures.parts_until[RATE] = "RY2024"
    found = part("broken-down", PAGE, fake)
    said = "No part is held on 31 March 2025; these are the parts on 31 March 2024."
    assert text_of(found).count(said) == 1
    assert "period=RY2024&" in to_html(found).replace("&amp;", "&")
    assert "by=sex" in to_html(found)


def test_a_breakdown_without_recent_parts_says_so_and_leads_to_earlier_ones() -> None:
    fake = FakeApi()
    fake.figures.parts_until[RATE] = "RY2023"
    found = part("broken-down", PAGE, fake)
    assert "No part of this figure is held of the period shown" in text_of(found)
    assert "period=all" in to_html(found)


def test_an_indicator_without_breakdowns_has_no_such_section() -> None:
    assert 'id="broken-down"' not in to_html(rendered(f"/indicators/{SCORE}?view=parts").content)


def test_parts_and_siblings_come_in_one_call() -> None:
    fake = FakeApi()
    rendered(f"{PAGE}&area={AUTHORITY}", fake)
    asked = [request for request in fake.asked if "by=sex" in request]
    assert len(asked) == 1
    assert f"area=england,{AUTHORITY}" in asked[0]


def test_every_part_has_its_line_in_the_drawing() -> None:
    drawn = to_html(part("by-sex", f"{PAGE}&area={AUTHORITY}"))
    assert drawn.count('role="img"') == 1
    assert {"Boys", "Girls"} <= set(re.findall(r">([^<]+)</text>", drawn))
    assert drawn.count('class="symbol"') == 2 + 2 * 2  # the key, then two areas in two parts


def test_parts_lead_to_their_source_and_to_the_same_numbers() -> None:
    html = to_html(part("broken-down", f"{PAGE}&area={AUTHORITY}"))
    assert 'href="/sources/office_children_2025' in html
    address = next(a for a in re.findall(r'href="([^"]+)"', html) if a.endswith("format=csv"))
    assert f"indicator={RATE}&amp;area=england,{AUTHORITY}&amp;period=RY2025" in address
    assert "by=sex,school_phase" in address


def test_siblings_are_links_with_their_figure_for_the_chosen_area_or_the_country() -> None:
    fake = FakeApi()
    country = fake.figures.values[(SCORE, "RY2025", fake.places.country.code)]
    own = fake.figures.values[(SCORE, "RY2025", AUTHORITY)]
    found = rendered(f"/indicators/{SHARE}", fake).content
    family = next(n for n in nodes_of(found) if n["props"].get("className") == "family")
    assert text_of(family) == f"In the same family (Made-up country): Wellbeing score  {country}"
    chosen = rendered(f"/indicators/{SHARE}?area={AUTHORITY}", fake).content
    family = next(n for n in nodes_of(chosen) if n["props"].get("className") == "family")
    assert f"(Brennowcombe): Wellbeing score  {own}" in text_of(family)
    assert f'href="/indicators/{SCORE}?area={AUTHORITY}"' in to_html(family)


def test_siblings_of_an_earlier_period_name_it() -> None:
    found = rendered(f"/indicators/{SHARE}?period=RY2024").content
    family = next(n for n in nodes_of(found) if n["props"].get("className") == "family")
    assert "(Made-up country, year ending 31 March 2024):" in text_of(family)


def test_words_that_siblings_share_are_not_said_again() -> None:
    assert shared_words(["Absence: in need", "Absence: looked after"]) == "Absence: "
    assert shared_words(["Homes, 17 to 18", "Homes, 19 to 21"]) == "Homes, "
    assert shared_words(["Leadership good", "Leadership inadequate"]) == ""
    assert shared_words(["Factor: abuse, child", "Factor: gangs"]) == "Factor: "


def test_a_figure_of_the_country_alone_has_no_map_and_says_why() -> None:
    fake = FakeApi()
    fake.figures.of_country_only.add(RATE)
    page = rendered(f"/indicators/{RATE}?area={AUTHORITY}", fake)
    html, words = to_html(page.content), text_of(page.content)
    assert page.description.startswith(
        "Brennowcombe has no figure on 31 March 2025: not published for areas of this kind. "
        "Made-up country: "
    )
    assert "published for Made-up country alone" in words
    for absent in ('class="drawing tilemap"', "view=groups", 'id="compared"', "view=table"):
        assert absent not in html
    for view in ("map", "ranked", "distribution", "funnel", "groups", "table"):
        other = rendered(f"/indicators/{RATE}?area={AUTHORITY}&view={view}", fake)
        assert "published for Made-up country alone" in text_of(other.content)
        assert 'id="all-areas"' not in to_html(other.content)
    assert "None chosen" not in words
    assert part("broken-down", f"{PAGE}&area={AUTHORITY}", fake)


def test_a_single_period_has_no_chart_of_periods() -> None:
    fake = FakeApi()
    fake.cards = [card | {"periods": ["RY2025"]} for card in fake.cards]
    words = text_of(part("change", f"/indicators/{COUNT}?view=trend", fake))
    assert "No earlier period is held." in words
    assert "Interactive chart" not in words
    assert "Two values" not in words


def side(whole: int, *parts: int, denominator: int = 100) -> Side:
    area = cast("AreaCard", {"code": "X1", "name": "Anyshire"})
    rows = {
        str(n): row(1.0, numerator=count, denominator=denominator) for n, count in enumerate(parts)
    }
    return Side(area, row(1.0, numerator=whole, denominator=100), rows)


@pytest.mark.parametrize(
    ("held", "adds_up"),
    [
        (side(100, 60, 40), True),
        (side(1000, 596, 408), True),  # rounded counts
        (side(100, 60, 40, 60), False),  # such as under 16, 16 and over, under 10
        (side(100, 60, 40, denominator=50), False),
    ],
)
def test_only_parts_of_one_denominator_that_do_not_overlap_add_up(
    held: Side, adds_up: bool
) -> None:
    breakdown = Breakdown("age", "RY2025", dict.fromkeys(held.rows, ""), "All", (held,))
    assert breakdown.adds_up is adds_up


# ---- words


@pytest.mark.parametrize(
    ("code", "title", "said"),
    [
        ("10_15", "10_15", "10 to 15"),
        ("UNDER_1", "", "Under 1"),
        ("SGO", "SGO", "SGO"),
        ("SGO", "Special guardianship order", "Special guardianship order"),
    ],
)
def test_a_part_without_a_title_is_its_code_in_words(code: str, title: str, said: str) -> None:
    assert part_title(code, title) == said


def test_parts_with_denominators_of_their_own_are_told_by_how_far_apart_they_lie() -> None:
    parts = [("Primary", row(34.3)), ("Special", row(None)), ("Secondary", row(61.0))]
    said = parts_sentence("Anyshire", row(46.0), parts, SHARES, adds_up=False)
    assert said == "Anyshire: from 34.3% (Primary) to 61.0% (Secondary), and 46.0% all together."
    same = [("Girls", row(9.0)), ("Boys", row(9.0))]
    assert parts_sentence("Anyshire", row(9.0), same, SHARES, adds_up=False) == (
        "Anyshire: 9.0% in every part."
    )
    one = [("Girls", row(None)), ("Boys", row(9.0))]
    assert "9.0% (Boys)" in parts_sentence("Anyshire", row(9.0), one, SHARES, adds_up=False)


def test_shares_of_a_whole_are_told_by_the_largest_in_counts() -> None:
    parts = [("Boys", row(6.0, numerator=1213)), ("Girls", row(4.0, numerator=683))]
    said = parts_sentence("Anyshire", row(10.0, numerator=1896), parts, SHARES, adds_up=True)
    assert said == "Anyshire: the largest part is “Boys”, 1,213 of 1,896."


def test_many_missing_parts_are_counted_and_few_are_named() -> None:
    few = [("A", row(None)), ("B", row(1.0))]
    assert missing_parts_sentences("Anyshire", few)[0].startswith("Anyshire has no figure for “A”")
    many = [(str(n), row(None)) for n in range(6)]
    (said,) = missing_parts_sentences("Anyshire", many)
    assert "for 6 of 6 parts: hidden" in said
    assert silent_sentence("Anyshire", "not_collected").endswith("areas of this kind.")


def test_parts_that_overlap_or_fall_short_are_not_said_to_add_up() -> None:
    plain: dict[str, Any] = {"has_counts": True, "shares_denominator": True, "overlaps": False}
    assert "add up" in whole_sentence(**plain, sums={"Anyshire": (998.0, 1000)})
    short = whole_sentence(**plain, sums={"Anyshire": (900.0, 1000)})
    assert short.endswith("Anyshire: parts come to 900 of 1,000; the rest stands in none.")
    assert "add up" not in short
    assert "more than it" in whole_sentence(**plain | {"overlaps": True}, sums={})
    assert "no counts" in whole_sentence(**plain | {"has_counts": False}, sums={})
