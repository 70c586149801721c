"""Encodings: which one a reader gets, and that each holds the same bytes."""

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from starlette.testclient import TestClient

from api.conditions import held_encoding, is_match
from api.encodings import choose_encoding
from tests.api.conftest import client_for

ROWS = "/api/v1/observations?indicator=a_share_pct&area=authority"

UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


def raw(client: TestClient, address: str, accepted: str) -> tuple[str, str, bytes]:
    """Return encoding, tag and bytes of an answer as they travel."""
    with client.stream("GET", address, headers={"Accept-Encoding": accepted}) as answer:
        body = b"".join(answer.iter_raw())
        encoding = answer.headers.get("content-encoding", "identity")
        if "content-length" in answer.headers:
            assert int(answer.headers["content-length"]) == len(body)
        return encoding, answer.headers.get("etag", ""), body


@pytest.mark.parametrize("is_streamed", [False, True])
def test_each_encoding_holds_the_same_bytes_under_a_tag_of_its_own(
    home: Path, monkeypatch: pytest.MonkeyPatch, is_streamed: bool
) -> None:
    if is_streamed:
        monkeypatch.setattr("api.routes.observations.INLINE_ROWS", 10)
    client = client_for(home)
    address = "/api/v1/observations.csv?period=all"
    _, _, plain = raw(client, address, "identity")
    tags = set()
    for encoding, unpack in UNPACK.items():
        for _ in range(2):  # made, then kept
            told, tag, body = raw(client, address, encoding)
            assert (told, unpack(body)) == (encoding, plain)
            tags.add(tag)
    assert len(tags) == len(UNPACK)


def test_a_reader_who_refuses_plain_bytes_gets_none_even_if_short(client: TestClient) -> None:
    for address in ("/api/health/live", ROWS.replace("?", ".parquet?")):
        answer = client.get(address, headers={"Accept-Encoding": "gzip, identity;q=0"})
        assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("address", [ROWS, "/api/health/live", "/api/docs", "/api/openapi.json"])
def test_a_reader_who_takes_no_encoding_of_ours_is_told_which_there_are(
    client: TestClient, address: str
) -> None:
    answer = client.get(address, headers={"Accept-Encoding": "identity;q=0, deflate"})
    assert (answer.status_code, answer.json()["type"]) == (406, "/api/docs#not-acceptable")
    assert "zstd, br, gzip" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "zstd br gzip -"),
        ("gzip, deflate, br", "br gzip -"),
        ("GZIP", "gzip -"),
        ("br;q=0, gzip;q=0.5", "gzip -"),
        ("br;q=0.5, gzip;q=0.8", "gzip br -"),
        ("gzip;q=0.5, identity", "- gzip"),
        ("gzip, identity", "gzip -"),
        ("*", "zstd br gzip -"),
        ("*;q=0.1, br;q=0.2", "br zstd gzip -"),
        ("*;q=0, gzip", "gzip"),
        ("identity;q=0, br", "br"),
        ("identity;q=0, *", "zstd br gzip"),
        ("identity;q=0", ""),
        ("*;q=0", ""),
        ("deflate, compress", "-"),
        ("identity", "-"),
        ("", "-"),
        ("br;q=nonsense", "-"),
        ("gzip;q=1.0;x=y,,;;", "gzip -"),
        ("gzip" * 1_000, "-"),
    ],
)
def test_a_reader_gets_the_encoding_it_likes_best_of_those_that_it_takes(
    accepted: str, chosen: str
) -> None:
    assert [name or "-" for name in choose_encoding(accepted).accepts] == chosen.split()


def test_tags_are_compared_weakly_and_whatever_the_encoding() -> None:
    assert is_match('W/"abc-br"', "abc")
    assert is_match('"x", "abc"', "abc")
    assert not is_match('"abcd"', "abc")
    assert not is_match("*", "abc")


def test_unchanged_is_told_only_of_a_form_that_the_reader_takes() -> None:
    assert held_encoding('"abc-gzip"', "abc", ("br", "gzip", "")) == "gzip"
    assert held_encoding('"abc", W/"abc-gzip", "abc-br"', "abc", ("br", "gzip", "")) == "br"
    assert held_encoding('"abc-gzip"', "abc", ("br", "")) is None
    assert held_encoding('"other"', "abc", ("br", "")) is None
