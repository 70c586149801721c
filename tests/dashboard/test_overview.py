"""The overview: which way the country goes, the framework with its empty places, what is new."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pytest

from dashboard.client import ApiClient
from dashboard.components.framework_picture import picture_sentence
from dashboard.page import Page
from dashboard.prerender import to_html
from dashboard.routing import render
from dashboard.words.changes import changes_sentence, size_words
from dashboard.words.gaps import gaps_sentence
from tests.dashboard.fake_api import EMPTY, RATE, RELEASE, SCORE, SHARE, FakeApi
from tests.dashboard.fake_cards import CARDS
from tests.dashboard.fake_notes import CHANGES, FIRST, FRAMEWORK
from tests.dashboard.reading import nodes_of, rendered, text_of

ASKED = {"area": "authority", "with": "england"}


def overview(fake: FakeApi | None = None) -> Page:
    return rendered("/", fake)


def picture(fake: FakeApi | None = None) -> Mapping[str, Any]:
    (found,) = (
        found
        for found in nodes_of(overview(fake).content)
        if found["props"].get("className") == "framework"
    )
    return found


def lines(fake: FakeApi | None = None) -> dict[str, str]:
    """Return the words of each line of the picture by the indicator that it leads to."""
    found = {}
    for held in nodes_of(picture(fake)):
        if held["props"].get("className") == "framework-lines":
            for line in nodes_of(held["props"]["children"]):
                if line["type"] == "Li":
                    id = re.findall(r'href="/indicators/([^"]+)"', to_html(line))[0]
                    found[id] = " ".join(text_of(line).split())
    return found


def test_the_sentence_says_how_many_indicators_go_which_way_beyond_chance() -> None:
    assert overview().description == (
        "Of 5 indicators for Made-up country, none is getting better beyond chance and 1 worse; "
        "for 4 the trend is not known."
    )


def test_sentence_search_and_authority_stand_before_the_picture() -> None:
    text = to_html(overview().content)
    places = [
        text.index(mark)
        for mark in ("lead-sentence", 'action="/search"', 'action="/areas"', 'class="framework"')
    ]
    assert places == sorted(places)


def test_every_indicator_of_the_framework_has_a_line_that_leads_to_it() -> None:
    inside = [
        id for place in FRAMEWORK[:-1] for domain in place["domains"] for id in domain["indicators"]
    ]
    assert list(lines()) == inside


def test_a_line_says_kind_direction_and_how_many_authorities_differ() -> None:
    said = lines()
    assert said[RATE].startswith("Children in care (context, core set). Made-up country: ↗")
    assert "rising, worse" in said[RATE]
    assert re.search(r"Authorities that differ: \d+ higher of \d+$", said[RATE])
    assert "– not known : fewer than five years" in said[SHARE]
    assert said[SCORE].endswith("Authorities that differ: no test")


def test_a_line_counts_what_the_api_counts() -> None:
    fake = FakeApi()
    (row,) = (row for row in fake._standings(ASKED) if row["indicator"] == RATE)
    of = row["areas"] - row["cannot_compare"]
    assert f"{row['higher']} higher of {of}" in lines()[RATE]
    assert row["differ"] == row["higher"] > 0
    assert f"{row['differ']:,}" in text_of(overview().content)


def test_an_empty_place_stays_visible_and_says_who_does_not_measure_it() -> None:
    text = " ".join(text_of(picture()).split())
    assert "Feeling helped : nobody measures this" in text
    assert "Fostered by kin : measured, not published by authority" in text
    assert "Missing : published, not held here" in text
    assert "Enabler: Working together Nobody measures this" in text
    assert "4 places are empty" in text_of(overview().content)


def test_every_place_leads_to_its_part_of_the_list_of_indicators() -> None:
    listed = to_html(rendered("/indicators").content)
    found = re.findall(r'href="/indicators#([^"]+)"', to_html(picture()))
    assert found == ["outcome_1", "outcome_4", "enabler_1", "beside"]
    for id in found:
        assert f'id="{id}"' in listed


def test_the_core_set_is_a_link_that_says_how_many_are_in_it() -> None:
    fake = FakeApi()
    fake.not_core = {SHARE, EMPTY}
    text = to_html(overview(fake).content)
    assert 'href="/indicators?only=core">Core set of 3 indicators' in text
    assert "core set" not in lines(fake)[SHARE]
    fake.not_core = {card["id"] for card in CARDS}
    assert "Core set of" not in text_of(overview(fake).content)


def test_a_page_asks_for_one_answer_once_the_rest_is_held() -> None:
    fake = FakeApi()
    client = ApiClient(fake.client)

    async def twice() -> int:
        await render(client, "/", "")
        before = len(fake.asked)
        await render(client, "/", "")
        return len(fake.asked) - before

    assert asyncio.run(twice()) == 1


def test_without_any_figure_the_overview_says_so() -> None:
    fake = FakeApi()
    fake.figures.row = lambda *asked: {"value": None}  # type: ignore[method-assign]
    fake._observations = lambda given: []  # type: ignore[method-assign]
    assert "there are no figures yet" in overview(fake).description


def test_what_changed_is_counted_and_leads_to_the_page_of_the_release() -> None:
    text = to_html(overview().content)
    assert changes_sentence(RELEASE, CHANGES) in text  # type: ignore[arg-type]
    assert f'href="/releases/{RELEASE}"' in text


def test_the_picture_is_told_in_words_for_those_who_do_not_see_it() -> None:
    sentence = picture_sentence(FRAMEWORK)  # type: ignore[arg-type]
    assert sentence == (
        "2 outcomes and 1 enabler with 3 indicators in 2 places. 4 places are empty (2 not "
        "measured by anybody; 1 measured, and not published by authority; 1 published, and not "
        "held here)."
    )
    assert gaps_sentence(["", ""]) == ""


def test_what_differs_is_counted_in_a_sentence() -> None:
    assert changes_sentence(RELEASE, CHANGES) == (  # type: ignore[arg-type]
        "Release 2025-11-20 against release 2025-01-10: 1 new figure, 1,234 revised and 2 newly "
        "suppressed."
    )


@pytest.mark.parametrize(
    ("size", "unit", "decimals", "words"),
    [
        (1, "%", 0, "1 point"),
        (1.5, "%", 1, "1.5 points"),
        (1067, "£", 0, "£1,067"),
        (0.3, "per 10,000", 1, "0.3 per 10,000"),
        (None, "%", 0, "–"),
    ],
)
def test_a_size_is_in_the_unit_of_its_indicator(
    size: float | None, unit: str, decimals: int, words: str
) -> None:
    assert size_words(size, unit, decimals) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (FIRST, "is the first one held here"),
        (None, "before changes were counted"),
        ({**FIRST, "since": "2025"}, "no figure differs"),
    ],
)
def test_a_release_without_changes_says_why(changes: dict[str, object], words: str) -> None:
    fake = FakeApi()
    fake.changes = changes
    assert words in text_of(overview(fake).content)


def test_a_release_from_before_the_framework_was_told_still_has_its_overview() -> None:
    older = [{**place, "kind": ""} for place in FRAMEWORK]
    assert picture_sentence(older).startswith("5 indicators in 3 places.")  # type: ignore[arg-type]
