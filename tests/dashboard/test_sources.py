"""Where figures come from: every figure leads to a page that names file, column and filter."""

from datetime import date
from typing import Any

import pytest

from dashboard.page import Page
from dashboard.prerender import to_html
from tests.dashboard.fake_api import COUNT, RATE, RELEASE, SCORE, FakeApi
from tests.dashboard.fake_cards import CARDS, ENTRY, FILE, SOURCE
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of
from tests.dashboard.test_former_authority import FORMER, fake_with_former

SOURCE_PAGE = f"/sources/{SOURCE['id']}"
FIGURE = f"{SOURCE_PAGE}?indicator={RATE}&period=RY2025&area={AUTHORITY}"


def facts_of(page: Page) -> dict[str, list[str]]:
    """Return the facts of a page: what, and all that is said of it."""
    found: dict[str, list[str]] = {}
    for row in nodes_of(page.content):
        if row["props"].get("className") == "summary-row":
            what, said = row["props"]["children"]
            found.setdefault(text_of(what), []).append(" ".join(text_of(said).split()))
    return found


def links_in(node: Any) -> list[str]:
    return [found["props"]["href"] for found in nodes_of(node) if found["type"] == "A"]


def changed(**changes: Any) -> FakeApi:
    """Return an API whose rate is read in another way."""
    fake = FakeApi()
    place = next(n for n, card in enumerate(CARDS) if card["id"] == RATE)
    fake.cards[place] = CARDS[place] | {"read_from": [ENTRY | changes]}
    return fake


# ---- every figure leads there


def test_every_row_of_the_table_of_all_areas_leads_to_its_source() -> None:
    page = rendered(f"/indicators/{RATE}?view=table")
    body = [found for found in nodes_of(page.content) if found["props"].get("id") == "all-areas"]
    rows = [found for found in nodes_of(body) if found["type"] == "Tr"][1:]
    assert rows
    for row in rows:
        assert links_in(row)[-1].startswith(f"{SOURCE_PAGE}?area=X")
        assert f"&period=RY2025&indicator={RATE}" in links_in(row)[-1]


def test_the_figure_of_the_opening_sentence_leads_to_its_source() -> None:
    held = next(
        found
        for found in nodes_of(rendered(f"/indicators/{RATE}?area={AUTHORITY}").content)
        if found["props"].get("className") == "held"
    )
    assert links_in(held) == [f"{SOURCE_PAGE}?area={AUTHORITY}&period=RY2025&indicator={RATE}"]


def test_every_row_of_an_authority_leads_to_its_source() -> None:
    held = [card for card in CARDS if card["latest"]]
    for view in ("all", "table"):
        page = rendered(f"/areas/{AUTHORITY}?view={view}")
        rows = [found for found in nodes_of(page.content) if found["type"] == "Tbody"]
        ways = [address for row in rows for address in links_in(row)]
        ours = [address for address in ways if address.startswith(SOURCE_PAGE)]
        named = {address.rpartition("indicator=")[2] for address in ours}
        assert named == {card["id"] for card in held}


def test_every_figure_of_the_list_of_indicators_leads_to_its_source() -> None:
    page = rendered("/indicators")
    held = {card["id"] for card in CARDS if card["latest"]}
    ways = [address for address in links_in(page.content) if address.startswith("/sources/")]
    assert {address.rpartition("indicator=")[2] for address in ways} == held
    assert all("area=X92000001&period=RY2025" in address for address in ways)


def test_the_last_figures_of_an_authority_that_ended_lead_to_their_sources() -> None:
    page = rendered(f"/areas/{FORMER}", fake_with_former(date(2024, 3, 31)))
    ways = [address for address in links_in(page.content) if address.startswith("/sources/")]
    assert f"{SOURCE_PAGE}?area={FORMER}&period=RY2024&indicator={RATE}" in ways


def test_both_values_of_a_change_lead_to_their_sources() -> None:
    page = rendered(f"/indicators/{RATE}?area={AUTHORITY}&view=trend")
    addresses = links_in(page.content)
    for period in ("RY2024", "RY2025"):
        assert f"{SOURCE_PAGE}?area={AUTHORITY}&period={period}&indicator={RATE}" in addresses


@pytest.mark.parametrize(
    ("view", "section"),
    [
        ("map", "map-section"),
        ("groups", "groups"),
        ("ranked", "authorities"),
        ("distribution", "distribution"),
        ("", "compared"),
        ("", "map-overview"),
    ],
)
def test_every_chart_leads_to_the_table_whose_rows_lead_on(view: str, section: str) -> None:
    page = rendered(f"/indicators/{RATE}?area={AUTHORITY}&view={view}")
    held = next(
        found
        for found in nodes_of(page.content)
        if found["props"].get("aria-labelledby") == section
    )
    assert f"/indicators/{RATE}?area={AUTHORITY}&view=table#values" in links_in(held)


def test_the_release_is_kept_on_the_way_to_a_source() -> None:
    page = rendered(f"/indicators/{RATE}?release=2024")
    sources = [address for address in links_in(page.content) if address.startswith("/sources/")]
    assert sources
    assert all("release=2024" in address for address in sources)


# ---- the page of a source


def test_a_published_figure_is_traced_to_the_words_of_the_file() -> None:
    page = rendered(FIGURE)
    assert page.description == (
        "The figure of Brennowcombe on 31 March 2025, 87 per 10,000, stands in column "
        "“Rate_per_10000” of the file children_2025.csv (Made-up statistics office, 20 November "
        "2025)."
    )
    facts = facts_of(page)
    assert facts["Value"] == ["87 per 10,000", "Column Rate_per_10000 , as published."]
    assert (
        "Column Number , on the row where instead Group of children says “All children” ."
        in (facts["Denominator"][1])
    )
    assert tables_of(page)["Which rows"] == [
        ["Group of children", "“Looked after”"],
        ["Sex", "“All”"],
        ["Period", "31 March 2025"],
        ["Area", f"Brennowcombe ({AUTHORITY})"],
    ]


def test_a_source_names_publication_day_and_files_with_their_digests() -> None:
    page = rendered(FIGURE)
    facts = facts_of(page)
    assert facts["Published on"] == ["20 November 2025 (the day could not be confirmed)"]
    assert facts["Publisher"] == ["Made-up statistics office"]
    assert facts["Designation"] == ["Accredited official statistics"]
    words = " ".join(text_of(page.content).split())
    assert f"children_2025.csv : 1,234 rows, SHA-256 {FILE['sha256']}" in words


def test_totals_that_differ_are_named_once_with_the_likely_cause() -> None:
    page = rendered(FIGURE)
    assert "9 of 10 published totals agree" in text_of(page.content)
    assert tables_of(page)["Totals that differ from their authorities"] == [
        ["2025", "Made-up country", "Corveldale"]
    ]
    other = rendered(f"{SOURCE_PAGE}?indicator={SCORE}&period=RY2025&area={AUTHORITY}")
    assert "None of the others is of this indicator." in text_of(other.content)
    assert "Totals that differ from their authorities" not in tables_of(other)


def test_a_value_that_no_column_gives_is_shown_with_its_sum() -> None:
    page = rendered(FIGURE, changed(value="", denominator="population_0_17"))
    assert "is worked out from numbers in the file children_2025.csv" in page.description
    assert "which does not give the figure itself" in page.description
    value = facts_of(page)["Value"][1]
    assert value == (
        "Worked out by this service: numerator over denominator, times 10,000, rounded half up to "
        "a whole number. 870 ÷ 1,000 × 10,000 = 87 per 10,000"
    )
    assert "Not in the file" in facts_of(page)["Denominator"][1]


def test_a_column_that_this_vintage_lacks_is_not_named_as_its_source() -> None:
    page = rendered(FIGURE, changed(value="another_rate"))
    assert "is worked out from numbers in the file" in page.description


BOYS = {"sex": {"column": "sex", "codes": {"Boys": "M", "Girls": "F"}}}


def test_rows_of_breakdowns_and_of_other_times_are_not_taken_for_the_figure() -> None:
    fake = changed()
    place = next(n for n, card in enumerate(fake.cards) if card["id"] == RATE)
    others = [
        ENTRY | {"value": "only_boys", "breakdowns": BOYS},
        ENTRY | {"value": "earlier", "last_period": "RY2018"},
        ENTRY | {"value": "later", "first_period": "RY2026"},
        ENTRY | {"value": "elsewhere", "levels": ["country"]},
        ENTRY | {"value": "another_vintage", "absent_from": ["2025"]},
    ]
    fake.cards[place] = fake.cards[place] | {"read_from": [*others, ENTRY]}
    page = rendered(FIGURE, fake)
    assert "stands in column “Rate_per_10000”" in page.description
    assert len([table for table in tables_of(page) if table.startswith("Which rows")]) == 1


def test_a_table_of_breakdowns_alone_names_them_all() -> None:
    page = rendered(f"{SOURCE_PAGE}?indicator={RATE}", changed(breakdowns=BOYS))
    assert ["Sex", "“Boys” or “Girls”"] in tables_of(page)["Which rows"]


def test_parts_of_several_rows_are_said_to_be_added_up() -> None:
    page = rendered(FIGURE, changed(numerator_rows={"group": ["Young", "Old"]}))
    assert facts_of(page)["Numerator"][1].endswith(
        "added up over the rows where instead Group of children says “Young” or “Old” ."
    )


def test_the_rest_of_a_hundred_is_explained() -> None:
    page = rendered(FIGURE, changed(is_complement=True))
    assert "is 100 less column “Rate_per_10000”" in page.description
    assert "The denominator less column" in facts_of(page)["Numerator"][1]


def test_a_missing_figure_says_why_and_what_the_file_has_in_its_place() -> None:
    fake = FakeApi()
    fake.figures.values[(RATE, "RY2025", AUTHORITY)] = None
    page = rendered(FIGURE, fake)
    assert page.description == (
        "Brennowcombe has no figure on 31 March 2025: hidden, because the number of children "
        "behind it is small; the file children_2025.csv (Made-up statistics office, 20 November "
        "2025) has “c” in its place."
    )
    assert "Value" in facts_of(page)
    assert len(facts_of(page)["Value"]) == 1  # how it would be read, and no number
    assert facts_of(page)["Written in the source"] == ["“c”"]


def test_a_figure_of_another_source_is_led_on_to() -> None:
    page = rendered(f"/sources/computed?indicator={RATE}&period=RY2025&area={AUTHORITY}")
    assert page.description.endswith("comes from another source.")
    assert f"{SOURCE_PAGE}?area={AUTHORITY}&period=RY2025&indicator={RATE}" in links_in(
        page.content
    )


def test_a_computed_figure_names_its_authorities_and_leads_to_their_source() -> None:
    page = rendered(f"/sources/computed?indicator={COUNT}&period=RY2025&area=X92000001")
    assert "was worked out by this service from the figures of its authorities" in page.description
    words = " ".join(text_of(page.content).split())
    assert "153 of 153 authorities have a figure." in words
    assert f"{SOURCE_PAGE}?period=RY2025&indicator={COUNT}" in links_in(page.content)


def test_a_return_explains_itself_and_its_measures() -> None:
    page = rendered(f"/sources/submission_cla_x06000002_ry2025_v1?indicator={RATE}")
    assert "a return that Brennowcombe sent itself" in page.description
    facts = facts_of(page)
    assert facts["Numerator"] == ["Measure CLA_OPEN"]
    assert "small counts are hidden" in text_of(page.content)


def test_without_an_indicator_all_that_is_read_from_a_source_is_listed() -> None:
    page = rendered(SOURCE_PAGE)
    assert page.description.startswith("“Children in care 2025” (Made-up statistics office, ")
    assert page.description.endswith(f"gives release {RELEASE} figures of 3 indicators.")
    assert f"{SOURCE_PAGE}?indicator={RATE}" in links_in(page.content)


def test_without_an_area_the_columns_of_all_figures_are_shown() -> None:
    page = rendered(f"{SOURCE_PAGE}?indicator={RATE}")
    assert "stands in column “Rate_per_10000”" in page.description
    assert ["Area", "any"] in tables_of(page)["Which rows"]


def test_a_release_without_records_of_files_says_so() -> None:
    fake = changed()
    place = next(n for n, card in enumerate(fake.cards) if card["id"] == RATE)
    bare = SOURCE | {"files": [], "totals": {"compared": 0, "agreed": 0, "mismatches": []}}
    fake.cards[place] = fake.cards[place] | {"sources": [bare]}
    page = rendered(FIGURE, fake)
    assert "holds no record of the files" in text_of(page.content)
    assert "stands in column “rate” of “Children in care 2025”" in page.description


@pytest.mark.parametrize("address", ["/sources/nowhere", f"/sources/nowhere?indicator={RATE}"])
def test_an_unknown_source_is_not_found(address: str) -> None:
    page = rendered(address)
    assert page.status == 404
    assert page.description == f"'nowhere' is not a source of release {RELEASE}."


def test_a_name_with_markup_is_shown_as_text() -> None:
    assert "<b>" not in to_html(rendered("/sources/<b>").content)
