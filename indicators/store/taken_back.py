"""What was taken back, kept beside the database: a restore from an older backup applies it again.

Keys only, never a number. A line is written before the change is committed: if that then fails,
a restore withholds more than it had to, which harms nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from indicators.cells import BREAKDOWN_COLUMNS, Breakdown, Status
from indicators.draft import Redaction
from indicators.lasting_files import append_to_file
from indicators.store.errors import StoreError

LEDGER_NAME: Final = "taken-back.jsonl"


@dataclass(frozen=True)
class TakenBack:
    """A cell that was withheld, or (without an indicator) a release that was withdrawn."""

    reason: str
    at: str
    release: str = ""
    replacement: str = ""
    indicator: str = ""
    period: str = ""
    area: str = ""
    breakdown: tuple[str, ...] = ()
    status: str = ""
    made_by: str = ""

    @property
    def redaction(self) -> Redaction:
        """The cell to withhold."""
        return Redaction(
            self.indicator,
            self.period,
            self.area,
            Breakdown(*self.breakdown),
            status=Status(self.status),
            reason=self.reason,
        )


_LINE: Final = TypeAdapter(TakenBack)


def cells_taken_back(
    keys: pd.DataFrame, status: Status, *, made_by: str, reason: str, at: str
) -> Iterator[TakenBack]:
    """Yield the lines for withheld cells; `keys` has KEY_COLUMNS."""
    for row in keys.itertuples(index=False):
        yield TakenBack(
            reason=reason,
            at=at,
            indicator=str(row.indicator),
            period=str(row.period),
            area=str(row.area),
            breakdown=tuple(str(getattr(row, name)) for name in BREAKDOWN_COLUMNS),
            status=str(status),
            made_by=made_by,
        )


def keep_taken_back(home: Path, entries: Iterable[TakenBack]) -> None:
    """Add lines to the ledger and make them last."""
    lines = b"".join(_LINE.dump_json(entry, exclude_defaults=True) + b"\n" for entry in entries)
    if lines:
        append_to_file(home / LEDGER_NAME, lines)


def read_taken_back(path: Path) -> tuple[TakenBack, ...]:
    """Return every line of a ledger, none if there is no file; raises StoreError if damaged.

    A last line that broke off is left out: its change was not committed either.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    whole = content[: content.rfind(b"\n") + 1].splitlines()
    try:
        return tuple(map(_LINE.validate_json, whole))
    except ValidationError:
        msg = f"{path.name} is damaged: restore it from a copy before restoring the store"
        raise StoreError(msg) from None
