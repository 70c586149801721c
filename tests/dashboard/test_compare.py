"""The page of groups: its sentence, strips, filters, and what it says where there is none."""

import re

import pytest

from dashboard.charts.charting import NoChart
from dashboard.page import Page
from dashboard.prerender import to_html
from dashboard.state import read_state
from dashboard.svg.strips import stacked
from dashboard.views.group_choice import by_words
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT

RATE = "indicator=cla_31mar_rate_10k"
KS2 = "indicator=ks2_rwm_expected_pct_cla"


def html(page: Page) -> str:
    """Return a page as it is written first, without soft spaces."""
    return to_html(page.content)


def words(page: Page) -> str:
    """Return what a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html(page)).split())


def test_the_page_opens_with_whether_groups_differ_and_how_much_lies_between_them(
    real: RealPages,
) -> None:
    page = real.page(f"/compare?{RATE}&compare=deprivation")
    assert "differ by more than chance and ordinary variation" in page.description
    assert "40% of the variation in the order of authorities lies between the groups" in (
        page.description
    )
    assert page.title == "Looked after rate by deprivation"


def test_a_page_asks_the_api_at_most_four_times(real: RealPages) -> None:
    real.page(f"/compare?{RATE}&compare=ofsted:leadership&rural_urban=urban&area={KENT}")
    held = ("/areas", "/indicators", "/groups?release", "/groups?grouping=region,")
    asked = [one for one in real.asked if not any(f"v1{part}" in one for part in held)]
    assert len(asked) <= 4, asked


def test_without_choices_the_first_core_indicator_is_shown_by_region(real: RealPages) -> None:
    page = real.page("/compare")
    assert page.status == 200
    assert page.title == "Children in need rate by region"


def test_groups_stand_in_their_own_order_each_with_its_number_with_data(real: RealPages) -> None:
    found = html(real.page(f"/compare?{RATE}&compare=ofsted"))
    names = re.findall(r"strip-name[^>]*>([^<]+)<", found.replace("&quot;", '"'))
    grades = ["Outstanding", "Good", "Requires improvement to be good", "Inadequate"]
    assert [name for name in names if name in grades][:4] == grades


def test_every_authority_with_a_figure_is_a_named_link(real: RealPages) -> None:
    page = real.page(f"/compare?{RATE}&compare=region")
    assert html(page).count("area=E") >= 151
    assert "Hartlepool: 157 per 10,000, North East" in html(page)


def test_judgements_come_with_their_day_and_their_caution(real: RealPages) -> None:
    said = words(real.page(f"/compare?{RATE}&compare=ofsted:leadership"))
    assert "Judgements are those in force on 31 March 2025;" in said
    assert "does not show its cause" in said


def test_authorities_whose_judgement_a_machine_read_are_said_to_be_left_out(
    real: RealPages,
) -> None:
    said = words(real.page(f"/compare?{KS2}&compare=ofsted:leadership"))
    assert "18 authorities are in no group of “Ofsted: impact of leaders”" in said


def test_each_group_says_how_many_figures_are_hidden_or_missing(real: RealPages) -> None:
    said = words(real.page(f"/compare?{KS2}&compare=area_type"))
    assert "30 of 36" in said
    assert re.search(r"\d+ suppressed", said)


def test_the_chosen_authority_is_marked_and_placed_in_its_group(real: RealPages) -> None:
    page = real.page(f"/compare?{RATE}&compare=deprivation&area={KENT}")
    assert "Kent, 53 per 10,000, is in “Middle fifth”, below the middle half" in words(page)
    assert "own-name" in html(page)


def test_filters_combine_and_each_can_be_taken_out(real: RealPages) -> None:
    page = real.page(f"/compare?{RATE}&compare=region&rural_urban=urban&area_type=unitary")
    chips = re.findall(
        r'href="([^"]+)"[^>]*class="chip"|class="chip"[^>]*href="([^"]+)"', html(page)
    )
    found = [first or second for first, second in chips]
    assert len(found) == 2
    assert {"rural_urban=urban" in one for one in found} == {True, False}
    assert "Rural or urban: Predominantly urban" in words(page)


def test_filters_that_nobody_passes_leave_a_page_that_says_so_and_leads_on(
    real: RealPages,
) -> None:
    page = real.page(f"/compare?{RATE}&region=E12000007&area_type=county")
    assert page.status == 200
    assert "no authority is left" in page.description
    assert "Take all filters out" in words(page)


def test_a_list_of_ones_own_is_held_against_all_others_under_its_name(real: RealPages) -> None:
    own = f"own={KENT},E10000030,E10000014,E10000011&named=Around%20London"
    said = words(real.page(f"/compare?{RATE}&compare=own&{own}"))
    assert "Around London" in said
    assert "All other authorities" in said


def test_an_own_list_without_authorities_leads_to_where_one_is_made(real: RealPages) -> None:
    page = real.page(f"/compare?{RATE}&compare=own")
    assert page.status == 200
    assert "/own" in html(page)


def test_neighbours_of_the_chosen_authority_are_held_against_all_others(real: RealPages) -> None:
    said = words(real.page(f"/compare?{RATE}&compare=neighbours&area={KENT}"))
    assert "Statistical neighbours of Kent" in said
    assert "Kent itself is in neither group" in said
    assert "Kent: 53 per 10,000" in html(
        real.page(f"/compare?{RATE}&compare=neighbours&area={KENT}")
    )


def test_what_counts_authorities_has_a_table_and_no_strips(real: RealPages) -> None:
    page = real.page("/compare?indicator=ofsted_leadership_good_n&compare=region")
    assert page.status == 200
    assert "drawing dots strips" not in html(page)
    assert "of 12 authorities" in words(page)


def test_an_unknown_filter_value_is_refused_with_advice(real: RealPages) -> None:
    page = real.page(f"/compare?{RATE}&rural_urban=seaside")
    assert page.status == 400
    assert "urban, significant_rural, rural" in page.description


CROSSED = f"/compare?{RATE}&compare=ofsted&across=area_type"


def test_two_groupings_are_crossed_with_a_test_within_each_group_of_the_second(
    real: RealPages,
) -> None:
    said = words(real.page(CROSSED))
    assert "Among authorities alike by type of authority" in said
    assert "in none of 4 groups" in said


def test_groups_that_overlap_are_told_in_plain_counts(real: RealPages) -> None:
    said = words(real.page(CROSSED))
    assert "of 15 authorities in “Inadequate”, 8 are in “Metropolitan district”" in said
    assert "(of all 153, 36 are)" in said


def test_small_cells_are_marked_as_few_and_the_smallest_have_no_figure(real: RealPages) -> None:
    said = words(real.page(CROSSED))
    assert "65 of 3, few" in said
    assert "too few of 1" in said


def test_cells_show_the_median_or_the_group_as_a_whole(real: RealPages) -> None:
    assert "the median authority" in words(real.page(CROSSED))
    whole = words(real.page(f"{CROSSED}&view=together"))
    assert "31 March 2025: each group as a whole" in whole


def test_a_crossed_page_asks_the_api_at_most_four_times(real: RealPages) -> None:
    real.page(CROSSED)
    held = ("/areas", "/indicators", "/groups?release", "/groups?grouping=region,")
    asked = [one for one in real.asked if not any(f"v1{part}" in one for part in held)]
    assert len(asked) <= 4, asked


def test_a_grouping_is_not_crossed_with_itself(real: RealPages) -> None:
    page = real.page(f"/compare?{RATE}&compare=region&across=region")
    assert page.status == 200
    assert "Among authorities alike" not in words(page)


@pytest.mark.parametrize("kind", ["groups_strip", "groups_cross"])
def test_the_charts_of_groups_stand_by_themselves(real: RealPages, kind: str) -> None:
    chart = real.chart(kind, f"{RATE}&compare=ofsted&across=area_type")
    assert chart.svg.startswith("<svg")
    assert "31 March 2025" in chart.title
    assert chart.table is not None


@pytest.mark.parametrize(
    "query",
    ["region=E12000007&area_type=county", "compare=own", "indicator=ofsted_leadership_ri_n"],
)
def test_there_is_no_chart_of_nothing_and_it_is_said_why(real: RealPages, query: str) -> None:
    with pytest.raises(NoChart) as refused:
        real.chart("groups_strip", query)
    assert str(refused.value).endswith(".")


def test_dots_never_overlap_and_lie_as_near_the_middle_as_they_can() -> None:
    assert stacked([10, 10, 10, 30]) == [0, 1, -1, 0]


@pytest.mark.parametrize(
    ("title", "said"),
    [("Deprivation", "deprivation"), ("Ofsted: care leavers", "Ofsted judgement of care leavers")],
)
def test_the_title_of_a_grouping_fits_after_by(title: str, said: str) -> None:
    assert by_words(title) == said


def test_several_values_of_one_filter_stay_as_they_are() -> None:
    assert read_state("region=E12000007,E12000008").region == "E12000007,E12000008"
