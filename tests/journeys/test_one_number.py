"""One figure is one number, in every file of the figures that ship and in every answer."""

import csv
import gzip
import io
from collections.abc import Callable

import numpy as np
import orjson
import pandas as pd
import pytest
from fastapi.testclient import TestClient

from indicators.shown_numbers import without_noise
from tests.tree import ROOT

FILES = "/api/v1/releases/latest/files"
PARTS = ["sex", "age", "ethnicity", "need", "placement", "reason", "role", "school_phase"]
KEY = ["indicator", "period", "area_code", *PARTS]
NUMBERS = ["value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level"]
LEVELS = "area=england,region,subregion,authority"
EVERY_PART = "&".join(f"{name}=all" for name in PARTS)


def of_csv(text: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(text), dtype=str, keep_default_na=False)


def of_lines(text: bytes) -> pd.DataFrame:
    return pd.DataFrame([orjson.loads(line) for line in text.splitlines()])


def of_parquet(content: bytes) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(content), columns=[*KEY, *NUMBERS])


def numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers by key, texts read as Python reads them: to the last bit."""
    plain = frame[NUMBERS].astype(object).replace("", None).astype(float)
    keys = pd.MultiIndex.from_frame(frame[KEY].astype(str))
    return plain.set_axis(keys, axis=0).sort_index()


@pytest.fixture(scope="module")
def in_file(shipped: TestClient) -> pd.DataFrame:
    return numbers(of_csv(gzip.decompress(shipped.get(f"{FILES}/observations.csv.gz").content)))


def assert_same(found: pd.DataFrame, in_file: pd.DataFrame) -> None:
    shared = in_file.index.intersection(found.index)
    assert len(shared) > 0
    pd.testing.assert_frame_equal(found.loc[shared], in_file.loc[shared], check_exact=True)


def test_every_file_of_a_release_has_the_same_numbers(
    shipped: TestClient, in_file: pd.DataFrame
) -> None:
    packed = shipped.get(f"{FILES}/observations.jsonl.gz").content
    for found in (
        of_parquet(shipped.get(f"{FILES}/observations.parquet").content),
        of_lines(gzip.decompress(packed)),
    ):
        assert len(found) == len(in_file)
        assert_same(numbers(found), in_file)


@pytest.fixture(scope="module")
def answered(shipped: TestClient) -> pd.DataFrame:
    """All figures that the API gives, as CSV."""
    asked = f"period=all&{LEVELS}&{EVERY_PART}"
    return of_csv(shipped.get(f"/api/v1/observations.csv?{asked}").content)


def test_the_api_has_the_numbers_of_the_files(
    answered: pd.DataFrame, in_file: pd.DataFrame
) -> None:
    assert_same(numbers(answered), in_file)


@pytest.mark.parametrize("format", ["json", "jsonl", "parquet"])
def test_every_format_has_the_numbers_of_the_files(
    shipped: TestClient, in_file: pd.DataFrame, format: str
) -> None:
    # Its numbers carry noise in the cells: Blackburn's lies just between two last digits.
    asked = f"indicator=injury_admissions_0_14_rate_10k&period=all&{LEVELS}"
    answer = shipped.get(f"/api/v1/observations.{format}?{asked}")
    read: dict[str, Callable[[bytes], pd.DataFrame]] = {
        "json": lambda content: pd.DataFrame(orjson.loads(content)["data"]),
        "jsonl": of_lines,
        "parquet": of_parquet,
    }
    assert_same(numbers(read[format](answer.content)), in_file)


def test_no_number_carries_noise(in_file: pd.DataFrame) -> None:
    held = in_file.to_numpy()
    assert np.array_equal(without_noise(held), held, equal_nan=True)
    assert without_noise(np.asarray([0.1 + 0.2])).tolist() == [0.3]


def document(name: str) -> str:
    return " ".join((ROOT / "docs" / name).read_text("utf-8").split())


def test_the_documents_say_which_rows_files_and_answers_do_not_share(
    shipped: TestClient, in_file: pd.DataFrame, answered: pd.DataFrame
) -> None:
    given = answered.set_index(KEY)
    only_given = given.loc[given.index.difference(in_file.index)]
    only_held = in_file.loc[in_file.index.difference(given.index)]
    assert set(only_given.status) == {"not_available"}
    assert bool(only_held.value.isna().all())
    counts = [f"{len(rows):,}" for rows in (in_file, given, only_given)]
    for name in ("files.md", "api.md"):
        assert [count for count in counts if count not in document(name)] == [], name
        assert f"{len(only_held)} rows" in document(name), name
    areas = {row["code"]: row["name"] for row in listed_areas(shipped)}
    held = {(period, areas[area]) for _, period, area, *_ in only_held.index}
    assert held == {("AY2018-19", "Bournemouth"), ("AY2020-21", "Northamptonshire")}
    package = shipped.get("/api/v1/datapackage.json").json()
    described = [package, *(r for r in package["resources"] if r["name"].startswith("obs"))]
    assert len(described) == 3
    for one in described:
        assert f"{len(in_file)} cells that the release holds" in one["description"]


def listed_areas(shipped: TestClient) -> list[dict[str, str]]:
    lines = shipped.get(f"{FILES}/areas.csv").text.splitlines()
    return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", ["api.md", "methods/intervals.md"])
def test_the_documents_say_how_many_values_lie_outside_their_interval(
    in_file: pd.DataFrame, name: str
) -> None:
    held = in_file[in_file.value.notna() & in_file.ci_lower.notna()]
    outside = held[(held.value < held.ci_lower) | (held.value > held.ci_upper)]
    assert bool(outside[["numerator", "denominator"]].notna().all(axis=None))
    for count in (len(held), len(outside)):
        assert f"{count:,}" in document(name)
