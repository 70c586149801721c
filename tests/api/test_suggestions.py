"""Refusals of areas, regions and names suggest what was really meant."""

import pytest

from api.area_choice import REGION_KINDS
from tests.api import world
from tests.api.conftest import Ask


@pytest.mark.parametrize("word", ["neighbours", "within", "neighbours:"])
def test_a_selector_without_a_code_says_how_to_write_it(problem: Ask, word: str) -> None:
    told = problem(area=word)
    assert f"{word.removesuffix(':')}:CODE" in told["detail"]


def test_a_code_with_a_digit_missing_suggests_codes_that_are_close(problem: Ask) -> None:
    told = problem(area=world.TOWN[:4] + world.TOWN[5:])
    assert any(world.TOWN in close for close in told["suggestions"])
    assert len(told["suggestions"]) <= 3


def test_a_region_that_is_not_there_suggests_regions_alone(problem: Ask) -> None:
    regions = {area.code: area.name for area in world.places().areas if area.kind in REGION_KINDS}
    name = regions[world.REGION]
    for text in (name[:-1], name.split()[0], world.REGION[:-1]):
        told = problem(region=text)
        assert any(world.REGION in close for close in told["suggestions"])
        assert all(any(code in close for code in regions) for close in told["suggestions"])
    told = problem(region=world.TOWN)
    assert "is not a region; it lies in" in told["detail"]


def test_a_name_in_other_capitals_is_the_only_one_suggested(problem: Ask) -> None:
    assert problem(Indicator="a_share_pct")["suggestions"] == ["indicator"]
    assert problem(indicator="A_SHARE_PCT")["suggestions"] == ["a_share_pct"]
