"""A file of records about children is refused here too, whatever its name (rule D01)."""

import gzip
import zlib
from pathlib import Path
from typing import Final

from etl.findings import Finding, Place
from etl.submissions.privacy import SURE_SIGNS, ChildRecordsError, screen_table

_LOOK_AT: Final = 20_000
"""Bytes looked at: the header and some rows, so that a folder of many files is quick."""

_GZIP: Final = b"\x1f\x8b"


def child_records(path: Path) -> tuple[Finding, ...]:
    """Return the finding for a file whose beginning shows records about children.

    Only signs that no published table shows count; nothing of the file is kept or repeated.
    """
    try:
        start = _beginning(path)
    except (OSError, EOFError, zlib.error):
        return ()  # what reads the file says what is wrong with it
    try:
        screen_table(Place(path.name), start)
    except ChildRecordsError as error:
        if SURE_SIGNS.intersection(error.incident.signals):
            return error.findings
    return ()


def _beginning(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        is_packed = file.read(len(_GZIP)) == _GZIP
    if not is_packed:
        with path.open("rb") as file:
            return file.read(_LOOK_AT)
    with gzip.open(path) as packed:
        return packed.read(_LOOK_AT)
