"""Rows as text: however many there are and of however many indicators, the same bytes."""

import json
from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api import weaving
from api.blocks import blocks
from api.columns import end_table, ends_of
from api.opened import OpenRelease
from api.parameters import read_query
from api.registry import Registry
from api.routes.observations import KNOWN
from api.row_text import CSV, JSON, JSON_LINES, Dialect, fragments_of, one_by_one, row_pieces
from api.rows import select
from api.weaving import Coded, Column, Same, Texts, Tokens, joined, number_text, woven
from tests.api import world

IDENTITY = {"Accept-Encoding": "identity"}
TOTALS, EVERYTHING = b"period=all", b"period=all&sex=all"
NUMBERS = st.one_of(
    st.just(float("nan")),
    st.floats(-1e17, 1e17, allow_nan=False),
    st.integers(-(10**6), 10**6).map(float),
    st.integers(-999, 999).map(lambda number: number / 10),
)


@pytest.fixture
def release(home: Path) -> OpenRelease:
    registry = Registry(home)
    state = registry.state(look_now=True)
    return registry.open(state.by_id[state.latest or ""])


def columns_of(numbers: list[float], whole: list[bool], null: bytes) -> list[Column]:
    values, is_whole = np.asarray(numbers), np.asarray(whole)
    texts = Texts([b",x" * length for length in range(4)])
    codes = np.arange(len(numbers)) % 4
    mixed = number_text(values, null), number_text(values, null, whole=True), is_whole
    return [
        Coded(Texts([b"{", b"[{"]), np.arange(len(numbers)) % 2),
        Same(b'"value":'),
        Tokens(*mixed),
        Same(b',"numerator":'),
        Tokens(number_text(values[::-1].copy(), null, whole=True)),
        Coded(Texts([b",", *texts.pieces[1:]]), codes),
    ]


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(st.tuples(NUMBERS, st.booleans()), min_size=1, max_size=40),
    null=st.sampled_from([b"null", b""]),
)
def test_many_rows_and_few_are_woven_to_the_same_bytes(
    rows: list[tuple[float, bool]], null: bytes
) -> None:
    columns = columns_of([number for number, _ in rows], [whole for _, whole in rows], null)
    few = b"".join(woven(columns, len(rows)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weaving, "LEAST_LONG", 1)
        (many,) = woven(columns, len(rows))
    assert many == few


def test_a_whole_number_has_no_decimal_where_none_are_shown() -> None:
    numbers = np.asarray([12.0, float("nan"), 0.0, -3.0, 1.5])
    assert number_text(numbers, whole=True) == b"12,null,0,-3,1.5"
    assert number_text(numbers) == b"12.0,null,0.0,-3.0,1.5"
    assert number_text(numbers, b"", whole=True) == b"12,,0,-3,1.5"


def test_texts_that_grow_are_woven_as_they_are() -> None:
    texts = Texts([b"a"])
    assert texts.array().to_pylist() == [b"a"]
    texts.pieces.append(b",b")
    assert texts.array().to_pylist() == [b"a", b",b"]
    assert texts.array(1).to_pylist() == [b"", b"b"]


@pytest.mark.parametrize("dialect", [JSON, JSON_LINES, CSV])
def test_rows_of_many_indicators_read_as_those_of_each_do(
    release: OpenRelease, dialect: Dialect, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        block
        for asked in (TOTALS, EVERYTHING)
        for block in blocks(release, select(release, read_query(asked, KNOWN)))
    ]
    assert any(len(list(one_by_one(block))) > 1 for block in found)
    together, apart = (
        b"".join(joined(row_pieces(release, part, dialect)) for part in parts)
        for parts in (found, [part for block in found for part in one_by_one(block)])
    )
    assert together == apart
    monkeypatch.setattr(weaving, "LEAST_LONG", 1)
    assert b"".join(joined(row_pieces(release, part, dialect)) for part in found) == apart


def test_each_row_has_the_end_that_its_cell_says(release: OpenRelease) -> None:
    cells = release.snapshot.columns
    for block in blocks(release, select(release, read_query(EVERYTHING, KNOWN))):
        ends = [end_table(release).ends[place] for place in end_table(release).of(block).tolist()]
        assert [indicator for indicator, _ in ends] == block.indicator.tolist()
        assert [end.status for _, end in ends] == block.status.tolist()
        rows = zip(ends, block.position.tolist(), strict=True)
        for (_, end), position in rows:
            told = (end.flags, end.symbol, end.source, end.updated)
            names = ("flags", "symbol", "source", "updated_release")
            held = tuple(cells[name][position].item() for name in names)
            assert told == (held if position >= 0 else (0, -1, -1, -1))


def test_the_ends_of_an_indicator_do_not_depend_on_which_was_asked_for_first(
    home: Path, release: OpenRelease
) -> None:
    registry = Registry(home)
    other = registry.open(registry.state(look_now=True).by_id[release.id])
    codes = range(len(release.snapshot.indicators))
    forwards = {code: ends_of(release, code).ends for code in codes}
    backwards = {code: ends_of(other, code).ends for code in reversed(codes)}
    assert forwards == backwards
    assert len(end_table(release).ends) == len(end_table(other).ends)


@pytest.mark.parametrize(
    "query", [b"period=all", b"period=all&sex=all", b"indicator=a_quiet_pct&period=all"]
)
def test_a_long_answer_in_json_comes_part_by_part_and_is_the_same(
    client: TestClient, query: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/v1/observations?{query.decode()}"
    whole = client.get(address)
    monkeypatch.setattr("api.routes.observations.INLINE_ROWS", -1)
    monkeypatch.setattr("api.routes.observations.WHOLE_ROWS", -1)
    monkeypatch.setattr("api.routes.observations.STREAM_ROWS", 7)
    with client.stream("GET", f"{address}&release=latest", headers=IDENTITY) as answer:
        assert "content-length" not in answer.headers
        parts = list(answer.iter_raw())
    told = json.loads(b"".join(parts))
    assert told["data"] == whole.json()["data"]
    assert told["meta"] == whole.json()["meta"]
    assert b"".join(parts) == orjson.dumps(told)


def kept_and_made(
    home: Path, most: int, queries: tuple[bytes, ...], dialect: Dialect
) -> tuple[OpenRelease, list[bytes], list[bytes]]:
    """Return the texts of queries with rows kept and with none."""
    registries = Registry(home, kept_rows=most), Registry(home)
    opened = [one.open(one.state(look_now=True).by_id[world.NEW]) for one in registries]
    kept, made = (
        [
            b"".join(
                joined(row_pieces(release, block, dialect))
                for block in blocks(release, select(release, read_query(query, KNOWN)))
            )
            for query in queries
        ]
        for release in opened
    )
    return opened[0], kept, made


@pytest.mark.parametrize("dialect", [JSON, JSON_LINES, CSV])
@pytest.mark.parametrize("most", [1, 40, 20_000])
def test_rows_that_were_kept_read_as_rows_that_are_made(
    home: Path, dialect: Dialect, most: int
) -> None:
    queries = (
        b"indicator=a_share_pct&area=authority",
        f"area={world.TOWN},{world.MISSING},{world.SUPPRESSED},england&period=all".encode(),
        b"indicator=a_share_pct",
        b"indicator=a_score&area=within:X12000001,england",
        f"area={world.ENDED},{world.TOWN}&period=all&sex=all".encode(),
    )
    release, kept, made = kept_and_made(home, most, queries * 3, dialect)
    assert kept == made
    assert all(kept)
    rows = fragments_of(release, dialect).kept_rows
    assert len(rows.held) <= most
    assert rows.held or most == 1


def test_the_rows_kept_go_with_their_release(home: Path) -> None:
    release, *_ = kept_and_made(home, 1_000, (TOTALS,), JSON)
    held = fragments_of(release, JSON).kept_rows
    release.let_go()
    assert fragments_of(release, JSON).kept_rows is not held
    assert fragments_of(release, JSON).kept_rows.held == {}
