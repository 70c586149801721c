"""The overview: the framework with its empty places, the core set first, what differs."""

import re

import pytest

from dashboard.components.framework_picture import picture_sentence
from dashboard.components.release_changes import changes_sentence
from dashboard.components.revision_sizes import size_words
from dashboard.page import Page
from dashboard.prerender import to_html
from dashboard.words.gaps import gaps_sentence
from tests.dashboard.fake_api import RATE, RELEASE, SCORE, FakeApi
from tests.dashboard.fake_cards import COMPUTED, SOURCE
from tests.dashboard.fake_notes import CHANGES, FIRST, FRAMEWORK
from tests.dashboard.reading import nodes_of, rendered, tables_of, text_of


def overview(fake: FakeApi | None = None) -> Page:
    return rendered("/", fake)


def picture() -> str:
    (figure,) = (found for found in nodes_of(overview().content) if found["type"] == "Figure")
    return to_html(figure)


def headings() -> list[str]:
    levels = {"H2", "H3"}
    return [text_of(found) for found in nodes_of(overview().content) if found["type"] in levels]


def test_the_picture_stands_first_then_the_core_set_then_all_then_what_differs() -> None:
    wanted = [
        "The national framework",
        "Core set",
        "All indicators, by place in the framework",
        "What differs in this release",
    ]
    assert [heading for heading in headings() if heading in wanted] == wanted


def test_every_box_with_indicators_leads_to_its_part_of_the_page() -> None:
    page = to_html(overview().content)
    links = re.findall(r'href="#(place-[\d-]+)"', picture())
    assert len(links) == len(set(links)) == 6
    for id in links:
        assert f'id="{id}"' in page


def test_every_empty_box_says_that_it_is_empty_and_why() -> None:
    text = picture()
    assert text.count("is-empty") == 4
    for words in (
        "Nobody measures this. </strong>Nobody asks families.",
        "Measured, not published by authority. </strong>Only the whole is told.",
        "Published, not held here. </strong>It is not an indicator here yet.",
        "Nobody measures this. </strong>Nobody counts it.",
    ):
        assert words in text


def test_the_picture_is_told_in_words_for_those_who_do_not_see_it() -> None:
    sentence = picture_sentence(FRAMEWORK)  # type: ignore[arg-type]
    assert sentence == (
        "2 outcomes and 1 enabler with 3 indicators in 2 places. 4 places are empty (2 not "
        "measured by anybody; 1 measured, and not published by authority; 1 published, and not "
        "held here)."
    )
    assert "indicators, 1 performance and 1 context" in picture()
    assert gaps_sentence(["", ""]) == ""


def test_the_core_set_has_outcomes_beside_performance_and_context_below() -> None:
    columns = [found for found in nodes_of(overview().content) if found["type"] == "Col"]
    assert [text_of(column).split()[0] for column in columns] == ["Outcomes", "Performance"]
    tables = list(tables_of(overview()))
    assert tables[:3] == ["Core set, outcomes", "Core set, performance", "Core set, context"]


def test_a_row_gives_figure_period_date_of_publication_and_designation() -> None:
    rows = tables_of(overview())["Core set, performance"]
    (row,) = rows
    assert row[0].startswith("Children in care with three or more placements")
    assert "Performance" in row[0]
    assert row[1].endswith("%")
    held = " ".join(row[2].split())
    assert held.startswith(
        "year ending 31 March 2025 source published 20 November 2025, accredited"
    )


def test_an_indicator_without_figures_says_so() -> None:
    tables = tables_of(overview())
    rows = [row for found in tables.values() for row in found if "heard" in row[0]]
    assert rows
    assert all(row[1:] == ["no figure", "none"] for row in rows)


def test_every_indicator_stands_once_among_all_by_place() -> None:
    rows = [
        row[0]
        for caption, found in tables_of(overview()).items()
        if "latest figures of" in caption
        for row in found
    ]
    assert len(rows) == len(set(rows)) == 5


def test_a_computed_figure_bears_the_date_of_what_it_rests_on() -> None:
    fake = FakeApi()
    made = fake.figures.row

    def computed(*asked: object) -> dict[str, object]:
        return {**made(*asked), "source": COMPUTED["id"]}  # type: ignore[arg-type]

    fake.figures.row = computed  # type: ignore[assignment,method-assign]
    rows = tables_of(overview(fake))["Core set, performance"]
    assert "published 20 November 2025" in rows[0][2]


def test_what_differs_is_counted_and_leads_to_the_full_list() -> None:
    text = to_html(overview().content)
    sentence = changes_sentence(RELEASE, CHANGES)  # type: ignore[arg-type]
    assert sentence == (
        "Release 2025-11-20 against release 2025-01-10: 1 new figure, 1,234 revised and 2 newly "
        "suppressed."
    )
    assert sentence in text
    assert f'href="/api/v1/releases/{RELEASE}/changes?format=csv"' in text
    part = text[text.index('id="changes"') :]
    assert "1 new indicator" in part
    assert f"/indicators/{SCORE}" in part
    assert f"{SOURCE['title']}, 2025, published on 20 November 2025 (1 table)" in part
    assert "an_indicator_of_old" in part


def test_the_sizes_of_revisions_lead_to_every_revision_largest_first() -> None:
    page = overview()
    (line,) = tables_of(page)["Sizes of revisions, by indicator"]
    assert line[1:5] == ["1,200", "4,000", "2 per 10,000", "31 per 10,000"]
    text = to_html(page.content)
    assert "How large the revisions are: 1,200 revised values" in text
    assert f"/releases/{RELEASE}/changes?indicator={RATE}&amp;kind=revised&amp;order=size" in text


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


def test_a_list_too_long_for_json_is_offered_as_a_file_alone() -> None:
    fake = FakeApi()
    for count, is_offered in ((100_000, True), (100_001, False)):
        fake.changes = {**CHANGES, "kinds": {"new": count}}
        text = to_html(overview(fake).content)
        assert ("API answer for all changes" in text) == is_offered
        assert "CSV of all changes" in text
