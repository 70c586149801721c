"""Workbooks in the shape that was asked for, with the reasons that a CSV keeps."""

import io

import pandas as pd
from starlette.testclient import TestClient

from api.workbook_words import DATA, NOTES
from api.workbooks import HEADER_ROW
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
