"""Workbooks in the shape that was asked for, with the reasons that a CSV keeps."""

import io

import openpyxl
import pandas as pd
import pytest
from starlette.testclient import TestClient

from api.workbook_words import DATA, NOTES
from api.workbooks import HEADER_ROW
from tests.api import world
from tests.api.test_shaping import table


def sheets(client: TestClient, **query: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return data and notes of a workbook."""
    answer = client.get("/api/v1/observations.xlsx", params=query)
    assert answer.status_code == 200, answer.text[:300]
    book = io.BytesIO(answer.content)
    data = pd.read_excel(
        book, sheet_name=DATA, header=HEADER_ROW - 1, keep_default_na=False, engine="openpyxl"
    )
    for name in data.select_dtypes("datetime"):
        data[name] = data[name].dt.strftime("%Y-%m-%d")
    return data, pd.read_excel(book, sheet_name=NOTES, header=None, engine="openpyxl")


def test_a_workbook_is_shaped_like_a_csv(client: TestClient) -> None:
    query = {"indicator": "a_share_pct", "area": "authority", "period": "all"}
    for shape in (
        {"fields": "area_name,period,value,status", "labels": "both", "order": "-value"},
        {"wide": "period"},
        {"wide": "area", "labels": "label"},
    ):
        data, notes = sheets(client, **query, **shape)
        found = table(client, **query, **shape)
        assert list(data) == list(found[0])
        for line, row in zip(found, data.to_dict("records"), strict=True):
            assert {name: _number(text) for name, text in line.items()} == {
                str(name): _number(str(cell)) for name, cell in row.items()
            }
        told = set(notes[1])
        assert {"suppressed", "not_available"} <= told, shape


def _number(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text


def test_a_workbook_keeps_the_definition_of_what_stands_across(client: TestClient) -> None:
    query = {"indicator": "a_share_pct,a_rate_10k", "area": "region", "wide": "indicator"}
    for labels in ("id", "label"):
        _, notes = sheets(client, **query, labels=labels)
        assert set(notes[1][notes[0] == "Indicator"]) == {"a_share_pct", "a_rate_10k"}


def test_a_wide_workbook_says_of_flags_and_sources_what_the_long_one_says(
    client: TestClient,
) -> None:
    query = {"indicator": "a_share_pct", "area": f"{world.JOINT[0]},region", "period": "all"}
    told = []
    for shape in ({}, {"wide": "period"}, {"wide": "area", "fields": "period"}):
        _, notes = sheets(client, **query, **shape)
        about = notes[notes[0].isin(["Flag", "Source", "Indicator"])]
        told.append(about.to_numpy().tolist())
        assert {"Flag", "Source", "Indicator"} == set(about[0])
        publishers = [line for line in cover(client, **query, **shape) if "published by" in line]
        told[-1].append(publishers)
        assert len(publishers) == 1
    assert told[0] == told[1] == told[2]


def cover(client: TestClient, **query: str) -> list[str]:
    book = io.BytesIO(client.get("/api/v1/observations.xlsx", params=query).content)
    return list(pd.read_excel(book, sheet_name="Cover", header=None, engine="openpyxl")[0])


@pytest.mark.parametrize("by", ["period", "area", "indicator"])
def test_the_numbers_of_a_wide_workbook_have_the_decimals_of_their_indicator(
    client: TestClient, by: str
) -> None:
    which = "a_share_pct,a_rate_10k" if by == "indicator" else "a_share_pct"
    query = {"indicator": which, "area": "region", "period": "RY2025", "wide": by}
    book = openpyxl.load_workbook(
        io.BytesIO(client.get("/api/v1/observations.xlsx", params=query).content)
    )
    heads = [cell.value for cell in book[DATA][HEADER_ROW]]
    formats = {
        head: book[DATA].cell(HEADER_ROW + 1, place).number_format
        for place, head in enumerate(heads, 1)
        if f"{head}_status" in heads
    }
    decimals = {one.id: one.decimals for one in world.INDICATORS}
    assert formats
    for head, shown in formats.items():
        places = decimals.get(head, decimals["a_share_pct"])
        assert shown == (f"0.{'0' * places}" if places else "0"), head
