"""Workbooks: their layout, what they say, and how the programs that people use read them."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from starlette.testclient import TestClient

from api import contract
from api.asking import EVERY_FORMAT
from api.resource import Resource
from api.resources import RESOURCES
from api.sheet_rows import column_letters
from api.workbook_words import DATA, NOTES
from api.workbooks import COVER, HEADER_ROW
from indicators.citation import SERVICE
from indicators.practice import NOTICE
from tests.api import said, world
from tests.api.conftest import client_for

LISTS = [one for one in RESOURCES if set(EVERY_FORMAT) <= set(one.formats) and not one.body]
FIGURES = "observations.xlsx?period=all&sex=all"
ONE = "observations.xlsx?indicator=a_share_pct&period=all"


def book_of(client: TestClient, path: str) -> Workbook:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text[:300]
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def texts(sheet: Worksheet) -> list[str]:
    return [str(row[0]) for row in sheet.iter_rows(values_only=True)]


def shapes_of(resource: Resource) -> tuple[Any, ...]:
    return get_args(resource.answer) or (resource.answer,)


def rows(sheet: Worksheet, header: int = HEADER_ROW) -> Iterator[dict[str, Any]]:
    names, *held = sheet.iter_rows(min_row=header, values_only=True)
    return (dict(zip(map(str, names), row, strict=True)) for row in held)


@pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)
def test_every_list_of_rows_is_a_workbook_with_a_cover_notes_and_one_table(
    client: TestClient, resource: Resource
) -> None:
    parts = {"code": world.TOWN, "release": "latest", "pair": "share_and_rate", "dimension": "sex"}
    path = resource.path.removeprefix("/v1/").format(
        **parts, other=world.SUPPRESSED, id="a_share_pct"
    )
    book = book_of(client, f"{path}.xlsx?{resource.example}")
    assert book.sheetnames == [COVER, NOTES, DATA]
    data = book[DATA]
    expected = client.get(f"/api/v1/{path}?{resource.example}").json()["data"]
    assert data.max_row == HEADER_ROW + len(expected)
    if expected:
        last = f"{column_letters(data.max_column - 1)}{data.max_row}"
        assert data.tables.items() == [("data", f"A{HEADER_ROW}:{last}")]
        assert [cell.value for cell in data[HEADER_ROW]] == list(expected[0])
    explained = {row["Name"] for row in rows(book[NOTES], 3) if row["About"] == "Column"}
    promised = {name for shape in shapes_of(resource) for name in shape.__annotations__}
    names = {str(cell.value) for cell in data[HEADER_ROW]}
    assert names & promised <= explained <= names


def test_no_sheet_has_merged_cells_blank_rows_or_a_table_that_begins_after_a_gap(
    client: TestClient,
) -> None:
    for sheet in book_of(client, FIGURES):
        assert not sheet.merged_cells.ranges
        assert all(any(value is not None for value in row) for row in sheet.values)
        assert sheet["A1"].font.b  # the title is a heading
    assert book_of(client, FIGURES)[DATA].freeze_panes == f"A{HEADER_ROW + 1}"


def test_the_cover_says_what_it_is_and_how_to_cite_it(client: TestClient) -> None:
    meta = client.get("/api/v1/observations").json()["meta"]
    cover = texts(book_of(client, ONE)[COVER])
    assert cover[0] == "A share, by hand: figures by indicator, period, area and breakdown"
    assert meta["not_official"] in cover
    assert f"Digest (SHA-256): {meta['digest']}" in cover
    assert "Published on 1 December 2025" in cover
    assert f"Please cite: {meta['citation']['how_to_cite']}" in cover
    assert any(line.endswith(f"&release={world.NEW}") for line in cover)
    assert "indicator: a_share_pct" in cover


def test_the_contents_lead_to_the_sheets(client: TestClient) -> None:
    cover = book_of(client, ONE)[COVER]
    links = {cell.hyperlink.location for (cell,) in cover.iter_rows() if cell.hyperlink}
    assert links - {None} == {f"'{NOTES}'!A1", f"'{DATA}'!A1"}


def test_whole_addresses_on_the_cover_are_links(home: Path) -> None:
    book = book_of(client_for(home, public_url="https://example.org"), ONE)
    linked = {c.hyperlink.target: c.value for (c,) in book[COVER].iter_rows() if c.hyperlink}
    (again,) = [url for url in linked if url and "observations" in url]
    assert again.startswith("https://example.org/api/v1/observations.xlsx?")
    assert linked[again] == f"The same for good: {again}"
    assert "https://example.org/api/docs" in linked


def test_a_title_names_two_indicators_counts_more_and_stands_once(client: TestClient) -> None:
    two = book_of(client, "observations.xlsx?indicator=a_share_pct,a_rate_10k")
    what = "figures by indicator, period, area and breakdown"
    assert texts(two[COVER])[0] == f"A share, by hand; A rate: {what}"
    many = texts(book_of(client, FIGURES)[COVER])
    assert many[0].endswith(f" indicators: {what}")
    assert not any(line.startswith("Figures by indicator") for line in many)


def test_days_are_dates_and_an_id_that_looks_like_one_stays_text(client: TestClient) -> None:
    data = book_of(client, ONE)[DATA]
    names = [cell.value for cell in data[HEADER_ROW]]
    plain = client.get(f"/api/v1/{ONE.replace('.xlsx', '')}").json()["data"]
    for row, expected in zip(data.iter_rows(min_row=HEADER_ROW + 1), plain, strict=True):
        cells = dict(zip(names, row, strict=True))
        for name in ("period_start", "period_end"):
            assert cells[name].number_format == "yyyy-mm-dd"
            assert cells[name].value.date().isoformat() == expected[name]
        assert cells["release"].value == world.NEW
    areas = {row["code"]: row for row in rows(book_of(client, "areas.xlsx?as_at=2019-03-31")[DATA])}
    assert areas[world.ENDED]["last_day"].date().isoformat() == "2021-03-31"


def test_the_notes_say_what_is_in_the_data_and_nothing_else(client: TestClient) -> None:
    book = book_of(client, f"{ONE}&area=authority")
    notes = [(row["About"], row["Name"]) for row in rows(book[NOTES], 3)]
    data = list(rows(book[DATA]))
    assert [name for about, name in notes if about == "Status"] == sorted(
        {row["status"] for row in data}, key=[name for _, name in notes].index
    )
    assert ("Flag", "joint_return") in notes
    assert ("Flag", "revised") not in notes
    assert ("Indicator", "a_share_pct") in notes
    assert ("Source", "a_table_2025") in notes


def test_codes_of_breakdowns_are_explained_as_the_indicator_titles_them(
    client: TestClient,
) -> None:
    book = book_of(client, "observations.xlsx?indicator=a_rate_10k&sex=M&area=england")
    notes = {(row["About"], row["Name"]): row["Meaning"] for row in rows(book[NOTES], 3)}
    assert notes["Code of sex", "M"] == "Boys"


def test_warnings_come_first_and_an_answer_without_rows_says_so(client: TestClient) -> None:
    asked = "indicator=a_quiet_pct"
    warnings = client.get(f"/api/v1/observations?{asked}").json()["meta"]["warnings"]
    book = book_of(client, f"observations.xlsx?{asked}")
    first = next(rows(book[NOTES], 3))
    assert (first["About"], first["Meaning"]) == ("Warning", warnings[0])
    assert "no rows" in texts(book[DATA])[1]
    assert not book[DATA].tables
    assert [cell.value for cell in book[DATA][HEADER_ROW]] == list(contract.ROW_COLUMNS)


def test_numbers_are_numbers_with_the_decimals_of_the_one_indicator(client: TestClient) -> None:
    data = book_of(client, ONE)[DATA]
    names = [cell.value for cell in data[HEADER_ROW]]
    cells = dict(zip(names, data[HEADER_ROW + 1], strict=True))
    assert isinstance(cells["value"].value, float | int)
    assert cells["value"].number_format == "0.0"
    assert cells["ci_lower"].number_format == "0.00"
    assert cells["numerator"].number_format == "General"
    several = book_of(client, FIGURES)[DATA]
    assert several.cell(HEADER_ROW + 1, names.index("value") + 1).number_format == "General"


def test_codes_of_digits_stay_text(client: TestClient) -> None:
    numbers = [row["number"] for row in rows(book_of(client, "areas.xlsx")[DATA])]
    assert {type(number) for number in numbers if number is not None} == {str}


def test_a_cell_without_a_figure_is_blank_and_its_status_says_why(client: TestClient) -> None:
    for row in rows(book_of(client, FIGURES)[DATA]):
        assert (row["value"] is None) == (row["status"] != "ok")


def test_the_properties_name_title_author_and_the_day_of_the_release(client: TestClient) -> None:
    properties = book_of(client, ONE).properties
    assert properties.title.startswith("A share, by hand")
    assert properties.creator == SERVICE
    assert properties.created.date().isoformat() == world.NEW


def test_a_comment_that_looks_like_a_formula_or_like_mark_up_stays_its_own_text(
    tmp_path: Path,
) -> None:
    digest = world.write_release(tmp_path, world.NEW, world.new_cells())
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    odd = '=HYPERLINK("x") & <b> _x0041_ \x0b\nend '
    said.write_comments(tmp_path, replace(said.GOOD, text=odd))
    client = client_for(tmp_path)
    sheet = book_of(client, "commentary.xlsx")[DATA]
    # What XML cannot hold is written as Excel writes it; openpyxl leaves that as it is.
    assert [row["text"] for row in rows(sheet)] == [odd.replace("\x0b", "_x000B_")]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "d"}


def test_practice_says_so_on_the_cover_and_in_the_title(tmp_path: Path) -> None:
    id = "practice-2025-12-01"
    cells = [{**one, "updated_release": id} for one in world.new_cells()]
    digest = world.write_release(tmp_path, id, cells)
    listed = {**world.listed(world.NEW, digest), "id": id}
    world.list_releases(tmp_path, id, listed, is_practice=True)
    book = book_of(client_for(tmp_path), "observations.xlsx")
    assert NOTICE in texts(book[COVER])
    assert all(texts(sheet)[0].startswith("PRACTICE") for sheet in (book[COVER], book[DATA]))


def test_more_rows_than_a_sheet_holds_are_refused_with_the_way_out(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.workbooks.MOST_SHEET_ROWS", 100)
    problem = client.get(f"/api/v1/{FIGURES}&indicator=a_rate_10k").json()
    assert (problem["status"], problem["type"].rsplit("#", 1)[-1]) == (400, "too-large")
    assert "observations.csv.gz" in problem["detail"]


@pytest.mark.parametrize("engine", ["openpyxl", "calamine"])
def test_pandas_reads_a_workbook_like_the_csv(client: TestClient, engine: Any) -> None:
    content = client.get(f"/api/v1/{FIGURES}").content
    frame = pd.read_excel(
        io.BytesIO(content), sheet_name=DATA, skiprows=HEADER_ROW - 1, engine=engine
    )
    plain = pd.read_csv(io.StringIO(client.get(f"/api/v1/{FIGURES.replace('xlsx', 'csv')}").text))
    for name in ("period_start", "period_end"):
        frame[name] = frame[name].dt.strftime("%Y-%m-%d")
    pd.testing.assert_frame_equal(frame, plain, check_dtype=False)


def test_long_answers_are_written_in_parts_and_hold_the_same(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(rows(book_of(client, FIGURES)[DATA]))
    monkeypatch.setattr("api.sheet_rows.PART_ROWS", 100)
    monkeypatch.setattr("api.row_formats.KEPT_ROWS", 10)
    monkeypatch.setattr("api.blocks.BLOCK_ROWS", 500)
    assert list(rows(book_of(client, f"{FIGURES}&release=latest")[DATA])) == whole


def test_the_list_of_texts_says_rightly_how_many_there_are(client: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get(f"/api/v1/{FIGURES}").content)) as book:
        assert book.testzip() is None
        held = book.read("xl/sharedStrings.xml").decode()
        used = sum(
            book.read(name).decode().count('t="s"')
            for name in book.namelist()
            if name.startswith("xl/worksheets/sheet")
        )
    assert f'count="{used}" uniqueCount="{held.count("<si>")}"' in held


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_lettered_as_spreadsheets_do(place: int, letters: str) -> None:
    assert column_letters(place) == letters


def test_a_table_in_the_shape_of_the_reader_is_a_workbook_too(client: TestClient) -> None:
    asked = "indicator=a_share_pct&area=region&period=RY2024,RY2025"
    wide = book_of(client, f"observations.xlsx?{asked}&wide=period")
    notes = {row["Name"]: row["Meaning"] for row in rows(wide[NOTES], 3)}
    assert notes["RY2024_status"] == "Why there is a value in RY2024, or none."
    assert all(row["RY2025_status"] == "ok" for row in rows(wide[DATA]))
    labelled = book_of(
        client, f"observations.xlsx?{asked}&fields=area_code,value,period&labels=both"
    )
    assert next(rows(labelled[DATA]))["period_label"] == "year ending 31 March 2024"


def test_a_question_with_a_body_is_answered_as_a_workbook(client: TestClient) -> None:
    body = {"indicator": ["a_share_pct"], "period": ["RY2025"], "format": "xlsx"}
    answer = client.post("/api/v1/observations/query", json=body)
    assert answer.status_code == 200, answer.text[:300]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert {row["indicator"] for row in rows(book[DATA])} == {"a_share_pct"}
    cover = texts(book[COVER])
    assert cover[0] == "A share, by hand: figures by indicator, period, area and breakdown"
    assert any("no address holds it" in line for line in cover)
