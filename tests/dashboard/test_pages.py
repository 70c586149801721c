"""What pages say, and what they ask the API for."""

import asyncio
import re

import pytest

from dashboard.client import ApiClient
from dashboard.prerender import to_html
from dashboard.routing import render
from tests.dashboard.fake_api import EMPTY, RATE, RELEASE, SCORE, SHARE, FakeApi
from tests.dashboard.fake_cards import COUNT
from tests.dashboard.reading import (
    AUTHORITY,
    PATHS,
    links_of,
    nodes_of,
    rendered,
    tables_of,
    text_of,
)


@pytest.mark.parametrize("address", PATHS)
def test_a_page_has_one_heading_of_the_first_order_and_a_sentence(address: str) -> None:
    page = rendered(address)
    assert [found["type"] for found in nodes_of(page.content)].count("H1") == 1
    assert page.description
    assert page.description in text_of(page.content)


@pytest.mark.parametrize("address", [path for path in PATHS if path not in {"/nowhere"}])
def test_a_page_says_its_release_and_that_it_is_no_official_publication(address: str) -> None:
    page = rendered(address)
    words = text_of(page.content)
    assert RELEASE in words
    assert "not an official statistics publication" in words


@pytest.mark.parametrize("address", PATHS)
def test_no_page_says_now(address: str) -> None:
    assert not re.search(r"\b(now|currently|today)\b", text_of(rendered(address).content))


@pytest.mark.parametrize("address", PATHS)
def test_ids_on_a_page_are_its_own(address: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', to_html(rendered(address).content))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PATHS)
def test_links_within_a_page_lead_somewhere(address: str) -> None:
    text = to_html(rendered(address).content)
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


@pytest.mark.parametrize("address", PATHS)
def test_a_page_asks_at_most_four_times_once_what_says_no_figure_is_held(address: str) -> None:
    fake = FakeApi()
    client = ApiClient(fake.client)
    path, _, query = address.partition("?")

    async def twice() -> int:
        await render(client, path, query)
        before = len(fake.asked)
        await render(client, path, query)
        return len(fake.asked) - before

    assert asyncio.run(twice()) <= 4


@pytest.mark.parametrize("address", PATHS)
def test_a_page_reads_one_release_from_beginning_to_end(address: str) -> None:
    fake = FakeApi()
    rendered(address, fake)
    _first, *others = fake.asked or [""]
    assert all(f"release={RELEASE}" in request for request in others)


def test_an_old_release_is_kept_from_link_to_link() -> None:
    fake = FakeApi()
    rendered(f"/indicators/{RATE}?release=2024", fake)
    assert all("release=2024" in request for request in fake.asked)
    assert any("release=2024" in address for address in links_of("/?release=2024"))


def test_the_sentence_of_an_indicator_compares_the_chosen_authority() -> None:
    page = rendered(f"/indicators/{RATE}?area={AUTHORITY}")
    assert page.description.startswith("Brennowcombe, ")
    assert " on 31 March 2025, is " in page.description
    assert "Made-up country (" in page.description
    assert "its statistical neighbours (median " in page.description
    assert page.title.startswith("Brennowcombe: ")


def test_without_an_authority_the_sentence_is_about_the_country() -> None:
    page = rendered(f"/indicators/{RATE}")
    assert page.description.startswith("Made-up country: ")
    assert "of those large enough to rank, from" in page.description


def test_the_reason_why_nothing_can_be_compared_is_said() -> None:
    page = rendered(f"/indicators/{SCORE}?area={AUTHORITY}")
    assert "It cannot be compared with" in page.description
    assert "the spread is not published" in page.description


def test_the_table_twin_holds_every_area_with_value_or_reason() -> None:
    page = rendered(f"/indicators/{RATE}?view=table")
    fake = FakeApi()
    rows = next(rows for caption, rows in tables_of(page).items() if "all areas" in caption)
    today = [area for area in fake.places.authorities() if area.last_day is None]
    assert len(rows) == 1 + 9 + len(today)
    assert all(row[1] for row in rows)
    assert any(row[1] == "suppressed" and "published as “c”" in row[-2] for row in rows)


def test_the_table_is_sorted_by_its_address_with_missing_values_last() -> None:
    page = rendered(f"/indicators/{RATE}?view=table&sort=-value")
    rows = next(rows for caption, rows in tables_of(page).items() if "all areas" in caption)[10:]
    values = [row[1] for row in rows]
    known = [int(value) for value in values if value.isdigit()]
    assert known == sorted(known, reverse=True)
    assert set(values[len(known) :]) == {"suppressed"}


def test_a_sorted_column_says_so_and_offers_the_other_way() -> None:
    page = rendered(f"/indicators/{RATE}?view=table&sort=-value")
    head = next(found for found in nodes_of(page.content) if found["props"].get("aria-sort"))
    assert head["props"]["aria-sort"] == "descending"
    assert "sort=value" in to_html(head)


def test_authorities_that_cannot_be_ranked_are_in_table_and_map_but_not_among_the_dots() -> None:
    fake = FakeApi()
    small = next(area for area in fake.places.authorities() if not area.is_rankable)
    fake.figures.values[(RATE, "RY2025", small.code)] = 900.0
    address = f"/indicators/{RATE}?view="
    views = {
        name: to_html(rendered(f"{address}{name}", fake).content)
        for name in ("map", "table", "ranked", "distribution", "funnel", "groups")
    }
    assert f"{small.name}: 900" in views["map"]
    assert "too few children to rank" in views["table"]
    for name in ("ranked", "distribution", "funnel"):
        assert f"{small.name}: 900" not in views[name]
    panels = views["groups"][views["groups"].index('class="panels"') :]
    assert small.name not in panels


def groups_section(compare: str, indicator: str = RATE) -> str:
    text = to_html(rendered(f"/indicators/{indicator}?view=groups&compare={compare}").content)
    return text[text.index('id="groups"') : text.index('id="release"')]


def test_the_groups_begin_with_whether_they_differ_and_show_the_spread_within() -> None:
    text = groups_section("region")
    sentence = text.index("These groups differ by more than chance.")
    assert sentence < text.index("<table") < text.index("Middle half</th>")
    assert "A grade shows no cause." not in text


def test_groups_by_grade_come_with_a_caution() -> None:
    assert "A grade shows no cause." in groups_section("ofsted:leadership")


def test_groups_of_counted_authorities_are_not_said_to_differ() -> None:
    assert "Nobody can say." not in groups_section("region", COUNT)


def test_every_chart_has_links_to_the_same_numbers() -> None:
    views = ("", "map", "ranked", "distribution", "funnel", "trend", "groups", "parts", "table")
    page = f"/indicators/{RATE}?area={AUTHORITY}&view="
    links = [found for view in views for found in links_of(f"{page}{view}")]
    csv = [address for address in links if "format=csv" in address]
    assert {address.partition("?")[0].rpartition("/")[2] for address in csv} == {
        "observations",
        "comparisons",
        "groups",
        "inequalities",
        "trends",
    }
    assert all(f"release={RELEASE}" in address for address in csv)
    assert {address.replace("&format=csv", "") for address in csv} <= set(links)


def pieces_of_lines(text: str) -> int:
    """Return how many pieces the line of the chosen authority has, dots alone counted too."""
    line = re.search(r'<g class="course chosen">(.*?)</g></g>', text)
    assert line is not None
    paths: list[str] = re.findall(r'd="([^"]*)" class="path"', line[1])
    joined = sum(path.count("L") for path in paths)
    return str(line[1]).count('class="at') - joined


def test_no_change_is_drawn_across_a_break() -> None:
    text = to_html(rendered(f"/indicators/{SHARE}?area={AUTHORITY}&view=trend").content)
    assert "Not comparable with the figure in the year ending 31 March 2024" in text
    assert "Lines are cut where figures cannot be compared across a break." in text
    assert 'class="dated break"' in text
    whole = to_html(rendered(f"/indicators/{RATE}?area={AUTHORITY}&view=trend").content)
    assert 'class="dated break"' not in whole
    assert pieces_of_lines(text) > pieces_of_lines(whole)


def test_an_indicator_without_figures_says_so_and_keeps_its_definition() -> None:
    page = rendered(f"/indicators/{EMPTY}")
    assert page.status == 200
    assert page.description.startswith("No figures of this indicator are held yet")
    assert "Definition" in text_of(page.content)


def test_outcome_and_performance_stand_side_by_side() -> None:
    page = rendered(f"/areas/{AUTHORITY}")
    stage = next(
        found
        for found in nodes_of(page.content)
        if found["props"].get("aria-labelledby") == "stage-in_care"
    )
    sides = [found for found in nodes_of(stage) if found["props"].get("className") == "side"]
    words = [text_of(found) for found in sides]
    assert words[0].startswith("In care: outcomes In care: outcomes, Brennowcombe beside")
    assert "Wellbeing score" in words[0]
    assert "Moved often" in words[1]


def test_a_profile_has_a_table_twin_with_all_comparators() -> None:
    page = rendered(f"/areas/{AUTHORITY}?view=table")
    rows = next(rows for text, rows in tables_of(page).items() if "beside their comp" in text)
    assert len(rows) == 4
    assert all(row[-4] and row[-3] and row[-2] for row in rows)
    heads = [text_of(found) for found in nodes_of(page.content) if found["type"] == "Th"]
    assert "Neighbours (2024): median" in heads


def test_a_judgement_read_by_machine_is_shown_as_such() -> None:
    rows = next(
        rows
        for caption, rows in tables_of(rendered(f"/areas/{AUTHORITY}")).items()
        if caption.startswith("Judgements in force on 31 March 2025")
    )
    assert rows == [
        ["Leadership", "Good   read by machine from the report", "not held", "4 May 2023"]
    ]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "There is no page at this address."),
        ("/indicators/none_such", 404, "'none_such' is not an indicator."),
        ("/areas/X9", 404, "'X9' is not the code of an area."),
        (f"/indicators/{RATE}?period=RY1900", 400, "'RY1900' is not a period held; use RY2025."),
        (f"/indicators/{RATE}?compare=colour", 400, "'colour' is not a grouping."),
        (f"/indicators/{RATE}?area=X9", 400, "'X9' is not the code of an area."),
    ],
)
def test_what_cannot_be_shown_is_explained(address: str, status: int, words: str) -> None:
    page = rendered(address)
    assert page.status == status
    assert words in page.description


def test_a_dot_in_the_address_of_a_report_is_a_dot() -> None:
    assert rendered("/areas/X06000001/reportZpdf").status == 404


def test_a_failing_api_gives_a_page_that_says_so() -> None:
    fake = FakeApi()
    fake.broken = True
    page = rendered("/", fake)
    assert page.status == 500
    assert "problem with the service" in page.description


def test_a_chosen_authority_of_the_form_is_sent_on_to_its_page() -> None:
    assert rendered(f"/areas?code={AUTHORITY}").redirect == f"/areas/{AUTHORITY}"
    assert rendered("/areas?code=none").redirect == ""


def test_lists_are_asked_for_once_per_release() -> None:
    fake = FakeApi()
    client = ApiClient(fake.client)

    async def twice() -> int:
        await render(client, f"/indicators/{RATE}", f"area={AUTHORITY}")
        before = len(fake.asked)
        await render(client, f"/indicators/{RATE}", f"area={AUTHORITY}")
        return len(fake.asked) - before

    assert asyncio.run(twice()) == 3
