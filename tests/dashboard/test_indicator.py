"""The page of an indicator: its views, who is pointed out, the table's filter, what is known."""

import re
from typing import cast

import pytest

from api.contract import IndicatorCard
from dashboard.components.indicator_head import neighbours_in_framework
from dashboard.prerender import to_html
from dashboard.views.indicator_views import VIEWS
from tests.dashboard.fake_api import COUNT, RATE, SCORE, SHARE, FakeApi
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT

PAGE = f"/indicators/{RATE}"
NAMES = [view.name for view in VIEWS]
OLD_IDS = [
    "map-section", "change", "broken-down", "groups", "authorities", "values", "definition",
    "why", "caveats", "read-with", "sources",
]  # fmt: skip
REAL = "/indicators/cla_31mar_rate_10k"
CUMBERLAND, CUMBRIA, LONDON_CITY = "E06000063", "E10000006", "E09000001"
HIDDEN = "/indicators/ks2_rwm_expected_pct_cla"


def current_of(address: str) -> list[str]:
    content = rendered(address).content
    nav = next(n for n in nodes_of(content) if n["props"].get("id") == "views")
    links = [n for n in nodes_of(nav) if n["type"] == "A"]
    return [text_of(n) for n in links if n["props"].get("aria-current") == "page"]


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_a_link_and_says_which_is_shown(view: object) -> None:
    shown = next(one for one in VIEWS if one == view)
    assert current_of(f"{PAGE}?view={shown.name}") == [shown.words]


def test_an_unknown_view_is_the_first() -> None:
    assert current_of(f"{PAGE}?view=somewhere") == ["Overview"]


@pytest.mark.parametrize("view", NAMES)
def test_links_to_parts_of_the_one_long_page_still_lead_somewhere(view: str) -> None:
    html = to_html(rendered(f"{PAGE}?view={view}").content)
    for id in OLD_IDS:
        assert html.count(f'id="{id}"') == 1, id


@pytest.mark.parametrize("view", NAMES)
def test_a_view_keeps_whom_the_reader_chose(view: str) -> None:
    content = rendered(f"{PAGE}?area={AUTHORITY}&compare=area_type&view={view}").content
    nav = next(n for n in nodes_of(content) if n["props"].get("id") == "views")
    links = [n["props"]["href"] for n in nodes_of(nav) if n["type"] == "A"]
    assert len(links) == len(VIEWS)
    assert all(f"area={AUTHORITY}&compare=area_type" in address for address in links)


def test_another_authority_is_chosen_without_leaving_the_view() -> None:
    html = to_html(rendered(f"{PAGE}?view=ranked").content)
    assert f'href="{PAGE}?area=X06000003&amp;view=ranked"' in html


def test_the_indicators_before_and_after_in_the_framework_are_a_link_away() -> None:
    held = [card for card in FakeApi().cards if card["latest"]]
    cards = cast("list[IndicatorCard]", held)
    before, after = neighbours_in_framework(cards[0], cards)
    assert before is None
    assert after is not None
    page = rendered(f"{PAGE}?area={AUTHORITY}&view=trend")
    beside = next(
        n for n in nodes_of(page.content) if n["props"].get("className") == "other-indicators"
    )
    assert f'href="/indicators/{after["id"]}?area={AUTHORITY}&amp;view=trend"' in to_html(beside)


# ---- pointed out


def test_areas_that_are_pointed_out_have_a_link_that_ends_it() -> None:
    page = rendered(f"{PAGE}?view=ranked&areas=X06000003,X06000004,nowhere,{AUTHORITY}")
    chips = [n for n in nodes_of(page.content) if n["props"].get("className") == "chip"]
    assert len(chips) == 3  # what is no area is left aside
    assert chips[0]["props"]["href"] == f"{PAGE}?view=ranked&areas=X06000004,{AUTHORITY}"
    assert "Corveldale" in text_of(chips[0])


@pytest.mark.parametrize("view", ["ranked", "distribution", "trend"])
def test_who_is_pointed_out_is_named_on_the_chart(view: str) -> None:
    address = f"{PAGE}?area={AUTHORITY}&view={view}"
    name = re.compile(r"<text[^>]*class=\"name (?:pointed|further[^\"]*)\"[^>]*>[^<]*Corveldale")
    assert name.search(to_html(rendered(f"{address}&areas=X06000003").content))
    assert not name.search(to_html(rendered(address).content))


# ---- the table


def rows_of(query: str, real: RealPages | None = None) -> list[list[str]]:
    address = f"{PAGE}?view=table&{query}"
    page = real.page(address) if real else rendered(address)
    tables = tables_of(page)
    return next(rows for caption, rows in tables.items() if "all areas" in caption)[10:]


def test_an_authority_is_found_by_a_part_of_its_name_its_region_or_its_code() -> None:
    assert [row[0].split(" ")[0] for row in rows_of("find=corveldale")] == ["Corveldale"]
    assert [row[0].split(" ")[0] for row in rows_of("find=X06000003")] == ["Corveldale"]
    region = rows_of("find=corveldale")[0][5]
    assert {row[5] for row in rows_of(f"find={region}")} == {region}


def test_rows_are_kept_by_whether_they_have_a_figure() -> None:
    everyone, held, missing = (rows_of(f"only={only}") for only in ("", "figure", "missing"))
    assert {row[1] for row in missing} == {"suppressed"}
    assert len(held) + len(missing) == len(everyone)
    assert all(row[1] != "suppressed" for row in held)


def test_only_the_chosen_and_its_neighbours_or_those_beyond_chance_are_kept() -> None:
    near = rows_of(f"area={AUTHORITY}&only=neighbours")
    assert 2 <= len(near) <= 11
    assert any("(chosen)" in row[0] for row in near)
    beyond = rows_of("only=beyond_chance")
    assert 0 < len(beyond) < len(rows_of("only="))


def test_how_many_rows_are_shown_is_said_in_words() -> None:
    words = text_of(rendered(f"{PAGE}?view=table&find=corveldale").content)
    assert "1 of 153 authorities shown." in words
    none = text_of(rendered(f"{PAGE}?view=table&find=nobody+at+all").content)
    assert "None of 153 authorities shown: write fewer letters" in none


def test_why_a_figure_is_missing_leads_to_what_the_word_means() -> None:
    html = to_html(rendered(f"{PAGE}?view=table&only=missing").content)
    assert '<a href="/missing#suppressed">suppressed</a>' in html


def test_sorting_keeps_the_filter() -> None:
    html = to_html(rendered(f"{PAGE}?view=table&only=figure&find=shire").content)
    assert "sort=-value&amp;view=table&amp;only=figure&amp;find=shire" in html


# ---- the trend


def test_an_axis_from_the_lowest_figure_is_a_choice() -> None:
    html = to_html(rendered(f"{PAGE}?view=trend&axis=data").content)
    assert f'href="{PAGE}?view=trend"' in html
    assert f'href="{PAGE}?view=trend&amp;axis=data" aria-current="true"' in html


def test_the_table_of_all_periods_leads_to_the_source_of_each_figure() -> None:
    page = rendered(f"{PAGE}?area={AUTHORITY}&view=trend")
    rows = next(rows for caption, rows in tables_of(page).items() if "all periods" in caption)
    assert [row[0] for row in rows] == ["2025", "2024", "2023"]
    assert f"/sources/office_children_2025?area={AUTHORITY}&amp;period=RY2023" in to_html(
        page.content
    )


def test_a_missing_year_is_a_gap_with_its_reason(real: RealPages) -> None:
    words = text_of(real.page(f"{HIDDEN}?area={KENT}&view=trend").content)
    assert (
        "Kent, England and the South East have no figure of 2019-20 and 2020-21: not available "
        "from the publisher." in words
    )


def test_inspections_are_dated_and_nothing_is_said_of_causes(real: RealPages) -> None:
    page = real.page(f"{REAL}?area={KENT}&view=trend")
    words = text_of(page.content)
    assert "inspected May 2022" in to_html(page.content)
    assert "9 May 2022, Standard Inspection: overall outstanding" in words
    assert "nothing about why a figure moved" in words


def test_a_new_authority_stands_apart_from_what_it_was_made_from(real: RealPages) -> None:
    html = to_html(real.page(f"{REAL}?area={CUMBERLAND}&view=trend").content)
    courses = dict(re.findall(r'<g class="course (chosen|kin)">(.*?)</g></g>', html))
    assert courses["kin"].count('class="at"') == 5  # up to 2023
    assert courses["chosen"].count('class="at"') == 2  # from 2024


# ---- distribution and funnel


def test_the_quarters_are_those_of_the_api(real: RealPages) -> None:
    page = real.page(f"{REAL}?area={KENT}&view=distribution")
    assert "The middle half of the authorities lie between 53 and 90 per 10,000" in text_of(
        page.content
    )
    assert "Kent, 53, is in the middle half." in text_of(page.content)


def test_a_funnel_speaks_of_variation_and_not_of_outliers(real: RealPages) -> None:
    page = real.page(f"{REAL}?view=funnel")
    words = text_of(page.content)
    assert "3 of 151 authorities lie beyond chance and ordinary variation around England." in words
    assert "outlier" not in words
    html = to_html(page.content)
    assert {"wide-95", "wide-998", "plain-95", "plain-998"} <= set(
        re.findall(r'class="limit ([\w-]+)"', html)
    )


def test_where_there_is_no_funnel_the_reason_is_said(real: RealPages) -> None:
    words = text_of(real.page("/indicators/cla_sdq_avg_score?view=funnel").content)
    assert "There is no funnel of this figure. No valid interval." in words


# ---- about


def test_the_quality_of_the_figures_is_told_with_known_problems(real: RealPages) -> None:
    words = text_of(real.page("/indicators/cin_rate_10k?view=about").content)
    assert "authorities have a figure" in words
    assert "cyber-attack" in words


def test_how_a_definition_changed_is_told() -> None:
    words = text_of(rendered(f"{PAGE}?view=about").content)
    assert "Version 1, first held here in release 2025-11-20." in words
    assert (
        "Version 2, changed (denominator) in release 2025-12-01: Residents are counted in the "
        "middle of the year." in words
    )


# ---- all of it over the figures that ship


SHOWN = (
    "cla_31mar_rate_10k", "absence_persistent_pct_cino", "ks2_rwm_expected_pct_cla",
    "cla_sdq_avg_score", "ofsted_leadership_good_n", "adoption_decision_to_match_months",
    "csc_spend_per_child_gbp",
)  # fmt: skip


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("area", "indicator"),
    [
        *((area, id) for area in ("", KENT) for id in SHOWN),
        *((area, SHOWN[0]) for area in (LONDON_CITY, CUMBERLAND, CUMBRIA)),
    ],
)
def test_every_view_stands_and_is_light(real: RealPages, indicator: str, area: str) -> None:
    for view in NAMES:
        page = real.page(f"/indicators/{indicator}?area={area}&view={view}")
        assert page.status == 200, view
        assert len(to_html(page.content).encode()) < 160_000, view
        assert len(real.asked) < 20


@pytest.mark.unmeasured
@pytest.mark.parametrize("id", [RATE, SHARE, SCORE, COUNT])
def test_every_view_of_made_up_figures_asks_for_one_release(id: str) -> None:
    for view in NAMES:
        fake = FakeApi()
        assert rendered(f"/indicators/{id}?area={AUTHORITY}&view={view}", fake).status == 200
        assert all("release=" in asked or "/releases/" in asked for asked in fake.asked[1:])
