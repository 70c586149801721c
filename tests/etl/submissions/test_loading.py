"""From packages to a published release: stored whole or not at all, and nothing small gets out."""

import shutil
import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from etl.findings import ExitCode
from etl.practice.packages import practice_returns, table_bytes
from etl.settings import Settings
from etl.submissions.load_commands import load_submission
from indicators.catalogue import load_catalogue
from indicators.disclosure import protect
from indicators.draft import Redaction
from indicators.measures import Key, load_measures
from indicators.releases import read_releases
from indicators.snapshot import Snapshot, open_snapshot
from indicators.store import open_store, redact_cells
from tests.etl.submissions.returns import AUTHORITY, PERIOD, places, rows_of, zipped
from tests.indicators.store.accepting import accept_all_ready
from tests.indicators.store.ways import bring_out
from tests.unmeasured import unmeasured

NOW = datetime(2025, 9, 1, 12, tzinfo=UTC)
ONE, TWO = "X06000002", "X08000003"
DISTINCT = 918273645
"""A planted count that no figure can be by chance; its measure makes no indicator."""

CANARIES: Mapping[tuple[str, Key], int] = {
    (ONE, ("CLA_PLC3", "TOTAL", "ALL")): 3,
    (ONE, ("REF_RE12", "TOTAL", "ALL")): 5,
    (TWO, ("CLA_PLC3", "TOTAL", "ALL")): 1,
    (TWO, ("AWAY_INC", "TOTAL", "ALL")): DISTINCT,
    (TWO, ("CPP_OPEN_PRIOR", "TOTAL", "ALL")): DISTINCT,
}


def settings_in(home: Path) -> Settings:
    return Settings(home=home, place_set="made_up", database_url="")


def load(path: Path, home: Path, *, without_manifest: bool = True) -> tuple[str, int]:
    settings = settings_in(home)
    return load_submission([path], settings, without_manifest=without_manifest, now=NOW)


def held(home: Path, table: str) -> int:
    with sqlite3.connect(home / "outcomes.sqlite") as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(count)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_bytes(table_bytes(rows_of()))
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_sound_return_is_stored_once(table: Path, home: Path) -> None:
    text, code = load(table, home)
    assert (code, held(home, "submission")) == (ExitCode.OK, 1)
    assert held(home, "submission_value") == len(rows_of())
    assert "stored 1" in text


def test_the_same_return_again_changes_nothing(table: Path, home: Path, tmp_path: Path) -> None:
    load(table, home)
    other_order = tmp_path / "again.csv"
    other_order.write_bytes(table_bytes(rows_of()[::-1]))
    text, code = load(other_order, home)
    assert (code, held(home, "submission")) == (ExitCode.OK, 1)
    assert "exactly this return already (version 1)" in text


def test_a_corrected_return_is_a_new_version(table: Path, home: Path) -> None:
    load(table, home)
    table.write_bytes(table_bytes(rows_of("CLA", {("CLA_DIST_NK", "TOTAL", "ALL"): 0})))
    text, code = load(table, home)
    assert (code, held(home, "submission")) == (ExitCode.OK, 2)
    assert "version 2" in text


def test_a_return_with_an_error_is_kept_as_it_came_and_is_no_version(
    table: Path, home: Path
) -> None:
    table.write_bytes(table_bytes(rows_of("CLA", {("CLA_PLC3", "TOTAL", "ALL"): DISTINCT})))
    text, code = load(table, home)
    assert code == ExitCode.REFUSED
    assert (held(home, "submission"), held(home, "submission_value")) == (0, 0)
    assert (held(home, "received_file"), held(home, "receipt")) == (1, 1)
    assert "A01" in text
    assert str(DISTINCT) not in text.replace(",", "")


def test_a_return_with_a_query_is_stored(table: Path, home: Path) -> None:
    table.write_bytes(table_bytes(rows_of("CLA", {("SDQ_SUM", "TOTAL", "ALL"): 15})))
    text, code = load(table, home)
    assert (code, held(home, "submission")) == (ExitCode.OK, 1)
    assert "A14" in text
    assert "explain" in text


def test_records_of_children_leave_their_fingerprint_and_nothing_else(
    tmp_path: Path, home: Path
) -> None:
    records = tmp_path / "episodes.csv"
    records.write_text("CHILD,DECOM,RNE\nSYNTHETIC77,01/04/2024,S\n")
    text, code = load(records, home)
    assert code == ExitCode.REFUSED
    assert [held(home, table) for table in ("receipt", "incident", "audit")] == [0, 1, 1]
    assert "data protection officer" in text
    every_byte = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert b"SYNTHETIC77" not in every_byte + text.encode()


def test_a_manifest_is_asked_for(table: Path, home: Path) -> None:
    text, code = load(table, home, without_manifest=False)
    assert (code, held(home, "submission")) == (ExitCode.REFUSED, 0)
    assert "--without-manifest" in text


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Snapshot, str]:
    """Returns of every authority, loaded, drafted, protected and published in a store."""
    with unmeasured():
        return _published(tmp_path_factory.mktemp("practice"))


def _published(folder: Path) -> tuple[Path, Snapshot, str]:
    inbox = folder / "inbox"
    inbox.mkdir()
    for practice in practice_returns(places(), load_measures(), PERIOD, planted=CANARIES):
        members = {"data.csv": practice.table, "manifest.json": practice.manifest}
        (inbox / f"{practice.name}.zip").write_bytes(zipped(members))
    home = folder / "home"
    text, code = load(inbox, home, without_manifest=False)
    assert code == ExitCode.OK, text
    store = open_store("", home, places())
    try:
        accept_all_ready(store, NOW)
        outcome = bring_out(store, load_catalogue(), protect)
    finally:
        store.close()
    return home, open_snapshot(home / "snapshots" / outcome.digest), text


def cells(snapshot: Snapshot, indicator: str, area: str) -> list[int]:
    names = snapshot.columns
    wanted = (names["indicator"] == snapshot.indicator_codes[indicator]) & (
        names["area"] == snapshot.area_codes[area]
    )
    return [int(row) for row in np.flatnonzero(wanted)]


def status(snapshot: Snapshot, indicator: str, area: str) -> str:
    [row] = cells(snapshot, indicator, area)
    return str(snapshot.index.statuses[int(snapshot.columns["status"][row])])


def test_returns_of_all_authorities_run_the_whole_path(
    published: tuple[Path, Snapshot, str],
) -> None:
    home, snapshot, text = published
    authorities = places().authorities(date(2025, 3, 31))
    assert len(authorities) == 153
    assert held(home, "submission") == 3 * len(authorities)
    assert f"stored {3 * len(authorities)}" in text
    fed = [i.id for i in load_catalogue() if i.submission is not None]
    for indicator in fed:
        assert len(cells(snapshot, indicator, AUTHORITY)) == 1
        assert status(snapshot, indicator, places().country.code) in {"ok", "suppressed"}


def test_planted_small_counts_are_hidden_in_the_release(
    published: tuple[Path, Snapshot, str],
) -> None:
    _, snapshot, _ = published
    assert status(snapshot, "cla_3plus_placements_pct", ONE) == "suppressed"
    assert status(snapshot, "cla_3plus_placements_pct", TWO) == "suppressed"
    assert status(snapshot, "rereferral_12m_pct", ONE) == "suppressed"
    for row in cells(snapshot, "cla_3plus_placements_pct", ONE):
        assert np.isnan(snapshot.columns["value"][row])
        assert np.isnan(snapshot.columns["numerator"][row])
        assert np.isnan(snapshot.columns["ci_upper"][row])


def test_no_small_count_of_an_authority_is_in_the_release(  # a 5 stands for 6 or 7
    published: tuple[Path, Snapshot, str],
) -> None:
    _, snapshot, _ = published
    for column in ("numerator", "denominator"):
        numbers = snapshot.columns[column]
        assert not ((numbers >= 1) & (numbers < 5)).any()


def test_a_planted_count_is_in_no_published_file_and_no_report(
    published: tuple[Path, Snapshot, str],
) -> None:
    home, _, text = published
    needle = str(DISTINCT)
    assert needle not in text.replace(",", "")
    files = [*(home / "snapshots").rglob("*"), home / "releases.json"]
    for file in files:
        if file.is_file():
            content = file.read_bytes()
            assert needle.encode() not in content
            assert np.float64(DISTINCT).tobytes() not in content


def test_withholding_a_figure_withholds_all_that_show_its_count(
    published: tuple[Path, Snapshot, str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(published[0], home)
    store = open_store("", home, places())
    try:
        withheld = Redaction("cla_31mar_rate_10k", PERIOD.id, AUTHORITY)
        told = redact_cells(store, [withheld], "sent by mistake").message
        listed = read_releases(store.releases_file)
    finally:
        store.close()
    assert listed is not None
    snapshot = open_snapshot(home / "snapshots" / listed.releases[-1].digest)
    assert "made of the same counts" in told
    for indicator in ("cla_31mar_rate_10k", "cla_over_20_miles_pct", "cla_foster_pct"):
        assert status(snapshot, indicator, AUTHORITY) == "suppressed"
    assert status(snapshot, "cla_started_rate_10k", AUTHORITY) == "ok"
