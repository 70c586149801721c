"""A reader's own list: built by ticking, by rules, from neighbours; named, shared and kept."""

import re

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from dashboard.page import Page
from dashboard.prerender import to_html
from tests.dashboard.conftest import open_page
from tests.dashboard.reading import nodes_of, text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT

ESSEX, RUTLAND = "E10000012", "E06000017"
TWO = f"own={ESSEX},{KENT}&named=Two coasts"


def words_of(page: Page) -> str:
    return re.sub(r"\s+", " ", text_of(page.content))


def links_of(page: Page) -> dict[str, str]:
    return {
        re.sub(r"\s+", " ", text_of(n)).strip(): str(n["props"]["href"])
        for n in nodes_of(page.content)
        if n["type"] == "A"
    }


def test_an_empty_list_says_what_to_do(real: RealPages) -> None:
    page = real.page("/own")
    assert page.status == 200
    assert "Nobody is on the list yet." in words_of(page)
    assert "Use and share it" not in words_of(page)
    assert to_html(page.content).count('type="checkbox"') == 153


def test_the_title_says_the_name_and_no_list_of_codes(real: RealPages) -> None:
    page = real.page(f"/own?{TWO}")
    assert page.title == "Two coasts: a list of your own"
    assert page.description == "“Two coasts” holds 2 authorities."


def test_each_authority_can_be_taken_off_and_the_name_stays(real: RealPages) -> None:
    links = links_of(real.page(f"/own?{TWO}"))
    assert links["Essex ✕ , take off the list"] == f"/own?own={KENT}&named=Two%20coasts"


def test_a_code_of_nobody_is_told_and_does_not_count(real: RealPages) -> None:
    page = real.page(f"/own?own={KENT},E99999999,E12000008")
    assert page.description == "Your list holds 1 authority."
    assert "No authority has these codes" in words_of(page)
    assert f"/own?own={KENT}&" not in links_of(page)["E99999999 ✕ , take off the list"]


def test_rules_resolve_to_codes_that_can_be_added_kept_or_taken_alone(real: RealPages) -> None:
    page = real.page(f"/own?view=rules&own={ESSEX},{KENT}&area_type=county&deprivation=3")
    assert "5 authorities meet these rules: " in words_of(page)
    links = links_of(page)
    added = links["Put the 4 that are missing on the list"]
    assert f"own={ESSEX},{KENT},E10000" in added
    alone = real.page(links["Make the list these alone"])
    assert alone.description == "Your list holds 5 authorities."
    assert f"own={KENT}&" in links["Keep only those of the list that meet them: 1"]


def test_the_number_of_children_is_a_rule_too(real: RealPages) -> None:
    page = real.page("/own?view=rules&children_min=300000")
    assert "authorities meet these rules" in words_of(page)
    assert "Kent" in words_of(page)
    none = real.page("/own?view=rules&children_min=900000")
    assert "No authority of today meets all of these rules." in words_of(none)


def test_a_rule_that_cannot_be_read_leaves_the_list_as_it_is(real: RealPages) -> None:
    page = real.page(f"/own?view=rules&own={ESSEX},{KENT}&children_min=many")
    assert page.description == "Your list holds 2 authorities."
    assert "These rules cannot be read: " in words_of(page)
    assert "whole number" in words_of(page)


def test_a_list_starts_from_the_neighbours_of_an_authority(real: RealPages) -> None:
    page = real.page(f"/own?view=neighbours&area={KENT}")
    assert "Neighbours of Kent by the model of 2021: Essex, " in words_of(page)
    added = [href for words, href in links_of(page).items() if words.startswith("Put these 10")]
    assert real.page(added[0]).description == "Your list holds 10 authorities."


def test_a_list_leads_to_every_page_that_can_use_it(real: RealPages) -> None:
    links = links_of(real.page(f"/own?{TWO}"))
    own = f"own={ESSEX},{KENT}&named=Two%20coasts"
    assert links["Hold its authorities against all others"] == f"/compare?compare=own&{own}"
    assert links["See them in many indicators: the heat table"] == f"/heat?{own}"
    assert links["Follow them over time"] == f"/trends?areas={ESSEX},{KENT}"
    assert own in links["Take their figures as data"]
    assert f"compare=areas:{ESSEX},{KENT}" in links["As one group beside an indicator"]
    beside = links["What changes when Essex is compared with them"]
    assert real.page(beside).status == 200


def test_a_group_of_ones_own_is_called_by_its_name_beside_an_indicator(real: RealPages) -> None:
    address = links_of(real.page(f"/own?{TWO}"))["As one group beside an indicator"]
    page = real.page(f"{address}&view=groups")
    assert "Two coasts" in words_of(page)
    assert f"areas:{ESSEX}" not in words_of(page)


@pytest.mark.parametrize(("count", "says"), [(5, ""), (31, "hardly be read"), (61, "cut so long")])
def test_a_long_list_is_warned_of(real: RealPages, count: int, says: str) -> None:
    every = real.page("/own")
    codes = re.findall(r'id="own-(E\d{8})"', to_html(every.content))[:count]
    words = words_of(real.page(f"/own?own={','.join(codes)}"))
    assert ("long list" in words) is bool(says)
    assert says in words


@pytest.mark.browser
@pytest.mark.unmeasured
def test_a_tick_puts_an_authority_on_the_list_and_in_the_address(
    tab: Tab, real_address: str
) -> None:
    open_page(tab, f"{real_address}/own")
    tab.get_by_label("Show only names with").fill("kent")
    expect(tab.locator(".own-region li:visible")).to_have_count(1)
    tab.get_by_label("Kent", exact=True).check()
    expect(tab.locator(".own-chips li")).to_have_count(1)
    assert tab.url.endswith(f"/own?own={KENT}&view=tick")
    tab.get_by_label("Kent", exact=True).uncheck()
    expect(tab.locator(".own-chips li")).to_have_count(0)
    expect(tab.get_by_label("Kent", exact=True)).to_be_focused()
    expect(tab.locator(".own-region li:visible")).to_have_count(1)


@pytest.mark.browser
@pytest.mark.unmeasured
def test_a_list_is_kept_on_the_device_offered_and_deleted(tab: Tab, real_address: str) -> None:
    open_page(tab, f"{real_address}/own?{TWO}")
    assert (tab.locator("#own-address").text_content() or "").startswith(real_address)
    tab.get_by_role("button", name="Keep this list as “Two coasts”").click()
    expect(tab.locator("#own-kept")).to_contain_text("This list is kept")
    open_page(tab, f"{real_address}/areas/{KENT}/neighbours?indicator=care_leaver_eet_19_21_pct")
    tab.locator(".own-offered").get_by_role("link", name="Two coasts (2)").click()
    expect(tab.locator("main")).to_contain_text("Compared with “Two coasts” as well.")
    open_page(tab, f"{real_address}/own")
    tab.get_by_role("button", name="Delete the list Two coasts").click()
    expect(tab.locator("#own-kept")).to_contain_text("No list is kept here yet.")
