"""A withheld figure is gone from every file under the home folder, wherever it once stood."""

import gzip
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from indicators.cells import Breakdown, Status
from indicators.change_table import read_changes
from indicators.draft import Redaction
from indicators.store import Store, StoreError, publish_draft, redact_cells
from tests.builders import a_cell, vintage
from tests.indicators.store.conftest import Opener
from tests.indicators.store.published import (
    ALVERBY,
    BRENNOWCOMBE,
    COUNTRY,
    NOW,
    figure,
    folder_of,
    listed,
    on,
    opened,
    publish,
    value,
)

# Numbers that no other content of a store holds.
CANARY, CANARY_COUNT, CANARY_BASE = 73.4375, 70777.0, 96377.0
CANARIES = (CANARY, CANARY_COUNT, CANARY_BASE)

THEN = vintage(
    2024,
    a_cell(ALVERBY, "RY2024", CANARY, numerator=CANARY_COUNT, denominator=CANARY_BASE,
           ci_lower=73.4375, ci_upper=73.4375, ci_level=95),
    a_cell(BRENNOWCOMBE, "RY2024", 20, numerator=1, denominator=5),
)  # fmt: skip
NOW_SUPPRESSED = vintage(
    2025,
    a_cell(ALVERBY, "RY2024"),
    a_cell(BRENNOWCOMBE, "RY2024", 20, numerator=1, denominator=5),
)
REDACTION = Redaction("an_indicator_pct", "RY2024", ALVERBY)


def contents(path: Path) -> bytes:
    """Return the bytes of a file, unpacked, and of all that is packed in it."""
    return unpacked(path.name, path.read_bytes())


def unpacked(name: str, content: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.decompress(content)
    if name.endswith(".zip"):
        with ZipFile(BytesIO(content)) as archive:
            return b"".join(unpacked(part, archive.read(part)) for part in archive.namelist())
    if name.endswith(".parquet"):
        return orjson.dumps(pq.read_table(BytesIO(content)).to_pylist())
    return content


def forms(number: float) -> Iterator[bytes]:
    """Return how a number may stand in a file: as text, or in binary either way round."""
    yield str(number).removesuffix(".0").encode()
    for order in "<>":
        yield struct.pack(f"{order}d", number)
    if number.is_integer():
        # SQLite keeps whole numbers as short integers.
        yield int(number).to_bytes(3, "big")


def holding(home: Path, number: float) -> list[str]:
    """Return the files under a home folder in which a number stands."""
    return [
        str(path.relative_to(home))
        for path in sorted(home.rglob("*"))
        if path.is_file()
        for content in [contents(path)]
        if any(form in content for form in forms(number))
    ]


def held_anywhere(store: Store) -> dict[float, list[str]]:
    found = {number: holding(store.home, number) for number in CANARIES}
    return {number: files for number, files in found.items() if files}


def test_the_search_finds_a_number_in_database_arrow_parquet_and_csv(sqlite_store: Store) -> None:
    publish(sqlite_store, THEN)
    names = {Path(name).name for name in holding(sqlite_store.home, CANARY)}
    assert {"cells.arrow", "observations.parquet", "observations.csv.gz"} <= names
    assert {"observations.jsonl.gz", "datapackage.zip"} <= names
    assert any(name.startswith("outcomes.sqlite") for name in names)


def test_a_number_that_its_publisher_suppressed_is_gone_from_every_file(
    sqlite_store: Store,
) -> None:
    publish(sqlite_store, THEN, release_id="then", published_on=on(2024))
    before = listed(sqlite_store).releases[0].digest
    outcome = publish(sqlite_store, NOW_SUPPRESSED, release_id="now")
    assert held_anywhere(sqlite_store) == {}
    assert "1 withheld from all earlier releases" in outcome.message
    after = listed(sqlite_store).releases[0].digest
    assert after != before
    assert not (sqlite_store.snapshots / before).exists()


def test_a_number_that_a_steward_withheld_is_gone_from_every_file(sqlite_store: Store) -> None:
    publish(sqlite_store, THEN, release_id="then", published_on=on(2024))
    publish(sqlite_store, vintage(2025, a_cell(BRENNOWCOMBE, "RY2025", 3)), release_id="now")
    outcome = redact_cells(sqlite_store, [REDACTION], "a request of the authority", now=NOW)
    assert outcome.releases == ("then", "now")
    assert held_anywhere(sqlite_store) == {}


def test_old_and_new_releases_say_suppressed(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NOW_SUPPRESSED, release_id="now")
    for name in ("then", "now"):
        found = figure(opened(store, name), ALVERBY, "RY2024") or {}
        assert found["status"] == "suppressed"
        assert all(np.isnan(found[n]) for n in ("value", "numerator", "denominator", "ci_lower"))
    assert value(opened(store, "then"), BRENNOWCOMBE, "RY2024") == 20


def test_a_total_that_we_computed_over_the_cell_is_withdrawn_with_it(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NOW_SUPPRESSED, release_id="now")
    then = figure(opened(store, "then"), COUNTRY, "RY2024") or {}
    now = figure(opened(store, "now"), COUNTRY, "RY2024") or {}
    assert (then["status"], now["status"], now["value"]) == ("withdrawn", "ok", 20)


def test_changes_say_newly_suppressed_without_the_old_number(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NOW_SUPPRESSED, release_id="now")
    (change,) = (c for c in read_changes(folder_of(store, "now")) if c.kind == "newly_suppressed")
    assert (change.area, change.old_value, change.new_value) == (ALVERBY, None, None)
    assert (change.old_status, change.new_status) == ("ok", "suppressed")


def test_a_number_hidden_behind_another_symbol_in_between_is_found_too(
    sqlite_store: Store,
) -> None:
    publish(sqlite_store, THEN, published_on=on(2024))
    between = vintage(2025, a_cell(ALVERBY, "RY2024", status="not_available"))
    publish(sqlite_store, between, published_on=on(2025))
    publish(sqlite_store, vintage(2026, a_cell(ALVERBY, "RY2024")))
    assert held_anywhere(sqlite_store) == {}


def test_a_later_revision_loses_its_old_number_as_well(sqlite_store: Store) -> None:
    publish(sqlite_store, THEN, release_id="one", published_on=on(2024))
    revised = vintage(2025, a_cell(ALVERBY, "RY2024", 5))
    publish(sqlite_store, revised, release_id="two", published_on=on(2025))
    assert read_changes(folder_of(sqlite_store, "two"))[0].old_value is not None
    publish(sqlite_store, vintage(2026, a_cell(ALVERBY, "RY2024")), release_id="three")
    assert held_anywhere(sqlite_store) == {}
    assert [c.area for c in read_changes(folder_of(sqlite_store, "two")) if c.area == ALVERBY] == []


def test_a_redaction_holds_for_later_publications(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    redact_cells(store, [REDACTION], "a reason", now=NOW)
    publish(store, vintage(2025, a_cell(ALVERBY, "RY2024", 9)), release_id="now")
    assert (figure(opened(store, "now"), ALVERBY, "RY2024") or {})["status"] == "suppressed"


def test_a_figure_that_its_publisher_shows_again_is_shown_in_the_new_release_only(
    store: Store,
) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NOW_SUPPRESSED, release_id="hidden", published_on=on(2025))
    publish(store, vintage(2026, a_cell(ALVERBY, "RY2024", 9)), release_id="shown")
    shown = [
        (figure(opened(store, name), ALVERBY, "RY2024") or {})["status"]
        for name in ("then", "hidden", "shown")
    ]
    assert shown == ["suppressed", "suppressed", "ok"]


def test_a_draft_loses_the_number_too(sqlite_store: Store) -> None:
    publish(sqlite_store, THEN, published_on=on(2024))
    publish(sqlite_store, vintage(2025, a_cell(BRENNOWCOMBE, "RY2025", 3)), draft=True)
    redact_cells(sqlite_store, [REDACTION], "a reason", now=NOW)
    assert held_anywhere(sqlite_store) == {}
    publish_draft(sqlite_store, release_id="now", now=NOW)
    found = figure(opened(sqlite_store, "now"), ALVERBY, "RY2024") or {}
    assert found["status"] == "suppressed"


def test_the_latest_changes_tell_of_a_stewards_redaction(store: Store) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, vintage(2025, a_cell(BRENNOWCOMBE, "RY2025", 3)), release_id="now")
    redact_cells(store, [REDACTION], "a reason", now=NOW)
    kinds = {c.area: c.kind for c in read_changes(folder_of(store, "now"))}
    assert kinds[ALVERBY] == "newly_suppressed"


def test_a_redaction_may_say_withdrawn(store: Store) -> None:
    publish(store, THEN, release_id="then")
    withdrawn = Redaction("an_indicator_pct", "RY2024", ALVERBY, status=Status.WITHDRAWN)
    redact_cells(store, [withdrawn], "wrong", now=NOW)
    assert (figure(opened(store, "then"), ALVERBY, "RY2024") or {})["status"] == "withdrawn"


@pytest.mark.parametrize(
    "key",
    [
        Redaction("an_indicator_pct", "RY2025", ALVERBY),
        Redaction("an_indicator_pct", "RY2024", ALVERBY, Breakdown(age="5_9")),
    ],
)
def test_withholding_a_cell_that_no_release_has_is_refused(store: Store, key: Redaction) -> None:
    publish(store, THEN)
    with pytest.raises(StoreError, match="no release has a cell an_indicator_pct"):
        redact_cells(store, [REDACTION, key], "a reason", now=NOW)
    assert value(opened(store, "2026-11-23"), ALVERBY, "RY2024") == CANARY


def test_a_redaction_needs_a_reason_and_a_release(store: Store) -> None:
    with pytest.raises(StoreError, match="there is no release"):
        redact_cells(store, [REDACTION], "a reason", now=NOW)
    with pytest.raises(StoreError, match="give the reason"):
        redact_cells(store, [REDACTION], " ", now=NOW)


def test_the_same_digests_come_out_on_both_databases_after_a_redaction(
    store: Store, reopen: Opener
) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NOW_SUPPRESSED, release_id="now")
    digests = [entry.digest for entry in listed(store).releases]
    for entry in listed(store).releases:
        (store.snapshots / entry.digest).rename(store.home / entry.digest)
    again = reopen()
    assert [entry.digest for entry in listed(again).releases] == digests


def test_arrow_files_are_plain_so_that_the_search_can_read_them(sqlite_store: Store) -> None:
    publish(sqlite_store, THEN, release_id="then")
    path = folder_of(sqlite_store, "then") / "cells.arrow"
    assert pa.ipc.open_file(pa.memory_map(str(path))).num_record_batches == 1


def test_several_parts_of_several_authorities_can_be_withheld_at_once(store: Store) -> None:
    cells = [(area, sex) for area in (ALVERBY, BRENNOWCOMBE) for sex in ("_T", "F")]
    then = vintage(
        2024,
        *(a_cell(area, "RY2024", 20, sex=sex, numerator=1, denominator=5) for area, sex in cells),
    )
    now = vintage(2025, *(a_cell(area, "RY2024", sex=sex) for area, sex in cells))
    publish(store, then, release_id="then", published_on=on(2024))
    outcome = publish(store, now, release_id="now")
    assert "4 withheld from all earlier releases" in outcome.message
    for name in ("then", "now"):
        held = opened(store, name).columns
        assert len(held["value"]) > 0
        assert np.isnan(held["value"]).all()
