"""Made-up returns are sound, the same every time, and nobody's."""

from dataclasses import replace
from datetime import date

import pytest

from etl.practice.made_up_country import MadeUpCountry, Outlier
from etl.practice.packages import PROFILE, made_up_country, practice_counts, practice_returns
from etl.practice.recipe import Recipe, load_recipe
from etl.submissions.check import Setting, check_opened
from etl.submissions.package import Package
from indicators.measures import load_measures
from reference.periods import parse_period
from reference.placesets import load_place_set

PLACES = load_place_set("made_up")
PERIOD = parse_period("RY2025")
TOWN = "X06000001"


def anew(**more: object) -> MadeUpCountry:
    return MadeUpCountry(PLACES, PROFILE, **more)  # type: ignore[arg-type]


@pytest.mark.unmeasured
def test_every_return_of_every_authority_passes_the_rules_it_can_break_alone() -> None:
    setting = Setting(PLACES, date(2025, 9, 1))
    sent = list(practice_returns(PLACES, load_measures(), PERIOD))
    assert len(sent) == 3 * 153
    for one in sent:
        package = Package(one.name, "data.csv", one.table, one.manifest, False, False)
        checked = check_opened(package, setting)
        stopping = [found.rule for found in checked.findings if found.stops]
        assert stopping == [], one.name


def test_the_same_country_is_drawn_every_time() -> None:
    held = made_up_country(PROFILE)
    again = anew()
    for collection in ("CLA", "CIN", "CL"):
        assert again.counts(TOWN, collection, 2025) == held.counts(TOWN, collection, 2025)


def test_another_profile_is_another_country() -> None:
    held = made_up_country(PROFILE)
    other = MadeUpCountry(PLACES, "another")
    assert other.counts(TOWN, "CIN", 2025) != held.counts(TOWN, "CIN", 2025)


def test_another_quantity_leaves_the_others_as_they_are() -> None:
    recipe = load_recipe()
    added = recipe.model_copy(update={"levels": {**recipe.levels, "new": recipe.levels["ref"]}})
    assert isinstance(added, Recipe)
    held = made_up_country(PROFILE)
    again = anew(recipe=added)
    assert again.counts(TOWN, "CIN", 2025) == held.counts(TOWN, "CIN", 2025)


def test_an_outlier_moves_its_own_authority_and_measure_alone() -> None:
    held = made_up_country(PROFILE)
    moved = anew(outliers=(Outlier(TOWN, "oc2_health", 0.5, 2025, 2025),))
    before, after = (one.counts(TOWN, "CLA", 2025) for one in (held, moved))
    differing = {key[0] for key in before if before[key] != after[key]}
    assert differing == {"OC2_HEALTH"}
    key = ("OC2_HEALTH", "TOTAL", "ALL")
    assert after[key] < 0.8 * before[key]
    assert moved.counts(TOWN, "CLA", 2024) == held.counts(TOWN, "CLA", 2024)
    assert moved.counts("X06000002", "CLA", 2025) == held.counts("X06000002", "CLA", 2025)


def test_stocks_follow_flows_give_or_take_second_spells() -> None:
    held = made_up_country(PROFILE)
    for area in PLACES.authorities(PERIOD.end):
        counts = held.counts(area.code, "CLA", 2025)
        prior, came, went, there = (
            counts[name, "TOTAL", "ALL"]
            for name in ("CLA_OPEN_PRIOR", "CLA_START", "CLA_CEASE", "CLA_OPEN")
        )
        assert abs(prior + came - went - there) <= max(10, 0.03 * there)


def test_last_years_stock_is_this_years_opening_but_for_what_was_restated() -> None:
    held = made_up_country(PROFILE)
    for area in PLACES.authorities(parse_period("RY2024").end):
        then = held.counts(area.code, "CLA", 2024)["CLA_OPEN", "TOTAL", "ALL"]
        now = held.counts(area.code, "CLA", 2025)["CLA_OPEN_PRIOR", "TOTAL", "ALL"]
        assert abs(then - now) <= max(5, 0.02 * then)


def test_real_places_are_refused() -> None:
    england = load_place_set("england")
    with pytest.raises(ValueError, match="no real place carries an invented figure"):
        MadeUpCountry(england, PROFILE)
    area, collection = england.authorities()[0], load_measures().collection("CLA")
    with pytest.raises(ValueError, match="no real place carries an invented figure"):
        practice_counts(area, collection, PERIOD, england, PROFILE)


def test_a_place_set_that_only_bears_the_name_of_real_places_is_refused_too() -> None:
    with pytest.raises(ValueError, match="england"):
        MadeUpCountry(replace(PLACES, id="england"), PROFILE)
