"""Whole files: parts of them, their digests, and the programs that read them by address."""

import base64
import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import csvw
import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api.release_files import PLAIN_BYTES
from tests.api import world
from tests.api.conftest import client_for
from tests.api.live import serving
from tests.frictionless_reader import package_faults, package_rows

FILES = f"/api/v1/releases/{world.NEW}/files"
PARQUET = f"{FILES}/observations.parquet"
PLAIN = {"accept-encoding": "identity"}


@pytest.fixture(scope="module")
def live(home: Path) -> Iterator[str]:
    with serving(home) as address:
        yield address


def listed(client: TestClient, release: str = world.NEW) -> dict[str, Any]:
    rows = client.get(f"/api/v1/releases/{release}/files").json()["data"]
    return {row["name"]: row for row in rows}


# What there is


def test_every_file_says_what_it_is_for_and_is_as_long_and_has_the_digest_it_says(
    client: TestClient,
) -> None:
    rows = listed(client)
    assert {"datapackage.zip", "datapackage.json", "observations.jsonl.gz"} <= set(rows)
    for name, row in rows.items():
        body = client.get(row["url"]).content
        assert row["about"].endswith("."), name
        assert row["bytes"] == len(body), name
        if name != "observations.csv":
            assert row["sha256"] == hashlib.sha256(body).hexdigest(), name


def test_a_table_says_how_many_rows_it_has(client: TestClient) -> None:
    rows = listed(client)
    figures = gzip.decompress(client.get(f"{FILES}/observations.csv.gz").content)
    assert rows["observations.parquet"]["rows"] == len(figures.splitlines()) - 1
    assert rows["indicators.csv"]["rows"] == len(world.INDICATORS)
    assert rows["datapackage.zip"]["rows"] is None


def test_no_file_is_of_a_kind_that_nobody_named(client: TestClient) -> None:
    kinds = {name: row["media_type"] for name, row in listed(client).items()}
    assert [name for name, kind in kinds.items() if kind == PLAIN_BYTES] == ["checksums.sha256"]


# Parts


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-3", 0, 4),
        ("bytes=10-", 10, None),
        ("bytes=-8", -8, None),
        ("bytes=4-99999999", 4, None),
    ],
)
def test_a_part_of_a_file_is_given_when_asked_for(
    client: TestClient, asked: str, first: int, last: int | None
) -> None:
    whole = client.get(PARQUET).content
    answer = client.get(PARQUET, headers={"range": asked})
    part = whole[first:last]
    begin = first % len(whole)
    assert answer.status_code == 206
    assert answer.content == part
    assert answer.headers["content-range"] == f"bytes {begin}-{begin + len(part) - 1}/{len(whole)}"
    assert answer.headers["content-length"] == str(len(part))


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0", f"bytes={'9' * 40}-"])
def test_a_part_behind_the_end_is_a_problem_that_says_how_long_the_file_is(
    client: TestClient, asked: str
) -> None:
    size = len(client.get(PARQUET).content)
    answer = client.get(PARQUET, headers={"range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size}"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "asked", ["lines=1-2", "bytes=a-b", "bytes=-", "bytes=9-2", "bytes=0-1,4-5"]
)
def test_what_is_not_one_range_of_bytes_gives_the_whole_file(
    client: TestClient, asked: str
) -> None:
    answer = client.get(PARQUET, headers={"range": asked})
    assert (answer.status_code, answer.content) == (200, client.get(PARQUET).content)


def test_a_part_is_given_only_of_the_version_that_the_reader_has(client: TestClient) -> None:
    etag = client.get(PARQUET).headers["etag"]
    same = client.get(PARQUET, headers={"range": "bytes=0-3", "if-range": etag})
    other = client.get(PARQUET, headers={"range": "bytes=0-3", "if-range": '"another"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_parts_put_together_are_the_file(client: TestClient) -> None:
    whole = client.get(PARQUET).content
    step = len(whole) // 3
    parts = [
        client.get(PARQUET, headers={"range": f"bytes={at}-{at + step - 1}"}).content
        for at in range(0, len(whole), step)
    ]
    assert b"".join(parts) == whole


# What is said of them


def test_a_file_tells_its_digest_whole_or_in_part(client: TestClient) -> None:
    digest = hashlib.sha256(client.get(PARQUET).content).digest()
    told = f"sha-256=:{base64.b64encode(digest).decode()}:"
    for headers in ({}, {"range": "bytes=0-3"}):
        assert client.get(PARQUET, headers=headers).headers["repr-digest"] == told


@pytest.mark.parametrize("name", ["areas.csv", "metadata.json", "observations.parquet"])
def test_a_file_is_sent_as_it_lies_on_disk_whatever_encoding_is_liked(
    client: TestClient, name: str
) -> None:
    answer = client.get(f"{FILES}/{name}", headers={"accept-encoding": "br, gzip, zstd"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(listed(client)[name]["bytes"])


def test_a_reader_who_refuses_plain_bytes_is_not_told_their_digest(client: TestClient) -> None:
    answer = client.get(f"{FILES}/areas.csv", headers={"accept-encoding": "gzip, identity;q=0"})
    assert answer.headers["content-encoding"] == "gzip"
    assert {"repr-digest", "accept-ranges"}.isdisjoint(answer.headers)


def test_the_head_of_a_file_says_all_and_sends_nothing(client: TestClient) -> None:
    head, whole = client.head(PARQUET), client.get(PARQUET)
    assert (head.status_code, head.content) == (200, b"")
    same = ("content-length", "etag", "repr-digest", "accept-ranges", "last-modified")
    assert {name: head.headers[name] for name in same} == {
        name: whole.headers[name] for name in same
    }


def test_only_what_is_named_by_digest_is_immutable(client: TestClient) -> None:
    row = listed(client)["observations.parquet"]
    kept = {
        path: client.get(path).headers["cache-control"]
        for path in (row["lasting_url"], row["url"], PARQUET.replace(world.NEW, "latest"))
    }
    assert ["immutable" in text for text in kept.values()] == [True, False, False]


def test_a_file_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    etag = client.get(PARQUET).headers["etag"]
    answer = client.get(PARQUET, headers={"if-none-match": etag, "range": "bytes=0-3"})
    assert (answer.status_code, answer.content) == (304, b"")


def test_files_are_not_counted_by_the_rate_limit(home: Path) -> None:
    limited = client_for(home, rate_limit="2/minute")
    assert {limited.get(PARQUET).status_code for _ in range(5)} == {200}
    assert "ratelimit" not in limited.get(PARQUET).headers


# The figures under their unpacked name


def test_figures_are_unpacked_as_they_are_sent(client: TestClient) -> None:
    packed = client.get(f"{FILES}/observations.csv.gz").content
    plain = client.get(f"{FILES}/observations.csv", headers=PLAIN)
    assert plain.content == gzip.decompress(packed)
    assert "content-encoding" not in plain.headers
    with client.stream(
        "GET", f"{FILES}/observations.csv", headers={"accept-encoding": "gzip"}
    ) as sent:
        assert b"".join(sent.iter_raw()) == packed
        assert sent.headers["content-encoding"] == "gzip"
        assert sent.headers["etag"] != plain.headers["etag"]


# Programs of others


def test_frictionless_reads_the_package_by_address(live: str, client: TestClient) -> None:
    for path in ("/api/v1/datapackage.json", f"{FILES}/datapackage.json"):
        assert package_faults(f"{live}{path}") == []
    rows = package_rows(f"{live}/api/v1/datapackage.json", "observations")
    assert len(rows) == listed(client)["observations.csv.gz"]["rows"]


def test_the_package_of_the_latest_release_says_when_it_was_published(client: TestClient) -> None:
    told = client.get("/api/v1/datapackage.json").json()
    assert told["version"] == world.NEW
    assert told["created"].startswith(world.NEW)


def test_csvw_reads_every_table_by_address(live: str, client: TestClient) -> None:
    group = csvw.TableGroup.from_url(f"{live}{FILES}/observations.csv-metadata.json")
    rows = {table.local_name: list(table.iterdicts()) for table in group.tables}
    assert len(rows["observations.csv"]) == listed(client)["observations.csv.gz"]["rows"]
    assert {"indicators.csv", "areas.csv", "periods.csv", "breakdowns.csv"} <= set(rows)


def test_pandas_and_arrow_read_the_parquet_file_by_address(live: str, client: TestClient) -> None:
    frame = pd.read_parquet(f"{live}{PARQUET}")
    table = pq.read_table(BytesIO(client.get(PARQUET).content))
    assert len(frame) == len(table) == listed(client)["observations.parquet"]["rows"]


def test_pandas_reads_the_packed_csv_and_json_lines_by_address(
    live: str, client: TestClient
) -> None:
    for found in (
        pd.read_csv(f"{live}{FILES}/observations.csv.gz"),
        pd.read_csv(f"{live}{FILES}/observations.csv"),
        pd.read_json(f"{live}{FILES}/observations.jsonl.gz", lines=True),
    ):
        assert len(found) == listed(client)["observations.parquet"]["rows"]


def test_duckdb_reads_the_downloaded_files(client: TestClient, tmp_path: Path) -> None:
    for name in ("observations.parquet", "observations.csv.gz", "observations.jsonl.gz"):
        (tmp_path / name).write_bytes(client.get(f"{FILES}/{name}").content)
        query = f"select count(*), sum(value) from '{tmp_path / name}' where status = 'ok'"
        with duckdb.connect() as database:
            counted = database.execute(query).fetchall()[0]
        figures = pq.read_table(tmp_path / "observations.parquet").to_pandas()
        assert counted[0] == (figures["status"] == "ok").sum()
        assert counted[1] == pytest.approx(figures["value"].sum())


# Older releases


def test_a_release_from_before_the_package_is_served_as_it_was(home: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(home, older)
    digest = json.loads((older / "releases.json").read_bytes())["releases"][-1]["digest"]
    folder = older / "snapshots" / digest / "files"
    kept = {"observations.csv.gz", "observations.parquet", "areas.csv", "checksums.sha256"}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()
    client = client_for(older)
    assert set(listed(client)) == {*kept, "observations.csv"}
    assert client.get(PARQUET).status_code == 200
    problem = client.get("/api/v1/datapackage.json")
    assert problem.status_code == 404
    assert "before there were data packages" in problem.json()["detail"]


def test_a_range_that_ends_far_behind_the_file_is_cut_at_its_end(client: TestClient) -> None:
    whole = client.get(PARQUET).content
    answer = client.get(PARQUET, headers={"range": f"bytes=0-{'9' * 40}"})
    assert (answer.status_code, answer.content) == (206, whole)


def test_only_get_gives_a_range(client: TestClient) -> None:
    answer = client.head(PARQUET, headers={"range": "bytes=0-9"})
    assert (answer.status_code, "content-range" in answer.headers) == (200, False)


def test_an_unchanged_file_is_not_sent_again_not_even_a_part(client: TestClient) -> None:
    since = {"if-modified-since": client.get(PARQUET).headers["last-modified"]}
    assert client.get(PARQUET, headers=since | {"range": "bytes=0-3"}).status_code == 304
    before = {"if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert client.get(PARQUET, headers=before).status_code == 200
