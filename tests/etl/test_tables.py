"""The declarations of published tables: names over the years, periods, publications."""

from datetime import date
from pathlib import Path

import pytest

from etl.tables import (
    Table,
    TableError,
    canonical_columns,
    has_file_name,
    level_of,
    load_tables,
    period_id,
    source_of,
)

TABLES = {table.id: table for table in load_tables()}
A_TABLE = """\
id: a_table
title: A table
publisher: A publisher
publication: A publication
designation: official statistics
licence: Open Government Licence v3.0
url: https://example.org/
layout: ees
files: ["a_*.csv"]
not_files: ["a_*_old.csv"]
period: {kind: RY, column: time_period}
columns:
  group: [old_group, group]
  answer: [answer, group]
  number: [number, Number of children]
required: [time_period, group, answer, number]
dimensions: [group, answer]
vintages:
  RY2025: {vintage: "2025", published_on: 2025-11-26}
"""


def a_table(folder: Path, text: str = A_TABLE) -> Table:
    (folder / "a_table.yaml").write_text(text, encoding="utf-8")
    return load_tables(folder)[0]


each = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.id)


def test_the_tables_of_the_first_ten_indicators_are_declared() -> None:
    assert TABLES.keys() >= {
        "dfe_cin_children_in_need",
        "dfe_cin_referrals",
        "dfe_cla_rates",
        "dfe_cla_placement_stability",
        "dfe_cla_health",
        "dfe_care_leaver_activity",
        "dfe_outcomes_ks2",
        "mhclg_outturn_rsx",
        "dfe_csww_indicators",
        "ohid_injury_admissions",
    }


@each
def test_every_vintage_makes_a_source_with_a_day_of_publication(table: Table) -> None:
    for period, vintage in table.vintages.items():
        source = source_of(table, period)
        assert source.id == f"{table.id}_{vintage.vintage}"
        assert date.fromisoformat(source.published_on) > date(2022, 1, 1)
        assert source.url.startswith("https://")
        assert all((source.licence, source.designation, source.publisher, source.title))


@each
def test_a_later_vintage_was_published_later(table: Table) -> None:
    days = [table.vintages[period].published_on for period in sorted(table.vintages)]
    assert days == sorted(days)
    assert len(set(days)) == len(days)


@each
def test_a_day_that_is_not_confirmed_says_what_it_rests_on(table: Table) -> None:
    for vintage in table.vintages.values():
        assert vintage.published_on_basis == "confirmed" or vintage.note


def test_source_ids_follow_from_table_and_vintage() -> None:
    assert source_of(TABLES["dfe_cla_rates"], "RY2025").id == "dfe_cla_rates_2025"
    spending = source_of(TABLES["mhclg_outturn_rsx"], "FY2024-25")
    assert spending.id == "mhclg_outturn_rsx_2024_25"


def test_an_unknown_vintage_is_refused_with_the_line_that_would_declare_it(
    tmp_path: Path,
) -> None:
    table = a_table(tmp_path)
    with pytest.raises(TableError) as refusal:
        source_of(table, "RY2026")
    line = 'RY2026: {vintage: "2026", published_on: YYYY-MM-DD}'
    assert line in str(refusal.value)
    assert "a_table.yaml" in str(refusal.value)
    added = f"{A_TABLE}  {line.replace('YYYY-MM-DD', '2026-11-25')}\n"
    assert source_of(a_table(tmp_path, added), "RY2026").id == "a_table_2026"


@pytest.mark.parametrize(
    ("table", "text", "period"),
    [
        ("dfe_cla_rates", "2025", "RY2025"),
        ("dfe_csww_indicators", "2025", "SEP2025"),
        ("dfe_outcomes_ks2", "202425", "AY2024-25"),
        ("dfe_outcomes_ks2", "2024/25", "AY2024-25"),
        ("dfe_outcomes_ks2", "199900", "AY1999-00"),
        ("ohid_injury_admissions", "2023/24", "FY2023-24"),
        ("mhclg_outturn_rsx", "202425", "FY2024-25"),
        ("mhclg_outturn_rsx", "2023-24", "FY2023-24"),
        ("mhclg_outturn_rsx", "2023/2024", "FY2023-24"),
    ],
)
def test_publishers_write_periods_in_several_ways(table: str, text: str, period: str) -> None:
    assert period_id(TABLES[table], f" {text} ").id == period


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("dfe_cla_rates", "202425"),
        ("dfe_cla_rates", "25"),
        ("dfe_cla_rates", ""),
        ("dfe_cla_rates", "2025 (provisional)"),
        ("dfe_outcomes_ks2", "2025"),
        ("dfe_outcomes_ks2", "202426"),
        ("ohid_injury_admissions", "2023/25"),
        ("mhclg_outturn_rsx", "2023/2034"),
    ],
)
def test_an_impossible_period_is_refused_with_what_was_expected(table: str, text: str) -> None:
    with pytest.raises(TableError, match=r"is not a period of .*; expected"):
        period_id(TABLES[table], text)


def test_a_file_is_known_by_its_name_with_or_without_gz() -> None:
    table = TABLES["dfe_care_leaver_activity"]
    assert has_file_name(table, "la_care_leavers_activity.csv")
    assert has_file_name(table, "LA_Care_Leavers_Activity.CSV.gz")
    assert not has_file_name(table, "la_care_leavers_activity_22to25.csv.gz")


def test_a_name_that_looks_alike_can_be_left_out(tmp_path: Path) -> None:
    table = a_table(tmp_path)
    assert has_file_name(table, "a_new.csv")
    assert not has_file_name(table, "a_very_old.csv")


def test_columns_are_found_under_the_names_of_every_year(tmp_path: Path) -> None:
    table = a_table(tmp_path)
    older = ("time_period", "old_group", "group", "number")
    newer = ("time_period", "group", "answer", "Number  of\n children")
    assert canonical_columns(table, older) == {
        "time_period": 0,
        "group": 1,
        "answer": 2,
        "number": 3,
    }
    assert canonical_columns(table, newer) == {
        "time_period": 0,
        "group": 1,
        "answer": 2,
        "number": 3,
    }


def test_a_missing_column_is_named_with_its_known_names(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"number \(known as number or Number of children\)"):
        canonical_columns(a_table(tmp_path), ("time_period", "group", "answer"))


def test_one_column_is_never_read_as_two(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="'group' would be both"):
        canonical_columns(a_table(tmp_path), ("time_period", "group", "number"))


def test_a_level_may_be_spelt_with_a_date_at_the_end() -> None:
    table = TABLES["ohid_injury_admissions"]
    assert level_of(table, "Counties & UAs (from Apr 2023)") == "authority"
    assert level_of(table, "Counties & UAs (from Apr 2027)") == "authority"
    assert level_of(table, "Regions (statistical)") == "region"
    assert level_of(table, "Districts & UAs (from Apr 2023)") is None
    assert level_of(TABLES["mhclg_outturn_rsx"], "SD") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: a_table", "id: b_table", "a_table.yaml:1: id: 'b_table' is not the name of the file"),
        (
            "layout: ees",
            "layout: ess",
            "layout: 'ess' is not one of ees, fingertips, outturn, judgements, reconstructed",
        ),
        ("2025-11-26", "26/11/2025", "published_on: expected a date like 2025-11-26"),
        ("[group, answer]", "[group, anser]", "dimensions names the column 'anser'"),
        (
            "column: time_period}",
            "column: a, sheet: b}",
            "give exactly one of 'column', 'sheet' and 'title'",
        ),
        ("  RY2025:", "  AY2024-25:", "'AY2024-25' is not a period of kind RY"),
        ("licence:", "license:", "license: no such field; did you mean 'licence'?"),
    ],
)
def test_a_faulty_declaration_says_what_is_wrong(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(TableError) as refusal:
        a_table(tmp_path, A_TABLE.replace(old, new, 1))
    assert said in str(refusal.value)
    assert str(refusal.value).startswith("a_table.yaml:")
