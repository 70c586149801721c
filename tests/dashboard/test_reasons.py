"""What pages say where something is missing, left out, or cannot be compared."""

from dashboard.page import Page
from tests.dashboard.fake_api import RATE, SCORE, SHARE, FakeApi
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of


def test_authorities_in_no_group_are_told_with_the_reason() -> None:
    fake = FakeApi()
    fake.warnings = ["2 authorities are in no group of ofsted:leadership, because none is held"]
    words = text_of(
        rendered(f"/indicators/{RATE}?view=groups&compare=ofsted:leadership", fake).content
    )
    assert "2 authorities are in no group of “Judgement: " in words
    assert "because none is held." in words


def test_authorities_that_cannot_be_ranked_do_not_set_the_classes_of_the_map() -> None:
    fake = FakeApi()
    small = next(area for area in fake.places.authorities() if not area.is_rankable)
    fake.figures.values[(RATE, "RY2025", small.code)] = 900.0
    page = rendered(f"/indicators/{RATE}", fake)
    key = next(
        found
        for found in nodes_of(page.content)
        if "chart-key" in str(found["props"].get("className"))
    )
    assert "900" not in text_of(key)
    assert "large enough to rank" in text_of(key)


def test_where_no_interval_is_valid_none_is_described() -> None:
    words = text_of(rendered(f"/indicators/{SCORE}?view=ranked").content)
    assert "line through a dot" not in words
    assert "no interval is valid for this indicator" in words
    assert "The spread of scores is not published." in words
    assert "line through a dot" in text_of(rendered(f"/indicators/{RATE}?view=ranked").content)


def test_a_group_says_which_authority_it_is_without() -> None:
    page = rendered(f"/indicators/{SHARE}?area={AUTHORITY}&compare=area_type")
    rows = next(rows for caption, rows in tables_of(page).items() if " compared, " in caption)
    assert [row[0] for row in rows if "without Brennowcombe" in row[0]]


def test_the_table_goes_on_to_the_type_and_the_own_past_which_the_sentence_leaves_out() -> None:
    page = rendered(f"/indicators/{SHARE}?area={AUTHORITY}&compare=region")
    rows = next(rows for caption, rows in tables_of(page).items() if " compared, " in caption)
    assert [row[0].split(",")[0] for row in rows[-2:]] == [
        "The others of its type (Town authority)",
        "Itself",
    ]
    assert "of its type" not in page.description
    assert "Worse under all 4 comparators." in text_of(page.content)


def rows_of(page: Page) -> list[str]:
    return [
        text_of(found)
        for found in nodes_of(page.content)
        if found["props"].get("className") == "profile-row"
    ]


def test_the_country_is_not_compared_with_itself() -> None:
    fake = FakeApi()
    page = rendered(f"/areas/{fake.places.country.code}", fake)
    assert "Against" not in page.description
    assert "Made-up country: " not in " ".join(rows_of(page))


def test_what_cannot_be_compared_is_said_once_in_a_row() -> None:
    rows = rows_of(rendered(f"/areas/{AUTHORITY}"))
    assert max(row.count("cannot compare") for row in rows) == 1


def test_a_row_is_silent_about_neighbours_where_there_are_none() -> None:
    fake = FakeApi()
    fake.figures.without_neighbours = {AUTHORITY}
    rows = rows_of(rendered(f"/areas/{AUTHORITY}", fake))
    assert rows
    assert "neighbours" not in " ".join(rows).lower()
