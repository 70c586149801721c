"""One figure is one number, in every file of the figures that ship and in every answer."""

import gzip
import io
from collections.abc import Callable

import numpy as np
import orjson
import pandas as pd
import pytest
from fastapi.testclient import TestClient

from indicators.shown_numbers import without_noise

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
