"""What a definition can ask of a table beyond one column: other rows, words, the rest, titles."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from etl.published import reading
from etl.published.loaded import PublishedReading
from etl.published.reading import read_published
from etl.tables import Table
from indicators.cells import Status
from indicators.model import Indicator
from tests.etl.in_process import InProcess
from tests.etl.made_up_files import AUTHORITIES, COUNTRY, Row, placed, places, saved

FIRST, SECOND, THIRD = AUTHORITIES[:3]
FILE = "orders_2025.csv"

TABLE: dict[str, Any] = {
    "id": "orders",
    "title": "Orders",
    "publisher": "A publisher",
    "publication": "Orders of the year",
    "designation": "official statistics",
    "licence": "a licence",
    "url": "https://example.org",
    "layout": "ees",
    "files": ["orders_*"],
    "period": {"kind": "RY", "column": "time_period"},
    "columns": {"kind": ["kind"], "count": ["count"], "percent": ["percent"]},
    "required": ["time_period", "kind", "count"],
    "dimensions": ["kind"],
    "vintages": {"RY2025": {"vintage": "2025", "published_on": "2025-11-20"}},
}

INDICATOR: dict[str, Any] = {
    "id": "one",
    "order": 1,
    "version": 1,
    "title": "One",
    "short_title": "One",
    "definition": "One.",
    "why_it_matters": "One.",
    "numerator": "Some",
    "denominator": "All",
    "arithmetic": "percentage",
    "unit": "%",
    "decimals": 1,
    "direction": {"good": "none", "reason": "One.", "source": "us"},
    "kind": "context",
    "stage": "system",
    "is_core": False,
    "period_kind": "RY",
    "measured": "snapshot",
    "interval": {"method": "none", "reason": "it is a test"},
    "designation": "official statistics",
    "publisher": "A publisher",
    "review": {"reviewed_on": "2026-01-01", "due_on": "2027-01-01"},
}


@pytest.fixture(autouse=True)
def _without_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Sandbox", InProcess)


def read(path: Path, source: dict[str, Any], **more: Any) -> PublishedReading:
    table = Table.model_validate({**TABLE, **more.pop("table", {})})
    one = {**INDICATOR, **more, "sources": [{"table": "orders", **source}]}
    return read_published([path], places(), [Indicator.model_validate(one)], [table])


def cells_of(result: PublishedReading) -> pd.DataFrame:
    assert [str(finding) for finding in result.findings if finding.stops] == []
    return result.cells.set_index("area")


def order(code: str, kind: str, count: object, percent: object = "") -> Row:
    return placed(code, kind=kind, count=count, percent=percent)


def orders(code: str, family: object, friends: object, total: object) -> list[Row]:
    return [
        order(code, "To family", family),
        order(code, "To friends", friends),
        order(code, "Total", total),
    ]


TO_FAMILY = {
    "rows": {"kind": ["Total"]},
    "numerator": "count",
    "numerator_rows": {"kind": ["To family", "To friends"]},
    "denominator": "count",
}


def test_other_rows_are_added_up_to_a_numerator(tmp_path: Path) -> None:
    found = cells_of(read(saved(tmp_path, orders(FIRST, 2, 3, 8), FILE), TO_FAMILY))
    assert (found.at[FIRST, "numerator"], found.at[FIRST, "denominator"]) == (5, 8)
    assert found.at[FIRST, "value"] == 62.5


def test_a_sum_with_a_missing_part_is_missing_for_the_reason_of_the_part(tmp_path: Path) -> None:
    found = cells_of(read(saved(tmp_path, orders(FIRST, "c", 3, 8), FILE), TO_FAMILY))
    assert found["value"].isna().all()
    assert found.at[FIRST, "status"] == Status.SUPPRESSED
    assert found.at[FIRST, "source_symbol"] == "c"


def test_a_row_that_is_repeated_is_not_added_twice(tmp_path: Path) -> None:
    rows = [*orders(FIRST, 2, 3, 8), order(FIRST, "To family", 2)]
    assert cells_of(read(saved(tmp_path, rows, FILE), TO_FAMILY)).at[FIRST, "numerator"] == 5


def test_text_for_a_number_in_an_added_row_is_found_where_it_stands(tmp_path: Path) -> None:
    result = read(saved(tmp_path, orders(FIRST, "two", 3, 8), FILE), TO_FAMILY)
    (finding,) = [f for f in result.findings if f.stops]
    assert (finding.rule, finding.place.row, finding.place.column) == (
        "text_for_a_number",
        2,
        "count",
    )


def test_parts_are_set_against_the_whole_that_the_denominator_is_picked_as(tmp_path: Path) -> None:
    rows = [*orders(FIRST, 2, 3, 8), *orders(SECOND, 1, 4, 10)]
    source = {
        "numerator": "count",
        "denominator": "count",
        "denominator_rows": {"kind": ["Total"]},
        "breakdowns": {
            "reason": {"column": "kind", "codes": {"To family": "FAMILY", "To friends": "FRIENDS"}}
        },
    }
    result = read(saved(tmp_path, rows, FILE), source)
    found = cells_of(result).set_index("reason", append=True)["value"].to_dict()
    assert found == {
        (FIRST, "FAMILY"): 25,
        (FIRST, "FRIENDS"): 37.5,
        (SECOND, "FAMILY"): 10,
        (SECOND, "FRIENDS"): 40,
    }


def test_the_rest_is_100_less_the_published_share_and_its_count_the_others(tmp_path: Path) -> None:
    rows = [order(FIRST, "White", 73, 72.6), order(FIRST, "Known", 100, 100)]
    source = {
        "rows": {"kind": ["White"]},
        "value": "percent",
        "numerator": "count",
        "denominator": "count",
        "denominator_rows": {"kind": ["Known"]},
        "is_complement": True,
    }
    found = cells_of(read(saved(tmp_path, rows, FILE), source))
    assert (found.at[FIRST, "value"], found.at[FIRST, "numerator"]) == (27.4, 27)


def test_the_rest_of_what_is_missing_is_missing(tmp_path: Path) -> None:
    rows = [order(FIRST, "White", "x", "x"), order(FIRST, "Known", 100, 100)]
    source = {
        "rows": {"kind": ["White"]},
        "numerator": "count",
        "denominator": "count",
        "denominator_rows": {"kind": ["Known"]},
        "is_complement": True,
    }
    found = cells_of(read(saved(tmp_path, rows, FILE), source))
    assert (found.at[FIRST, "status"], found.at[FIRST, "source_symbol"]) == ("not_available", "x")


def test_rows_that_a_vintage_is_known_to_lack_are_not_looked_for_in_it(tmp_path: Path) -> None:
    path = saved(tmp_path, [order(FIRST, "Total", 8, 50)], FILE)
    source = {"rows": {"kind": ["To friends"]}, "value": "percent"}
    assert "no_such_rows" in {f.rule for f in read(path, source).findings}
    known = read(path, {**source, "absent_from": ["2025"]})
    assert "no_such_rows" not in {f.rule for f in known.findings}


def test_a_duration_in_years_and_months_is_read_as_months(tmp_path: Path) -> None:
    texts = {COUNTRY: "01:03", FIRST: "00:10", SECOND: "1:3", THIRD: "1:10"}
    rows = [order(code, "Total", text) for code, text in texts.items()]
    found = cells_of(
        read(
            saved(tmp_path, rows, FILE),
            {"rows": {"kind": ["Total"]}, "value": "count"},
            arithmetic="published_only",
            table={"year_month_columns": ["count"]},
        )
    )
    assert found["value"].to_dict() == {COUNTRY: 15, FIRST: 10, SECOND: 15, THIRD: 22}


@pytest.mark.parametrize("text", ["1:", "00:12", "0:010", "15", "00-10"])
def test_what_is_no_duration_is_found(tmp_path: Path, text: str) -> None:
    result = read(
        saved(tmp_path, [order(FIRST, "Total", text)], FILE),
        {"rows": {"kind": ["Total"]}, "value": "count"},
        arithmetic="published_only",
        table={"year_month_columns": ["count"]},
    )
    assert {f.rule for f in result.findings if f.stops} == {"text_for_a_number"}


def test_the_country_is_found_by_its_level_where_it_has_no_code(tmp_path: Path) -> None:
    rows = [{"level": "National", "year": "2025", "kind": "Total", "count": "7"}]
    table = {
        "layout": "reconstructed",
        "columns": {n: [n] for n in ("level", "year", "kind", "count")},
        "required": ["level", "year", "kind", "count"],
        "period": {"kind": "RY", "column": "year"},
        "areas": {"level": "level", "levels": {"National": "country"}, "code": {}, "name": {}},
    }
    source = {"rows": {"kind": ["Total"]}, "value": "count"}
    result = read(saved(tmp_path, rows, FILE), source, table=table, arithmetic="published_only")
    assert cells_of(result).at[COUNTRY, "value"] == 7


def test_a_source_keeps_its_file_with_the_files_own_words(tmp_path: Path) -> None:
    rows = [placed(FIRST, kind="All of them", count=8, percent="")]
    table = {"spellings": {"kind": {"All of them": "Total"}}}
    source = {"rows": {"kind": ["Total"]}, "value": "count"}
    path = saved(tmp_path, rows, FILE)
    result = read(path, source, table=table, arithmetic="published_only")
    (publication,) = result.sources
    (file,) = publication.files
    assert (file.name, file.rows, len(file.sha256)) == (FILE, 1, 64)
    assert file.columns["count"] == "count"
    assert file.spellings == {"kind": {"Total": "All of them"}}


def shares(denominator_kind: str = "All") -> dict[str, Any]:
    return {
        "rows": {"kind": ["Some"]},
        "value": "percent",
        "numerator": "count",
        "denominator": "count",
        "denominator_rows": {"kind": [denominator_kind]},
    }


def some_shares() -> list[Row]:
    rows = []
    for place, code in enumerate(AUTHORITIES[:6], start=2):
        rows += [order(code, "Some", 10 * place, 10 * place), order(code, "All", 100, 100)]
    return rows


def test_values_that_their_parts_do_not_give_are_found_for_other_rows_were_meant(
    tmp_path: Path,
) -> None:
    path = saved(tmp_path, some_shares(), FILE)
    good = read(path, shares())
    assert [f.rule for f in good.findings if f.stops] == []
    forgotten = {k: v for k, v in shares().items() if k != "denominator_rows"}
    found = [f for f in read(path, forgotten).findings if f.stops]
    assert [f.rule for f in found] == ["value_is_not_its_parts"]
    assert "look at numerator, denominator and their rows" in str(found[0])


def test_words_of_a_denominator_that_no_row_has_are_said(tmp_path: Path) -> None:
    result = read(saved(tmp_path, some_shares(), FILE), shares("Al"))
    (finding,) = [f for f in result.findings if f.rule == "no_such_rows"]
    assert '"All"' in str(finding) or "'All'" in str(finding)
    assert "indicators/definitions/one.yaml" in str(finding)
