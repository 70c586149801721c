"""Warnings of answers whose body cannot say them stand in a header."""

import re

import pytest
from starlette.testclient import TestClient

from api.warning_headers import MOST_CHARACTERS, MOST_WARNINGS, warning_headers
from tests.api import world

STRING = re.compile(r'"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"(?:, |$)')
"""A member of a list of strings, by RFC 8941."""

NONE = f"indicator=a_share_pct&area={world.TOWN}&period=RY2019&sex=F"
"""A question that no row of the release can answer."""


def told(header: str) -> list[str]:
    assert STRING.sub("", header) == "", header
    return [re.sub(r"\\(.)", r"\1", text) for text in STRING.findall(header)]


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "arrow", "sdmx-generic"])
@pytest.mark.parametrize("shape", ["", "&fields=area_code,value"])
def test_a_format_without_room_for_warnings_has_them_in_a_header(
    client: TestClient, format: str, shape: str
) -> None:
    if shape and format.startswith("sdmx"):
        shape = ""  # it has a shape of its own
    in_json = client.get(f"/api/v1/observations?{NONE}").json()["meta"]["warnings"]
    answer = client.get(f"/api/v1/observations.{format}?{NONE}{shape}")
    assert answer.status_code == 200
    assert in_json
    assert [text[:100] for text in told(answer.headers["x-warnings"])] == [
        text[:100] for text in in_json
    ]
    assert "X-Warnings" in answer.headers["access-control-expose-headers"]


def test_what_says_its_warnings_itself_and_what_has_none_bear_no_header(
    client: TestClient,
) -> None:
    for format in ("json", "xlsx", "jsonstat"):
        assert "x-warnings" not in client.get(f"/api/v1/observations.{format}?{NONE}").headers
    answer = client.get("/api/v1/observations.csv?indicator=a_share_pct&area=authority")
    assert answer.text.count("\n") > 1
    assert "x-warnings" not in answer.headers


def test_a_warning_does_not_stick_to_the_same_question_of_another_format(
    client: TestClient,
) -> None:
    csv, again = (client.get(f"/api/v1/observations.csv?{NONE}") for _ in range(2))
    assert csv.headers["x-warnings"] == again.headers["x-warnings"]
    assert client.head(f"/api/v1/observations.csv?{NONE}").headers["x-warnings"]


@pytest.mark.parametrize("format", ["csv", "arrow"])
@pytest.mark.parametrize("shape", ["", "&order=-value", "&fields=value"])
def test_a_streamed_answer_warns_before_its_rows(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, format: str, shape: str
) -> None:
    monkeypatch.setattr("api.routes.observations.INLINE_ROWS", 0)
    asked = "indicator=a_share_pct&area=authority&period=all"
    empty = client.get(f"/api/v1/observations.{format}?{asked}&status=withdrawn{shape}")
    assert "hold" in told(empty.headers["x-warnings"])[0]
    whole = client.get(f"/api/v1/observations.{format}?{asked}{shape}")
    assert "x-warnings" not in whole.headers
    assert len(whole.content) > len(empty.content)


def test_lists_of_other_things_have_it_too(client: TestClient) -> None:
    asked = "population_min=999999999"
    (warning, *_) = client.get(f"/api/v1/areas?{asked}").json()["meta"]["warnings"]
    answer = client.get(f"/api/v1/areas.csv?{asked}")
    assert told(answer.headers["x-warnings"])[0][:60] == warning[:60]


def test_the_header_is_short_and_of_plain_letters_whatever_the_warnings_say() -> None:
    warnings = ['Ynys Môn – "a\\b"\r\nSet-Cookie: x', "é" * 1000, *"cdefgh", "子"]
    texts = told(warning_headers("csv", warnings)["X-Warnings"])
    assert texts[0] == 'Ynys Mon - "a\\b" Set-Cookie: x'
    assert texts[1] == "e" * (MOST_CHARACTERS - 3) + "..."
    assert len(texts) == MOST_WARNINGS + 1
    assert texts[-1].startswith(f"and {len(warnings) - MOST_WARNINGS} more")


def test_the_description_of_the_api_has_the_header(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert "meta.warnings" in described["components"]["headers"]["X-Warnings"]["description"]
    answer = described["paths"]["/v1/observations"]["get"]["responses"]["200"]
    assert "X-Warnings" in answer["headers"]
