from math import nan
from pathlib import Path

import pandas as pd
import pytest

from etl.findings import ExitCode
from etl.published import reading
from indicators.cells import Status
from tests.etl.files import workbook
from tests.etl.in_process import InProcess
from tests.etl.made_up_files import (
    AUTHORITIES,
    BEGUN_LATER,
    COUNTRY,
    ENDED,
    RATES,
    REFERRALS,
    REGION,
    SUBREGION,
    WORKFORCE,
    Row,
    cell_count,
    good_referrals,
    placed,
    places,
    read,
    referrals,
    saved,
)

FIRST, SECOND = AUTHORITIES[:2]
NEED = "b1_children_in_need_2013_to_2025.csv"
STABILITY = "la_cla_placement_stability.csv"


@pytest.fixture(autouse=True)
def _without_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Sandbox", InProcess)


def cell(cells: pd.DataFrame, area: str, period: str = "RY2025") -> pd.Series:
    found = cells[(cells["area"] == area) & (cells["period"] == period)]
    assert len(found) == 1
    return found.iloc[0]


def one_cell(folder: Path, row: Row, name: str = REFERRALS) -> pd.Series:
    result = read(saved(folder, [row], name))
    assert [str(f) for f in result.findings if f.stops] == []
    assert len(result.cells) == 1
    return result.cells.iloc[0]


def test_a_published_value_is_kept_and_its_parts_stand_beside_it(tmp_path: Path) -> None:
    found = one_cell(tmp_path, {**referrals(FIRST, again=1, of=7), "rereferral_percent": "14"})
    assert (found["value"], found["numerator"], found["denominator"]) == (14.0, 1.0, 7.0)
    assert found["status"] == Status.OK
    assert 2.5 < found["ci_lower"] < 14.2 < found["ci_upper"] < 52
    assert found["ci_level"] == 95.0
    assert not found["is_computed"]


@pytest.mark.parametrize(
    ("symbol", "status"),
    [
        ("c", Status.SUPPRESSED),
        ("k", Status.LOW),
        ("low", Status.LOW),
        ("u", Status.UNRELIABLE_WITHHELD),
        ("x", Status.NOT_AVAILABLE),
        ("z", Status.NOT_APPLICABLE),
    ],
)
def test_a_symbol_is_kept_and_hides_what_would_reveal_the_figure(
    tmp_path: Path, symbol: str, status: Status
) -> None:
    found = one_cell(tmp_path, {**referrals(FIRST, again=3), "rereferral_percent": symbol})
    assert (found["status"], found["source_symbol"]) == (status, symbol)
    revealing = ["value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level"]
    assert found[revealing].isna().all()


def test_a_value_stands_although_its_numerator_is_suppressed(tmp_path: Path) -> None:
    found = one_cell(tmp_path, {**referrals(FIRST, again="c"), "rereferral_percent": "3"})
    assert found["value"] == 3.0
    assert found[["numerator", "ci_lower", "ci_upper"]].isna().all()


def need(code: str, count: object, period: str = "2025", **more: object) -> Row:
    return placed(code, period, category="Children in Need", at31_episodes=count, **more)


def test_a_rate_that_a_release_does_not_give_is_computed_with_the_population_of_the_year_before(
    tmp_path: Path,
) -> None:
    found = one_cell(tmp_path, need(FIRST, 345), NEED)
    population = places().population_of(FIRST, 2024)
    assert population is not None
    assert found["denominator"] == population
    assert found["value"] == pytest.approx(345 * 10_000 / population, abs=0.05)
    assert found["is_computed"]


def test_a_rate_that_a_release_gives_is_kept(tmp_path: Path) -> None:
    found = one_cell(tmp_path, need(FIRST, 345, at31_episodes_rate="311.1"), NEED)
    assert found["value"] == 311.1
    assert not found["is_computed"]


def test_a_missing_count_gives_no_rate_but_keeps_the_population(tmp_path: Path) -> None:
    found = one_cell(tmp_path, need(FIRST, "u"), NEED)
    assert (found["status"], found["source_symbol"]) == (Status.UNRELIABLE_WITHHELD, "u")
    assert found["denominator"] == places().population_of(FIRST, 2024)
    assert found[["value", "numerator"]].isna().all()


def stability(code: str, measure: str, count: object, percent: object) -> Row:
    return placed(
        code,
        cla_group="CLA on 31 March",
        placement_stability=measure,
        children_count=count,
        children_percent=percent,
    )


def test_a_denominator_may_stand_on_another_row_whatever_the_order(tmp_path: Path) -> None:
    three = "With 3 or more placements during the year"
    rows = [
        stability(SECOND, "Total children", 90, "z"),
        stability(FIRST, three, 12, 10),
        stability(FIRST, "Total children", 120, "z"),
        stability(SECOND, three, 9, 10),
    ]
    cells = read(saved(tmp_path, rows, STABILITY)).cells
    of_indicator = cells[cells["indicator"] == "cla_3plus_placements_pct"]
    assert cell(of_indicator, FIRST)["denominator"] == 120.0
    assert cell(of_indicator, SECOND)["denominator"] == 90.0


def agency(code: str, agency_fte: object, rate: object, period: str = "2025") -> Row:
    return placed(code, period, inpost_fte=90, agency_fte=agency_fte, agency_rate_fte=rate)


def test_a_denominator_may_be_a_sum_of_columns(tmp_path: Path) -> None:
    assert one_cell(tmp_path, agency(FIRST, 10, 10), WORKFORCE)["denominator"] == 100.0


def test_a_joint_return_gives_both_authorities_the_value_and_says_so(tmp_path: Path) -> None:
    row = agency(f"{FIRST} / {SECOND}", 10, 10)
    cells = read(saved(tmp_path, [row], WORKFORCE)).cells
    assert sorted(cells["area"]) == [FIRST, SECOND]
    assert set(cells["flags"]) == {"joint_return"}
    assert set(cells["value"]) == {10.0}


def test_rows_of_authorities_that_did_not_exist_are_counted_and_left_out(tmp_path: Path) -> None:
    gone = referrals(ENDED, again="z", of="z")
    early = {**referrals(BEGUN_LATER, "2021", "z", "z")}
    result = read(saved(tmp_path, [*good_referrals(), gone, early]))
    assert not result.is_refused
    assert ENDED not in set(result.cells["area"])
    assert "RY2021" not in set(result.cells["period"])
    assert result.report.files[0].passed_over == {
        "rows of authorities that did not exist in the period": 2
    }


def test_figures_that_a_publisher_casts_back_before_an_authority_began_are_left_out(
    tmp_path: Path,
) -> None:
    result = read(saved(tmp_path, [*good_referrals(), referrals(BEGUN_LATER, "2019")]))
    assert not result.is_refused
    assert "RY2019" not in set(result.cells["period"])
    assert result.report.files[0].passed_over == {
        "figures for a time before the authority began": 1
    }


def test_an_authority_has_figures_until_the_period_in_which_it_ended(tmp_path: Path) -> None:
    result = read(saved(tmp_path, [*good_referrals(), referrals(ENDED, "2021")]))
    assert cell(result.cells, ENDED, "RY2021")["value"] == 22.0


def test_an_older_code_means_the_same_area(tmp_path: Path) -> None:
    row = {**referrals("X06000061"), "new_la_code": "X10000023"}
    assert one_cell(tmp_path, row)["area"] == "X06000061"


def test_rows_of_an_unknown_area_are_left_out_and_counted(tmp_path: Path) -> None:
    nowhere = {**referrals(FIRST), "new_la_code": "z", "la_name": "Unknown", "old_la_code": "z"}
    result = read(saved(tmp_path, [*good_referrals(), nowhere]))
    assert result.findings == ()
    assert result.report.files[0].passed_over == {"rows of an unknown area": 1}


def test_country_region_and_subregion_rows_are_told_apart_by_their_codes(tmp_path: Path) -> None:
    cells = read(saved(tmp_path, good_referrals())).cells
    assert {COUNTRY, REGION, SUBREGION} <= set(cells["area"])


def test_older_names_of_columns_and_categories_are_understood(tmp_path: Path) -> None:
    row = placed(
        FIRST,
        population_count="Children looked after at 31 March each year",
        population_estimate=10000,
        number=55,
        rate_per_10000=55,
    )
    cells = read(saved(tmp_path, [row], RATES)).cells
    assert cell(cells[cells["indicator"] == "cla_31mar_rate_10k"], FIRST)["numerator"] == 55.0


def test_a_renamed_file_is_known_by_its_columns(tmp_path: Path) -> None:
    result = read(saved(tmp_path, good_referrals(), "download (3).csv"))
    assert result.report.files[0].table == "dfe_cin_referrals"
    assert len(result.cells) == cell_count()


def test_a_file_in_a_folder_that_no_table_knows_is_listed_and_no_fault(tmp_path: Path) -> None:
    saved(tmp_path, good_referrals())
    saved(tmp_path, b"a;b\n1;2\n", "other.csv")
    saved(tmp_path, b"notes", "readme.md")
    result = read(tmp_path)
    assert result.exit_code is ExitCode.OK
    assert {Path(r.path).name: r.not_used for r in result.report.files if not r.is_used} == {
        "other.csv": "no table has this name",
        "readme.md": "not a kind of file that holds tables",
    }


def test_a_file_given_by_its_path_that_is_no_table_of_ours_says_so(tmp_path: Path) -> None:
    result = read(saved(tmp_path, b"a,b\n1,2\n", "other.csv"))
    assert "neither its name nor its columns" in result.report.files[0].not_used


def test_a_csv_that_was_saved_as_a_workbook_gives_the_same_figures(tmp_path: Path) -> None:
    rows = good_referrals()
    book = workbook(tuple(rows[0]), *(tuple(row.values()) for row in rows))
    name = REFERRALS.replace(".csv", ".csv.xlsx")
    from etl.files import Limits, read_content
    from etl.published.canonical import canonical_table
    from etl.tables import load_tables

    table = next(t for t in load_tables() if t.id == "dfe_cin_referrals")
    content, _ = read_content(name, book, Limits())
    held = canonical_table(name, table, content)
    assert held.columns["rereferral_count"][3] == rows[3]["rereferral_count"]
    assert held.place(0, "rereferral_count").row == 2


def test_each_source_says_which_periods_its_files_cover(tmp_path: Path) -> None:
    result = read(saved(tmp_path, good_referrals()))
    assert result.ranges == {"dfe_cin_referrals_2025": ("RY2024", "RY2025")}
    assert [source.published_on for source in result.sources] == ["2025-10-30"]


def test_the_same_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = saved(tmp_path, good_referrals())
    assert len(read(path, tmp_path, path).report.files) == 1


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    read(saved(tmp_path, good_referrals()), progress=lambda *step: told.append(step))
    assert told == [(0, 1, REFERRALS), (1, 1, "")]


def test_no_files_give_no_cells_and_no_fault(tmp_path: Path) -> None:
    result = read(tmp_path)
    assert result.cells.empty
    assert result.findings == ()


def test_a_text_that_is_no_number_never_becomes_one() -> None:
    from etl.published.figures import figures_of
    from etl.raw_tables import text_column

    texts = ["1", "1.5", "-2", "0", "", "c", "C", "LOW", "1,234", "1e3", "nan", "inf", "٣", "1 2"]
    figures = figures_of(text_column(texts))
    expected = [1.0, 1.5, -2.0, 0.0, *[nan] * 10]
    assert figures.number.tolist()[:4] == expected[:4]
    assert all(number != number for number in figures.number[4:])
    assert figures.is_bad.tolist() == [False] * 8 + [True] * 6
