"""Codes, numbers and spellings find the area that is meant, and no other."""

from datetime import date

import pytest

from reference.areas import AreaNotThenError, UnknownAreaError, code_in_force
from reference.places import AreaKind, PlaceSet


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E08000016", "E08000016"),  # Barnsley before April 2025 ...
        ("E08000038", "E08000016"),  # ... and since
        ("e08000039", "E08000019"),
        ("E06000048", "E06000057"),  # Northumberland between 2009 and 2013
        ("E10000022", "E06000057"),  # and before 2009
        ("825", "E06000060"),  # a number kept over a recoding
        ("835", "E10000009"),
        ("838", "E06000059"),
        (" 301 ", "E09000002"),
        ("st helens", "E08000013"),
        ("St. Helens MBC", "E08000013"),
        ("Hammersmith & Fulham", "E09000013"),
        ("BRISTOL CITY OF", "E06000023"),
        ("yorkshire and the humber", "E12000003"),
        ("East", "E12000006"),
        ("Inner London", "E13000001"),
        ("England", "E92000001"),
        ("City of London", "E09000001"),
        ("London", "E12000007"),
    ],
)
def test_codes_numbers_and_spellings_find_their_area(
    england: PlaceSet, text: str, code: str
) -> None:
    assert england.resolve(text).code == code


def test_a_name_that_two_areas_shared_means_the_one_that_existed(england: PlaceSet) -> None:
    assert england.resolve("Dorset", date(2019, 3, 31)).code == "E10000009"
    assert england.resolve("Dorset", date(2019, 4, 1)).code == "E06000059"


def test_a_name_that_two_areas_shared_means_the_current_one_without_a_date(
    england: PlaceSet,
) -> None:
    assert england.resolve("Dorset").code == "E06000059"


@pytest.mark.parametrize("day", [date(2014, 3, 31), date(2025, 3, 31)])
def test_a_code_of_another_time_still_finds_an_area_that_existed_then(
    england: PlaceSet, day: date
) -> None:
    assert england.resolve("E06000066", day) is england.resolve("E10000027", day)


def test_an_abolished_authority_is_found_without_a_date(england: PlaceSet) -> None:
    assert england.resolve("Cumbria").code == "E10000006"


def test_an_abolished_authority_is_refused_for_a_later_day(england: PlaceSet) -> None:
    with pytest.raises(AreaNotThenError, match=r"Cumbria .E10000006. ended on 2023-03-31") as error:
        england.resolve("909", date(2024, 3, 31))
    assert error.value.area.code == "E10000006"


def test_an_authority_is_refused_for_a_day_before_it_began(england: PlaceSet) -> None:
    with pytest.raises(AreaNotThenError, match="began on 2023-04-01"):
        england.resolve("Cumberland", date(2023, 3, 31))


def test_an_unknown_name_is_answered_with_the_closest_ones(england: PlaceSet) -> None:
    with pytest.raises(UnknownAreaError, match=r"did you mean Manchester .E08000003.") as error:
        england.resolve("Mancester")
    assert error.value.suggestions[0] == "Manchester (E08000003)"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Hull", "Kingston upon Hull, City of (E06000010)"),
        ("Helens", "St. Helens (E08000013)"),
        ("Tyne", "South Tyneside (E08000023)"),
    ],
)
def test_names_that_hold_the_word_come_before_look_alikes(
    england: PlaceSet, text: str, first: str
) -> None:
    with pytest.raises(UnknownAreaError) as error:
        england.resolve(text)
    assert first in error.value.suggestions
    assert all(text in name for name in error.value.suggestions[:1])


@pytest.mark.parametrize("text", ["", "E09000021 / E09000027", "E06", "W06000001", "999"])
def test_what_names_no_single_area_is_refused(england: PlaceSet, text: str) -> None:
    with pytest.raises(UnknownAreaError, match="is not a code, number or name of an area"):
        england.resolve(text)


def test_a_long_text_is_cut_in_the_message(england: PlaceSet) -> None:
    with pytest.raises(UnknownAreaError) as error:
        england.resolve("x" * 5000)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("E08000016", date(2025, 3, 31), "E08000016"),
        ("E08000016", date(2025, 4, 1), "E08000038"),
        ("E06000057", date(2009, 3, 31), "E10000022"),
        ("E06000057", date(2013, 3, 31), "E06000048"),
        ("E06000057", date(2013, 4, 1), "E06000057"),
        ("E06000063", date(2023, 3, 31), None),
        ("E10000006", date(2023, 4, 1), None),
        ("E12000001", date(2023, 4, 1), "E12000001"),
    ],
)
def test_the_code_in_force_depends_on_the_day(
    england: PlaceSet, code: str, day: date, expected: str | None
) -> None:
    assert code_in_force(england.area(code), day) == expected


def test_no_two_areas_of_a_time_share_a_name_or_number(england: PlaceSet) -> None:
    for day in (date(2013, 3, 31), date(2020, 3, 31), date(2025, 3, 31)):
        for area in england.authorities(day):
            for text in (area.code, area.name, str(area.number), *area.spellings):
                assert england.resolve(text, day) is area


def test_lineage_leaves_a_mere_recoding_out(england: PlaceSet) -> None:
    assert england.successors_of("E10000021") == ("E06000061", "E06000062")
    assert england.predecessors_of("E06000058") == ("E06000028", "E06000029", "E10000009")
    assert england.predecessors_of("E06000060") == ()


def test_an_authority_of_london_lies_in_london_and_in_one_of_its_parts(
    england: PlaceSet,
) -> None:
    london = england.within("E12000007")
    inner, outer = england.within("E13000001"), england.within("E13000002")
    assert (len(london), len(inner), len(outer)) == (33, 14, 19)
    assert {area.region for area in (*inner, *outer)} == {"E12000007"}


def test_the_country_holds_the_authorities_of_a_day(england: PlaceSet) -> None:
    counts = {
        year: len(england.within("E92000001", date(year, 3, 31)))
        for year in (2009, 2010, 2019, 2020, 2022, 2024, 2025)
    }
    assert counts == {2009: 150, 2010: 152, 2019: 152, 2020: 151, 2022: 152, 2024: 153, 2025: 153}


def test_levels_are_one_country_nine_regions_and_two_subregions(england: PlaceSet) -> None:
    counts = {kind: len(england.of_kind(kind)) for kind in AreaKind}
    assert counts == {"country": 1, "region": 9, "subregion": 2, "authority": 160}


def test_only_the_two_tiny_authorities_are_in_no_ranking(england: PlaceSet) -> None:
    unranked = {area.name for area in england.areas if not area.is_rankable}
    assert unranked == {"City of London", "Isles of Scilly"}


def test_a_dated_code_is_not_canonical_and_is_refused_where_only_that_will_do(
    england: PlaceSet,
) -> None:
    with pytest.raises(UnknownAreaError, match="'E08000038' is not the code of an area in England"):
        england.area("E08000038")


def test_a_classification_that_is_not_held_is_refused(england: PlaceSet) -> None:
    with pytest.raises(KeyError, match="coastal"):
        england.classification("coastal")
    assert england.class_of("coastal", "E08000016") is None
