"""`outcomes load submission`: what lies at some paths is taken in and dealt with at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from etl.file_kinds import RefusedFileError
from etl.settings import Settings
from etl.store_commands import NO_TOKEN, Answer, on_store
from etl.submissions.aids import Aids, aids_for
from etl.submissions.check import CheckedReturn
from etl.submissions.intake import COMMAND_LINE, Entrance, take_in
from etl.submissions.package import bytes_of, find_packages
from etl.submissions.pipeline import process
from etl.submissions.process import NOTHING_REPLACED, Replacing
from etl.submissions.report import report_text, worst_exit
from indicators.store import Store
from indicators.store.occasions import Occasion
from indicators.store.receiving import ReceiptEntry, ReceiptState
from indicators.store.returns import ReturnState, find_return


@dataclass(frozen=True)
class Loaded:
    """What became of one package: what the rules said and, if it was stored, its receipt."""

    checked: CheckedReturn
    receipt: ReceiptEntry | None = None

    def is_in(self, state: ReceiptState) -> bool:
        """Say whether it has a receipt in that state."""
        return self.receipt is not None and self.receipt.state == state


def load_submission(
    paths: Sequence[Path],
    settings: Settings,
    *,
    without_manifest: bool = False,
    replacing: Replacing = NOTHING_REPLACED,
    token: str = NO_TOKEN,
    now: datetime | None = None,
) -> Answer:
    """Take in every package and store those without errors; the report holds no figures.

    With a token it is for the token's authority alone; else the file says whose return it is.
    """
    entrance = Entrance(
        COMMAND_LINE,
        without_manifest=without_manifest,
        scanner=settings.scanner,
        replacing=replacing,
    )
    loaded: list[Loaded] = []

    def load(store: Store, at: Occasion) -> str:
        loaded.extend(_loaded(store, paths, entrance, at))
        return _told(store, loaded, at)

    text, code = on_store(settings, load, token=token, now=now)
    return text, max(code, worst_exit([one.checked for one in loaded]))


def _loaded(
    store: Store, paths: Sequence[Path], entrance: Entrance, at: Occasion
) -> Iterator[Loaded]:
    with aids_for(store) as aids:
        for path in paths:
            for package in find_packages(path):
                yield load_one(store, package, entrance, at, aids)


def load_one(store: Store, path: Path, entrance: Entrance, at: Occasion, aids: Aids) -> Loaded:
    """Take in one package and deal with it."""
    try:
        body = bytes_of(path)
    except RefusedFileError as error:
        return Loaded(CheckedReturn(path.name, error.findings))
    taken = take_in(store, body, path.name, entrance, at)
    if taken.receipt is None:
        return Loaded(taken.refused or CheckedReturn(path.name, ()))
    done = process(store, taken.receipt, at, aids)
    return Loaded(done.checked or CheckedReturn(path.name, ()), done.receipt)


def _told(store: Store, loaded: Sequence[Loaded], at: Occasion) -> str:
    lines: list[str] = []
    for one in loaded:
        if one.checked.findings or len(loaded) == 1:
            lines.append(report_text(one.checked, with_figures=False))
        if one.receipt is not None and len(loaded) == 1:
            lines.append(said_of(store, one.receipt, at))
    stored = sum(one.is_in(ReceiptState.STORED) for one in loaded)
    duplicates = sum(one.is_in(ReceiptState.DUPLICATE) for one in loaded)
    lines.append(
        f"Returns: {len(loaded):,}; stored {stored:,}, held already {duplicates:,}, "
        f"refused {len(loaded) - stored - duplicates:,}."
    )
    return "\n".join(lines)


def said_of(store: Store, receipt: ReceiptEntry, at: Occasion) -> str:
    """Return what became of something received, and what is to be done next; no figure in it."""
    if receipt.state == ReceiptState.FAILED:
        return f"Kept as {receipt.id}, which is no version: mend it and send it again."
    entry = find_return(store, receipt.source, at.actor)
    version = f"version {entry.version}"
    if receipt.state == ReceiptState.DUPLICATE:
        said = f"We have exactly this return already ({version}); nothing changed."
    else:
        said = f"Stored as {version} ({entry.source})."
    return f"{said} {_NEXT.get(entry.state, '')}".strip()


_NEXT: Final[Mapping[str, str]] = {
    ReturnState.NEEDS_EXPLANATION: "Queries are to be explained (outcomes submission explain).",
    ReturnState.READY: "It is ready to be signed off (outcomes submission sign-off).",
}
