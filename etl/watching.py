"""The watched folder: what authorities put into it is claimed, taken in, and moved out of the way.

    inbox/AUTHORITY/COLLECTION/file, with file.ready beside it once it is whole
    processing/DIGEST/AUTHORITY/COLLECTION/file    while the worker is at it
    archive/YYYY/DIGEST/file                       what was stored, with its report
    rejected/AUTHORITY/COLLECTION/DIGEST/file      what failed, with its report

Whose it is and of what is told by the folder. A file of which nothing may be kept is deleted.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from etl.file_kinds import RefusedFileError
from etl.submissions.aids import Aids
from etl.submissions.check import CheckedReturn
from etl.submissions.intake import FOLDER, Entrance, Taken, take_in
from etl.submissions.package import bytes_of
from etl.submissions.pipeline import Processed, process, recalled
from etl.submissions.report import report_text
from indicators.lasting_files import replace_file, sync_folder
from indicators.measures import load_measures
from indicators.store import Store
from indicators.store.occasions import Occasion
from indicators.store.receiving import (
    ReceiptEntry,
    ReceiptState,
    list_receipts,
)
from indicators.store.steps import reached
from reference.areas import AreaKind, UnknownAreaError

READY: Final = ".ready"
PART: Final = ".part"
REPORT: Final = "report.txt"


@dataclass(frozen=True)
class Dropped:
    """Something that lies in a folder, and whose it is by that folder."""

    path: Path
    authority: str
    collection: str


@dataclass(frozen=True)
class Watched:
    """A folder that is watched; `parts` are names that were seen with `.part` at the end."""

    root: Path
    scanner: str = ""
    parts: frozenset[Path] = frozenset()
    turn: int = 0

    def folder(self, *names: str) -> Path:
        """Return a folder below, made if it is not there, so that what is in it lasts."""
        found = self.root.joinpath(*names)
        found.mkdir(parents=True, exist_ok=True)
        for parent in (found, *found.parents):
            sync_folder(parent)
            if parent == self.root:
                break
        return found


def left_over(watched: Watched, store: Store) -> Iterator[Dropped]:
    """Yield what was claimed and not finished, as after a loss of power."""
    for path in sorted((watched.root / "processing").glob("*/*/*/*")):
        yield from _dropped(path, store)


def whole_files(watched: Watched, store: Store) -> Iterator[Dropped]:
    """Yield what lies in the inbox whole: marked `.ready`, or renamed away from `.part`."""
    for path in sorted((watched.root / "inbox").glob("*/*/*")):
        if path.name.endswith((READY, PART)) or path.name.startswith(".") or path.is_symlink():
            continue
        if _marker(path).exists() or path in watched.parts:
            yield from _dropped(path, store)


def parts_seen(watched: Watched) -> frozenset[Path]:
    """Return the names that files will have once they are whole, as they are being written."""
    found = (watched.root / "inbox").glob(f"*/*/*{PART}")
    now = {path.with_name(path.name.removesuffix(PART)) for path in found}
    return frozenset(now | {path for path in watched.parts if path.exists()})


def unknown_folders(watched: Watched, store: Store) -> tuple[Path, ...]:
    """Return folders of the inbox that are not those of an authority and a collection."""
    found = sorted(path for path in (watched.root / "inbox").glob("*/*") if path.is_dir())
    return tuple(path for path in found if _whose(path, store) is None)


def _marker(path: Path) -> Path:
    return path.with_name(path.name + READY)


def _dropped(path: Path, store: Store) -> Iterator[Dropped]:
    whose = _whose(path.parent, store)
    if whose is not None:
        yield Dropped(path, *whose)


def _whose(folder: Path, store: Store) -> tuple[str, str] | None:
    """Return the authority and the collection that a folder is for."""
    try:
        area = store.places.resolve(folder.parent.name)
    except UnknownAreaError:
        return None
    collection = folder.name.upper()
    if area.kind is not AreaKind.AUTHORITY or collection not in load_measures().collections:
        return None
    return area.code, collection


def deal_with(
    watched: Watched,
    store: Store,
    dropped: Dropped,
    at: Occasion,
    aids: Aids,
    *,
    is_left_over: bool = False,
) -> str:
    """Take in one file and move it out of the way; return a line about it, without any figure.

    What was claimed before and has its receipt already is not received again.
    """
    try:
        body = bytes_of(dropped.path)
    except RefusedFileError as error:
        named = sha256(str(dropped.path).encode()).hexdigest()
        checked = CheckedReturn(dropped.path.name, error.findings)
        return _drop(watched, dropped, named, checked)
    digest = sha256(body).hexdigest()
    claimed = dropped if is_left_over else _claim(watched, dropped, digest)
    reached("watch:claimed")
    entry = _received_before(store, claimed, digest, at) if is_left_over else None
    entrance = Entrance(FOLDER, claimed.authority, claimed.collection, True, watched.scanner)
    taken = Taken(entry) if entry else take_in(store, body, claimed.path.name, entrance, at)
    reached("watch:received")
    if taken.receipt is None:
        refused = taken.refused or CheckedReturn(claimed.path.name, ())
        return _drop(watched, claimed, digest, refused)
    done = process(store, taken.receipt, at, aids)
    reached("watch:processed")
    checked = done.checked or recalled(store, done.receipt, at)
    return _put_away(watched, claimed, digest, Processed(done.receipt, checked), at)


def _claim(watched: Watched, dropped: Dropped, digest: str) -> Dropped:
    """Move a file out of the inbox, so that nobody changes it any more, then drop its marker."""
    folder = watched.folder("processing", digest, dropped.authority, dropped.collection)
    target = _moved(dropped.path, folder)
    _marker(dropped.path).unlink(missing_ok=True)
    return Dropped(target, dropped.authority, dropped.collection)


def _moved(path: Path, folder: Path) -> Path:
    """Move a file into a folder, for good: both folders are on disk when this returns."""
    target = folder / path.name
    if target.is_dir() and path.is_dir():
        shutil.rmtree(target)
    path.replace(target)
    sync_folder(folder)
    sync_folder(path.parent)
    return target


def _received_before(
    store: Store, dropped: Dropped, digest: str, at: Occasion
) -> ReceiptEntry | None:
    """Return the last receipt of these bytes from this folder."""
    held = [
        entry
        for entry in list_receipts(store, at.actor, authority=dropped.authority)
        if (entry.sha256, entry.channel) == (digest, FOLDER)
        and (entry.for_authority, entry.for_collection) == (dropped.authority, dropped.collection)
    ]
    return held[-1] if held else None


def _drop(watched: Watched, dropped: Dropped, digest: str, checked: CheckedReturn) -> str:
    """Delete a file of which nothing may be kept, and leave the report in its place."""
    folder = watched.folder("rejected", dropped.authority, dropped.collection, digest)
    _write_report(folder, report_text(checked, with_figures=False))
    _delete(dropped.path)
    _marker(dropped.path).unlink(missing_ok=True)
    reached("watch:deleted")
    _clear(watched, digest)
    rules = ", ".join(sorted({found.rule for found in checked.findings}))
    return f"{_named(dropped, digest)}: not taken and deleted ({rules})"


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    sync_folder(path.parent)


def _put_away(
    watched: Watched, claimed: Dropped, digest: str, done: Processed, at: Occasion
) -> str:
    """Move what was stored into the archive and what failed to the rejected, with the report."""
    has_failed = done.receipt.state == ReceiptState.FAILED
    names = (
        ("rejected", claimed.authority, claimed.collection, digest)
        if has_failed
        else ("archive", f"{at.today.year}", digest)
    )
    folder = watched.folder(*names)
    if done.checked is not None:
        _write_report(folder, report_text(done.checked, with_figures=True))
    reached("watch:reported")
    _moved(claimed.path, folder)
    reached("watch:moved")
    _clear(watched, digest)
    what = done.receipt.source or done.receipt.detail
    return f"{_named(claimed, digest)}: {done.receipt.state} ({what})"


def _named(dropped: Dropped, digest: str) -> str:
    return f"{dropped.authority} {dropped.collection} {digest[:12]}"


def _write_report(folder: Path, text: str) -> None:
    replace_file(folder / REPORT, f"{text}\n".encode())


def _clear(watched: Watched, digest: str) -> None:
    """Take away the empty folders that a claim leaves."""
    top = watched.root / "processing" / digest
    for folder in sorted(top.glob("*/*"), reverse=True):
        _remove_if_empty(folder)
    for folder in (*top.glob("*"), top):
        _remove_if_empty(folder)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
