"""Every way in keeps one version of a return and nothing of records about children."""

import gzip
import io
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.practice.packages import table_bytes
from etl.settings import Settings
from etl.submissions.aids import aids_for
from etl.submissions.intake import COMMAND_LINE, Entrance, Taken, take_in
from etl.submissions.load_commands import load_submission
from etl.submissions.pipeline import process, process_pending
from etl.watch_commands import tick, watch_command
from etl.watching import READY, Watched
from indicators.permissions import Actor, NotPermittedError, Role
from indicators.store import Store, open_store
from indicators.store.occasions import Occasion
from indicators.store.receiving import list_receipts, read_incidents
from indicators.store.returns import list_returns
from indicators.store.steps import watched
from tests.etl.submissions.returns import (
    AUTHORITY,
    changed,
    is_measure,
    places,
    rows_of,
    sound_table,
    zipped,
)
from tests.etl.submissions.test_privacy import workbook
from tests.indicators.store.accepting import STEWARD, submitter

NOW = datetime(2025, 9, 1, 12, tzinfo=UTC)
OTHER = "X06000002"
AUDITOR = Actor("Auditor", Role.AUDITOR)
PLANTED = "Z99887766554Q"
"""Not a pupil's number: made up, and found nowhere else."""
RECORDS = f"CHILD,UPN,DOB\n1,A123456789012,2012-05-06\n2,{PLANTED},2012-05-07\n"
PUPIL = f"a,b\nA123456789012,{PLANTED}\n"


def census() -> str:
    head = "<?xml version='1.0'?><Message><Children><Child><LAchildID>"
    return f"{head}{PLANTED}</LAchildID></Child></Children></Message>"


def appended() -> bytes:
    """A sound return with the number of a pupil in a note."""
    told = changed(rows_of(), is_measure("CLA_OPEN"), note=f"A123456789012 {PLANTED}")
    return table_bytes(told)


def with_second_sheet() -> bytes:
    return workbook(RECORDS)


def gzipped_member() -> bytes:
    return zipped({"data.csv": gzip.compress(RECORDS.encode())})


DISGUISES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "plain": ("episodes.csv", RECORDS.encode),
    "renamed": ("data.csv", RECORDS.encode),
    "as a workbook by name": ("data.xlsx", RECORDS.encode),
    "census": ("cin.xml", lambda: census().encode()),
    "pupils only": ("data.csv", PUPIL.encode),
    "UTF-16": ("data.csv", lambda: RECORDS.encode("utf-16")),
    "gzip": ("data.csv", lambda: gzip.compress(RECORDS.encode())),
    "gzip in a package": ("p.zip", gzipped_member),
    "package": ("p.zip", lambda: zipped({"data.csv": RECORDS.encode(), "manifest.json": b"{}"})),
    "nested": ("p.zip", lambda: zipped({"data.csv": zipped({"x.csv": RECORDS.encode()})})),
    "manifest": (
        "p.zip",
        lambda: zipped({"data.csv": sound_table(), "manifest.json": census().encode()}),
    ),
    "second sheet": ("data.xlsx", with_second_sheet),
    "in a sound return": ("data.csv", appended),
    "in the name": (f"{PLANTED}_A123456789012.csv", sound_table),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = open_store("", tmp_path / "home", places())
    yield held
    held.close()


def by_desk(store: Store, name: str, body: bytes, folder: Path) -> None:
    entrance = Entrance("desk", AUTHORITY, without_manifest=True)
    take_in(store, body, name, entrance, Occasion(NOW, submitter(AUTHORITY)))
    list(process_pending(store, Occasion(NOW)))


def by_command(store: Store, name: str, body: bytes, folder: Path) -> None:
    source = folder / "sent" / name
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(body)
    settings = Settings(home=store.home, place_set="made_up", database_url="")
    text, _ = load_submission([source], settings, without_manifest=True, now=NOW)
    source.unlink()
    if PLANTED not in name:
        assert PLANTED not in text


def by_folder(store: Store, name: str, body: bytes, folder: Path) -> None:
    drop(folder / "drop", name, body)
    said: list[str] = []
    tick(store, Watched(folder / "drop"), said.append, lambda _: None)
    assert PLANTED not in "".join(said)
    assert list((folder / "drop" / "inbox").glob("*/*/*")) == []


def drop(root: Path, name: str, body: bytes, authority: str = AUTHORITY) -> Path:
    inbox = root / "inbox" / authority / "CLA"
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_bytes(body)
    (inbox / f"{name}{READY}").write_bytes(b"")
    return inbox / name


CHANNELS = {"desk": by_desk, "command": by_command, "folder": by_folder}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("channel", CHANNELS)
def test_nothing_of_records_about_children_is_left_anywhere(
    store: Store, tmp_path: Path, channel: str, disguise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    name, body = DISGUISES[disguise][0], DISGUISES[disguise][1]()
    CHANNELS[channel](store, name, body, tmp_path)
    assert list_receipts(store, STEWARD) == ()
    assert holding(tmp_path) == []
    assert list(scratch.iterdir()) == []


def holding(root: Path) -> list[str]:
    """Return the files below a folder that hold or are named by what was planted."""
    return [
        path.name
        for path in root.rglob("*")
        if PLANTED in path.name or (path.is_file() and holds(path.read_bytes()))
    ]


def holds(content: bytes) -> bool:
    if content[:2] == b"\x1f\x8b":
        return holds(gzip.decompress(content))
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(holds(archive.read(part)) for part in archive.namelist())
    return PLANTED.encode() in content or PLANTED.encode("utf-16-le") in content


def test_of_records_a_fingerprint_is_kept_for_the_auditor(store: Store, tmp_path: Path) -> None:
    by_folder(store, "data.csv", RECORDS.encode(), tmp_path)
    [incident] = read_incidents(store, AUDITOR)
    assert (incident.size, incident.channel, incident.for_authority) == (
        len(RECORDS),
        "folder",
        AUTHORITY,
    )
    with pytest.raises(NotPermittedError):
        read_incidents(store, STEWARD)


def test_one_package_through_three_channels_at_once_is_one_version(
    store: Store, tmp_path: Path
) -> None:
    body = sound_table()
    (tmp_path / "sent").mkdir()
    names = {"desk": "a.csv", "command": "b.csv", "folder": "c.csv"}
    faults: list[BaseException] = []

    def send(channel: str) -> None:
        own = open_store("", store.home, places())
        try:
            CHANNELS[channel](own, names[channel], body, tmp_path)
        except BaseException as error:
            faults.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=send, args=(channel,)) for channel in CHANNELS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(list_returns(store, STEWARD)) == 1
    states = sorted(entry.state for entry in list_receipts(store, STEWARD))
    assert states == ["duplicate", "duplicate", "stored"]


def test_a_token_sends_for_its_own_authority_and_a_folder_for_its_own(
    store: Store, tmp_path: Path
) -> None:
    at = Occasion(NOW, submitter(OTHER))
    taken = take_in(
        store, sound_table(), "data.csv", Entrance(COMMAND_LINE, without_manifest=True), at
    )
    assert failed(store, taken, at) == ["broke C02"]
    drop(tmp_path / "drop", "data.csv", sound_table(), authority=OTHER)
    tick(store, Watched(tmp_path / "drop"), lambda _: None, lambda _: None)
    assert [entry.detail for entry in list_receipts(store, STEWARD)] == ["broke C02"] * 2
    assert list_returns(store, STEWARD) == ()
    [report] = (tmp_path / "drop" / "rejected" / OTHER).rglob("report.txt")
    assert "C02" in report.read_text()


def failed(store: Store, taken: Taken, at: Occasion) -> list[str]:
    assert taken.receipt is not None
    with aids_for(store) as aids:
        return [process(store, taken.receipt, at, aids).receipt.detail]


def test_what_the_scanner_fails_is_dropped(store: Store) -> None:
    entrance = Entrance("desk", AUTHORITY, scanner="false")
    taken = take_in(store, sound_table(), "data.csv", entrance, Occasion(NOW, submitter(AUTHORITY)))
    assert taken.receipt is None
    assert len(read_incidents(store, AUDITOR)) == 1
    passed = Entrance("desk", AUTHORITY, scanner="true")
    taken = take_in(store, sound_table(), "data.csv", passed, Occasion(NOW, submitter(AUTHORITY)))
    assert taken.receipt is not None


def test_a_table_of_something_else_is_not_stored(store: Store) -> None:
    entrance = Entrance("desk", AUTHORITY)
    at = Occasion(NOW, submitter(AUTHORITY))
    for body in (b"name,age\nsomebody,12\n", b"name,age\n\xff,12\n", b"just text"):
        assert take_in(store, body, "data.csv", entrance, at).receipt is None
    assert list_receipts(store, STEWARD) == ()


def test_the_folder_waits_for_a_mark_or_for_the_end_of_part(store: Store, tmp_path: Path) -> None:
    root = tmp_path / "drop"
    path = drop(root, "data.csv", sound_table())
    path.with_name(path.name + READY).unlink()
    state = tick(store, Watched(root), lambda _: None, lambda _: None)
    assert path.exists()
    path.rename(path.with_name("data.csv.part"))
    state = tick(store, state, lambda _: None, lambda _: None)
    path.with_name("data.csv.part").rename(path)
    tick(store, state, lambda _: None, lambda _: None)
    assert not path.exists()
    [kept] = (root / "archive").rglob("data.csv")
    assert (kept.parent / "report.txt").exists()
    assert not any((root / "processing").iterdir())


POINTS = (
    "watch:claimed",
    "receive:row",
    "receive:committed",
    "watch:received",
    "load:checked",
    "load:values",
    "load:committed",
    "watch:processed",
    "watch:reported",
    "watch:moved",
)


@pytest.mark.parametrize("point", POINTS)
def test_a_watcher_that_is_killed_anywhere_finishes_when_it_starts_again(
    tmp_path: Path, point: str
) -> None:
    root = tmp_path / "drop"
    drop(root, "data.csv", sound_table())
    settings = Settings(home=tmp_path / "home", place_set="made_up", database_url="")
    child = os.fork()
    if child == 0:
        with watched(lambda reached: os._exit(9) if reached == point else None):
            watch_command(root, True, settings, lambda _: None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    watch_command(root, True, settings, lambda _: None)
    store = open_store("", tmp_path / "home", places())
    try:
        assert [entry.version for entry in list_returns(store, STEWARD)] == [1]
        assert [entry.state for entry in list_receipts(store, STEWARD)] == ["stored"]
    finally:
        store.close()
    assert len(list((root / "archive").rglob("data.csv"))) == 1
    assert not [path for path in (root / "inbox").rglob("*") if path.is_file()]
