"""What changes under other comparators, and who is like an authority and does well."""

import re

import pytest

from dashboard.charts.chart import NoChart
from dashboard.charts.charting import CHARTS
from dashboard.page import Page
from tests.dashboard.fake_api import SHARE, FakeApi
from tests.dashboard.fake_said import comment
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT

RUTLAND, SCILLY, CUMBRIA = "E06000017", "E06000053", "E10000006"
EET, RATE, HIDDEN = "care_leaver_eet_19_21_pct", "cla_31mar_rate_10k", "ks2_rwm_expected_pct_cla"
PLACEMENTS = "cla_3plus_placements_pct"


def table_with(page: Page, part: str) -> list[list[str]]:
    return next(rows for caption, rows in tables_of(page).items() if part in caption)


def words_of(page: Page) -> str:
    return re.sub(r"\s+", " ", text_of(page.content))


def test_a_page_says_under_how_many_comparators_a_conclusion_holds(real: RealPages) -> None:
    page = real.page(f"/areas/{KENT}/neighbours?indicator={EET}")
    rows = table_with(page, "Kent under each comparator")
    outcomes = [row[-1] for row in rows]
    assert "“similar” holds under 7 of 8 comparators" in page.description
    assert outcomes.count("similar") == 7
    assert "worse than its fifth by deprivation (Middle fifth)" in words_of(page)


def test_each_comparator_has_its_statistics_difference_and_members_with_data(
    real: RealPages,
) -> None:
    rows = table_with(real.page(f"/areas/{KENT}/neighbours?indicator={EET}"), "under each")
    by_name = {row[0]: row for row in rows}
    assert by_name["Neighbours by the model of 2021"][1:5] == ["10 of 10", "50%", "52%", "52%"]
    assert re.sub(r"\s+", " ", by_name["Neighbours by the model of 2021"][6]) == (
        "+1 points from the median"
    )
    assert by_name["England"][1] == "152 of 153"


def test_a_readers_own_list_is_one_more_comparator_under_its_name(real: RealPages) -> None:
    own = "own=E10000012,E10000011&named=Two coasts"
    page = real.page(f"/areas/{KENT}/neighbours?indicator={EET}&{own}")
    rows = table_with(page, "Kent under each comparator")
    assert rows[-1][:2] == ["Two coasts", "2 of 2"]
    assert [row[1] for row in rows if row[0] == "10 nearest by our distance"] == ["10 of 10"]


def test_a_hidden_figure_is_told_with_its_reason_and_compared_with_nobody(real: RealPages) -> None:
    page = real.page(f"/areas/{RUTLAND}/neighbours?indicator={HIDDEN}")
    assert "hidden, because the number of children behind it is small" in page.description
    rows = table_with(page, "Rutland under each comparator")
    assert {re.sub(r"\s+", " ", row[-1]).split(" Rutland")[0] for row in rows} == {"cannot compare"}


def test_the_core_indicators_say_in_how_many_the_list_of_neighbours_matters(
    real: RealPages,
) -> None:
    page = real.page(f"/areas/{KENT}/neighbours?view=comparators")
    depends = table_with(page, "Where it depends on which list")
    others = table_with(page, "Where every list says the same")
    assert page.description.startswith(f"In {len(depends)} of ")
    assert all(len(set(row[2:5]) - {"cannot compare"}) > 1 for row in depends)
    assert all(len(set(row[2:5]) - {"cannot compare"}) < 2 for row in others)
    assert len(depends) + len(others) == 25


def test_who_does_well_stands_in_the_order_of_likeness_with_a_caution(real: RealPages) -> None:
    page = real.page(f"/areas/{KENT}/neighbours?view=better&indicator={PLACEMENTS}")
    tables = [rows for caption, rows in tables_of(page).items() if caption.startswith("Better")]
    assert tables
    for rows in tables:
        far = [float(row[2].rstrip("%")) for row in rows]
        assert far == sorted(far)
        assert all("published" in row[5] or row[5] == "none in force" for row in rows)
    words = words_of(page)
    assert "not why" in words
    assert "Ask them" in words


def test_where_no_way_is_good_nobody_is_said_to_do_well(real: RealPages) -> None:
    page = real.page(f"/areas/{KENT}/neighbours?view=better&indicator={RATE}")
    words = words_of(page)
    assert "No way is said to be good" in page.description
    assert "Who does well" not in words
    assert "Lower than England beyond chance" in words


@pytest.mark.parametrize("code", [SCILLY, CUMBRIA, RUTLAND])
@pytest.mark.parametrize("view", ["comparators", "better"])
@pytest.mark.parametrize("indicator", ["", RATE, HIDDEN])
def test_no_view_fails_where_there_is_little_to_compare(
    real: RealPages, code: str, view: str, indicator: str
) -> None:
    page = real.page(f"/areas/{code}/neighbours?view={view}&indicator={indicator}")
    assert page.status == 200
    assert page.description


@pytest.mark.parametrize("view", ["comparators", "better"])
@pytest.mark.parametrize(
    ("indicator", "why"),
    [
        ("ofsted_leadership_good_n", "It counts authorities"),
        ("adoption_entry_to_order_months", "published for the country alone"),
    ],
)
def test_what_compares_no_authority_says_why_and_is_not_offered(
    real: RealPages, view: str, indicator: str, why: str
) -> None:
    page = real.page(f"/areas/{KENT}/neighbours?view={view}&indicator={indicator}")
    assert page.status == 200
    assert why in page.description
    assert not tables_of(page)
    offered = {
        str(n["props"].get("value")) for n in nodes_of(page.content) if n["type"] == "Option"
    }
    assert EET in offered
    assert indicator not in offered


def test_what_those_like_it_say_of_the_figure_stands_with_them() -> None:
    fake = FakeApi()
    like = fake.places.neighbours_of(AUTHORITY)[0].neighbour
    named = fake.places.area(like).name
    fake.comments = [
        comment(SHARE, "going_well", "We meet weekly.", area_code=like, area_name=named)
    ]
    page = rendered(f"/areas/{AUTHORITY}/neighbours?view=better&indicator={SHARE}", fake)
    assert "We meet weekly." in words_of(page)
    assert f"Written by {named}" in words_of(page)


def test_a_page_asks_the_api_for_no_more_than_four_answers(real: RealPages) -> None:
    for view in ("comparators", "better"):
        real.page(f"/areas/{KENT}/neighbours?view={view}&indicator={EET}")
        lists = ("/areas?", "/indicators?", "/groups?", "/neighbours?", f"/indicators/{EET}")
        asked = [call for call in real.asked if not any(held in call for held in lists)]
        assert len(asked) <= 4


@pytest.mark.parametrize("kind", ["alike", "comparators", "neighbour_map"])
def test_each_chart_says_what_it_shows_and_has_no_colour_of_its_own(
    real: RealPages, kind: str
) -> None:
    chart = real.chart(kind, f"indicator={EET}", KENT)
    assert "Kent" in chart.title
    assert chart.summary.endswith(".")
    assert not re.search(r"(fill|stroke)=\"", chart.svg)
    assert chart.kind == kind


def test_there_is_no_chart_where_there_is_nothing_to_draw(real: RealPages) -> None:
    with pytest.raises(NoChart):
        real.chart("comparators", "", KENT)
    with pytest.raises(NoChart):
        real.chart("alike", "", "E12000008")
    assert {"alike", "comparators", "neighbour_map"} <= set(CHARTS)


def test_marks_of_a_drawing_are_told_apart_by_shape(real: RealPages) -> None:
    page = real.page(f"/areas/{KENT}/neighbours?indicator={EET}")
    drawn = " ".join(str(n["props"].get("data-markup", "")) for n in nodes_of(page.content))
    assert all(f'class="{kind}"' in drawn for kind in ("median", "mean", "symbol", "own-line"))
