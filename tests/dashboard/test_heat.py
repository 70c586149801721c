"""The heat table: its sentence, cells, orders, what it leaves out, and its picture."""

import re

import pytest

from dashboard.charts.charting import NoChart
from dashboard.page import Page
from dashboard.prerender import to_html
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT


def html(page: Page) -> str:
    """Return a page as it is written first."""
    return to_html(page.content)


def words(page: Page) -> str:
    """Return what a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html(page)).split())


def names(page: Page) -> list[str]:
    """Return the authorities in the order of the rows."""
    return re.findall(r'<th scope="row"><a href="/areas/[^"]+">([^<]+)</a>', html(page))


def test_the_page_opens_with_how_many_figures_differ_of_those_that_can_be_compared(
    real: RealPages,
) -> None:
    page = real.page(f"/heat?area={KENT}")
    assert re.match(
        r"Of [\d,]+ figures that can be compared \(11 authorities, 25 indicators\), \d+ differ "
        r"from England beyond chance\.",
        page.description,
    )


def test_the_number_that_differ_is_that_of_the_shaded_cells(real: RealPages) -> None:
    page = real.page(f"/heat?area={KENT}")
    said = re.search(r"(\d+) differ", page.description)
    shaded = re.findall(r'<td class="heat-(?:better|worse|beyond)">', html(page))
    assert said
    assert int(said[1]) == len(shaded) > 0


def test_a_shaded_cell_has_a_mark_and_words_beside_its_shade(real: RealPages) -> None:
    cells = re.findall(
        r'<td class="heat-(better|worse|beyond)">(.*?)</td>', html(real.page(f"/heat?area={KENT}"))
    )
    for look, cell in cells:
        assert "▲" in cell or "▼" in cell
        assert re.search(r"(higher|lower|better|worse)</span>", cell)
        assert (look in cell) is (look != "beyond")


def test_the_page_asks_the_api_twice_beside_what_is_held(real: RealPages) -> None:
    real.page(f"/heat?area={KENT}")
    held = ("/areas", "/indicators", "/groups")
    asked = [one for one in real.asked if not any(f"v1{part}" in one for part in held)]
    assert len(asked) == 2, asked


def test_without_a_choice_it_is_of_the_first_region(real: RealPages) -> None:
    page = real.page("/heat")
    assert page.title == "Heat table: North East"
    assert len(names(page)) == 12


def test_with_a_chosen_authority_it_is_of_its_neighbours_and_says_where_it_differs(
    real: RealPages,
) -> None:
    page = real.page(f"/heat?area={KENT}")
    assert "Kent" in names(page)
    assert len(names(page)) == 11
    assert re.search(r"Kent differs from England in \d of \d+ figures: ", words(page))


def test_outcomes_stand_apart_from_performance(real: RealPages) -> None:
    found = html(real.page("/heat"))
    kinds = re.findall(r'scope="colgroup">([^<]+)<', found)
    assert [one for one in kinds if one in {"Outcome for children and families", "Context"}] == [
        "Outcome for children and families",
        "Context",
    ]
    assert "Performance of services" in kinds


def test_every_cell_with_a_figure_leads_to_the_indicator_with_that_authority(
    real: RealPages,
) -> None:
    found = html(real.page(f"/heat?area={KENT}"))
    assert f'href="/indicators/cla_31mar_rate_10k?area={KENT}"' in found


def test_a_missing_figure_is_a_letter_whose_meaning_stands_in_the_key(real: RealPages) -> None:
    page = real.page("/heat?kind=outcome&region=E12000007")
    assert re.search(r'<abbr title="hidden, because[^"]+">c</abbr>', html(page))
    assert "c hidden, because the number of children behind it is small" in words(page)


def test_rows_are_sorted_by_a_column_those_without_a_figure_last(real: RealPages) -> None:
    page = real.page("/heat?region=E12000001&sort=-cla_31mar_rate_10k")
    column = [
        float(one)
        for one in re.findall(
            r'/indicators/cla_31mar_rate_10k[^"]*">(?:<span[^>]*>.</span> )?([\d.]+)', html(page)
        )
    ]
    assert column == sorted(column, reverse=True)
    assert len(column) == 12
    assert 'aria-sort="descending"' in html(page)


def test_rows_are_sorted_by_how_many_figures_differ(real: RealPages) -> None:
    page = real.page("/heat?areas=all&sort=-differ")
    # The last is the foot, of all.
    counts = [int(one) for one in re.findall(r"</th><td>(\d+)</td>", html(page))][:-1]
    assert counts == sorted(counts, reverse=True)


def test_only_differences_leaves_out_all_else_and_says_so(real: RealPages) -> None:
    page = real.page("/heat?areas=all&only=beyond_chance")
    assert "heat-plain" not in html(page).replace("heat-sample heat-plain", "")
    assert re.search(r"Without any difference and not listed: \d+ authorities", words(page))


def test_filters_narrow_and_nobody_left_is_said_with_a_way_on(real: RealPages) -> None:
    page = real.page("/heat?region=E12000007&area_type=county")
    assert page.status == 200
    assert "No authority is left" in page.description
    assert "Take all filters out" in words(page)


def test_a_list_of_ones_own_is_named(real: RealPages) -> None:
    page = real.page(f"/heat?own={KENT},E10000030&named=Two%20of%20us")
    assert page.title == "Heat table: Two of us"
    assert names(page) == ["Kent", "Surrey"]


def test_what_may_be_compared_with_is_that_of_the_api(real: RealPages) -> None:
    page = real.page("/heat?against=seaside")
    assert page.status == 400
    for against in ("region", "neighbours", "type", "ofsted:leadership", "deprivation", "own_past"):
        assert real.page(f"/heat?against={against}").status == 200, against


def test_too_many_indicators_are_cut_and_it_is_said(real: RealPages) -> None:
    assert "more are not: choose a stage" in words(real.page("/heat?kind=outcome"))


def test_all_authorities_in_the_core_set_make_a_page(real: RealPages) -> None:
    page = real.page("/heat?areas=all")
    assert len(names(page)) == 153


def test_the_picture_has_a_cell_for_each_figure(real: RealPages) -> None:
    chart = real.chart("heat", f"area={KENT}")
    assert chart.svg.startswith("<svg")
    assert chart.svg.count("cell-words") == 11 * 25
    assert "Department for Education" in chart.source


def test_there_is_no_picture_of_far_too_many_authorities(real: RealPages) -> None:
    with pytest.raises(NoChart, match="too many for a picture"):
        real.chart("heat", "areas=all")
