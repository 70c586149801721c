"""The tables of England agree with the published files that they were made from."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from reference.areas import code_in_force
from reference.build_england_facts import FIRST_MID_2023_VINTAGE, SERIES_VINTAGE
from reference.places import Inspection, PlaceSet

Lines = list[dict[str, str]]
Reader = Callable[[str], Lines]
TODAY = date(2026, 6, 30)


def test_the_153_authorities_have_their_names_numbers_regions_and_codes(
    england: PlaceSet, published_table: Reader
) -> None:
    rows = published_table("local_authorities")
    current = {area.code: area for area in england.authorities(TODAY)}
    assert set(current) == {row["la_code"] for row in rows}
    for row in rows:
        area = current[row["la_code"]]
        part = row["dfe_region_code"] if row["london_part"] else None
        assert (area.name, area.number) == (row["la_name"], row["old_la_code"])
        assert (area.region, area.subregion) == (row["region_code"], part)
        assert area.is_rankable == (row["sui_generis"] != "Y")
        assert code_in_force(area, date(2025, 3, 31)) == row["la_code"]
        assert code_in_force(area, TODAY) == row["la_code_from_2025_04_01"]


def test_types_are_counted_as_published(england: PlaceSet, published_table: Reader) -> None:
    published = Counter(row["la_type"] for row in published_table("local_authorities"))
    ours = Counter(area.type for area in england.authorities(TODAY))
    assert ours == {
        "unitary": published["Unitary authority"],
        "metropolitan": published["Metropolitan district"],
        "london_borough": published["London borough"],
        "county": published["Shire county"],
    }
    assert set(ours) == set(england.area_types)


def test_every_former_code_ended_on_its_day(england: PlaceSet, published_table: Reader) -> None:
    rows = published_table("former_la_codes")
    assert len(rows) == 19
    for row in rows:
        area, last_day = england.resolve(row["la_code"]), date.fromisoformat(row["last_day"])
        assert code_in_force(area, last_day) == row["la_code"]
        assert code_in_force(area, last_day + timedelta(days=1)) != row["la_code"]
        assert area.number == row["old_la_code"]


def test_every_change_of_codes_is_in_the_lineage(
    england: PlaceSet, published_table: Reader
) -> None:
    published = {
        (
            date.fromisoformat(row["effective_date"]),
            england.resolve(row["predecessor_code"]).code,
            england.resolve(row["successor_code"]).code,
            row["same_footprint"],
            float(row["successor_share_of_predecessor_0_17"] or 0),
        )
        for row in published_table("la_code_changes")
    }
    ours = {
        (c.effective_on, c.predecessor, c.successor, c.same_footprint, c.successor_share or 0.0)
        for c in england.changes
    }
    assert len(england.changes) == 24
    assert ours == published


def test_a_recoding_keeps_the_area_and_a_split_or_merger_makes_new_ones(england: PlaceSet) -> None:
    for change in england.changes:
        is_one_area = change.predecessor == change.successor
        assert is_one_area == (change.same_footprint != "N")
        assert is_one_area == (change.kind in {"recoded", "boundary_change"})


def test_every_spelling_finds_its_authority(england: PlaceSet, published_table: Reader) -> None:
    rows = published_table("la_name_aliases")
    assert len(rows) == 255
    for row in rows:
        assert england.resolve(row["alias"]).code == row["la_code"], row["alias"]
        assert england.resolve(row["alias"].upper(), date(2025, 3, 31)).code == row["la_code"]


def test_regions_have_their_codes_names_and_numbers(
    england: PlaceSet, published_table: Reader
) -> None:
    for row in published_table("regions"):
        area = england.area(row["region_code"])
        assert (area.name, area.number) == (row["region_name"], row["lait_la_number"])
        assert area.kind == ("subregion" if row["parent_region_code"] else "region")


def test_the_neighbours_of_2025_are_the_published_1530(
    england: PlaceSet, published_table: Reader
) -> None:
    published = {
        (row["la_code"], int(row["rank"]), row["neighbour_la_code"], row["closeness"].strip())
        for row in published_table("statistical_neighbours_2025")
    }
    ours = {(n.area, n.rank, n.neighbour, n.closeness) for n in england.neighbours
            if n.model == "2025"}  # fmt: skip
    assert len(ours) == 1530
    assert ours == published


def test_the_neighbours_of_2021_are_the_published_1560_with_abolished_authorities(
    england: PlaceSet, published_table: Reader
) -> None:
    published = {
        (row["old_la_code"], int(row["rank"]), row["neighbour_old_la_code"],
         row["closeness"].strip().lower())
        for row in published_table("statistical_neighbours_2021")
    }  # fmt: skip
    ours = {
        (england.area(n.area).number, n.rank, england.area(n.neighbour).number, n.closeness.lower())
        for n in england.neighbours
        if n.model == "2021"
    }
    assert len(ours) == 1560
    assert ours == published
    assert england.neighbours_of("E10000006", "2021")[0].neighbour == "E10000019"
    assert england.neighbour_models == ("2025", "2021")


def test_the_population_series_is_the_published_one(
    england: PlaceSet, published_table: Reader
) -> None:
    published = {
        (
            england.resolve(row["la_code"] or row["region_code"] or "England").code,
            int(row["mid_year"]),
        ): int(row["population_0_17"])
        for row in published_table("population_0_17")
        if row["population_0_17"]
    }
    ours = {
        (p.area, p.mid_year): p.count for p in england.populations if p.vintage == SERIES_VINTAGE
    }
    assert len(ours) == 2132 - 21
    assert ours == published


def test_mid_2023_is_also_held_as_first_published(england: PlaceSet) -> None:
    country = england.country.code
    assert england.population_of(country, 2023) == 12_059_476
    first = england.population_of(country, 2023, FIRST_MID_2023_VINTAGE)
    assert first == sum(
        p.count
        for p in england.populations
        if p.vintage == FIRST_MID_2023_VINTAGE
        and p.mid_year == 2023
        and p.area in {a.code for a in england.authorities()}
    )
    assert first != 12_059_476
    in_london = [
        england.population_of(c, 2023, FIRST_MID_2023_VINTAGE) for c in ("E13000001", "E13000002")
    ]
    region = england.population_of("E12000007", 2023, FIRST_MID_2023_VINTAGE)
    assert None not in in_london
    assert sum(filter(None, in_london)) == region


def test_mid_2022_is_also_held_as_the_rates_of_2024_use_it(england: PlaceSet) -> None:
    country = england.country.code
    assert england.population_of(country, 2022, FIRST_MID_2023_VINTAGE) not in (
        None,
        england.population_of(country, 2022),
    )
    assert england.population_of(country, 2024, FIRST_MID_2023_VINTAGE) is None


def test_the_newest_vintage_of_a_mid_year_is_the_default(england: PlaceSet) -> None:
    assert england.population_of("E09000001", 2024) == 847
    assert england.population_of("E06000053", 2024) == 319
    assert england.population_of("E06000063", 2022) is None


def test_every_inspection_is_held_with_its_dates_and_grades(
    england: PlaceSet, published_table: Reader
) -> None:
    rows = published_table("ofsted_judgements")
    columns = {"overall": "overall_effectiveness", "leadership": "impact_of_leaders",
               "help_and_protection": "help_and_protection", "in_care": "children_in_care",
               "leaving_care": "care_leavers"}  # fmt: skip

    def published(row: dict[str, str]) -> tuple[object, ...]:
        grades = tuple(row[column] for column in columns.values())
        is_machine_read = row["source"].startswith("Data to Insight")
        area = england.resolve(row["la_code"]).code
        return area, row["inspection_date"], row["publication_date"], grades, is_machine_read

    def ours(inspection: Inspection) -> tuple[object, ...]:
        held = tuple(england.grades.get(inspection.grades.get(j, ""), "") for j in columns)
        inspected = inspection.inspected_on.isoformat() if inspection.inspected_on else ""
        is_machine_read = inspection.basis == "machine_read"
        published_on = inspection.published_on.isoformat()
        return inspection.area, inspected, published_on, held, is_machine_read

    assert len(england.inspections) == 488
    assert Counter(map(ours, england.inspections)) == Counter(map(published, rows))


def test_rural_and_urban_classes_are_the_published_ones(
    england: PlaceSet, published_table: Reader
) -> None:
    labels = england.classification("rural_urban").values
    newer = 0
    for row in published_table("rural_urban"):
        held = england.class_of("rural_urban", row["la_code"])
        assert held is not None
        assert labels[held].lower() == row["ruc2011_3fold"].lower()
        held_2021 = england.class_of("rural_urban_2021", row["la_code"])
        assert (held_2021 is None) == (row["ruc2021_class"] == "")
        newer += held_2021 is not None
    assert newer == 132


def test_deprivation_fifths_follow_the_ranks_of_2025(
    england: PlaceSet, published_table: Reader
) -> None:
    rows = published_table("deprivation")
    for row in rows:
        fifth = (int(row["imd2025_rank_of_153"]) - 1) * 5 // 153 + 1
        assert england.class_of("deprivation", row["la_code"]) == str(fifth), row["la_name"]


@pytest.mark.parametrize("classification", ["deprivation", "population_band"])
def test_fifths_are_of_nearly_equal_size_and_cut_where_it_is_said(
    england: PlaceSet, classification: str
) -> None:
    rows = [row for row in england.classes if row.classification == classification]
    cuts = england.classification(classification).cut_points
    sizes = Counter(row.value for row in rows)
    assert set(sizes.values()) <= {30, 31}
    assert len(cuts) == 4
    for row in rows:
        assert row.score is not None
        beyond = sum(
            row.score < cut if classification == "deprivation" else row.score > cut for cut in cuts
        )
        assert row.value == str(beyond + 1)


def test_every_table_says_where_it_comes_from(england: PlaceSet, made_up: PlaceSet) -> None:
    for places in (england, made_up):
        told = {source.table for source in places.sources}
        assert {"areas", "changes", "neighbours", "inspections", "populations", "hexagons"} <= told
        assert all(s.publisher and s.title and s.published_on and s.licence for s in places.sources)


def test_the_attribution_names_the_licence(england: PlaceSet) -> None:
    assert "Open Government Licence v3.0" in england.attribution
