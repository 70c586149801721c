"""Read one file, whatever it is, into tables of text; everything here may run in the sandbox."""

import hashlib
from pathlib import Path

from etl.delimited import has_final_newline, read_delimited
from etl.file_kinds import Limits, RefusedFileError, kind_of, megabytes, refused, unpacked
from etl.findings import Finding, Place, Severity
from etl.raw_tables import FileContent
from etl.workbooks import read_sheets

__all__ = ["FileContent", "Limits", "RefusedFileError", "check_size", "read_content", "read_path"]


def check_size(name: str, size: int, limits: Limits) -> None:
    """Refuse a file by its size alone, before any of it is read; raises RefusedFileError."""
    if size > limits.packed_bytes:
        raise refused(
            "too_large",
            Place(name),
            f"a file of {megabytes(size)}",
            f"at most {megabytes(limits.packed_bytes)}",
            "split the file, or raise OUTCOMES_MAX_PACKED_BYTES if it is what you expect",
        )


def read_path(path: Path, limits: Limits) -> tuple[FileContent, tuple[Finding, ...]]:
    """Read a file from disk; see read_content."""
    try:
        check_size(path.name, path.stat().st_size, limits)
        content = path.read_bytes()
    except OSError as error:
        raise refused(
            "cannot_open",
            Place(path.name),
            error.strerror or "an error",
            "a readable file",
            "check the name and who may read it",
        ) from None
    return read_content(path.name, content, limits)


def read_content(
    name: str, content: bytes, limits: Limits
) -> tuple[FileContent, tuple[Finding, ...]]:
    """Return the tables of a file and warnings about it; raises RefusedFileError."""
    check_size(name, len(content), limits)
    inside = unpacked(name, content, limits)
    digest = hashlib.sha256(inside).hexdigest()
    kind = kind_of(name, inside, limits)
    if kind == "workbook":
        return FileContent(kind, len(inside), read_sheets(name, inside, limits), digest), ()
    table = read_delimited(name, inside, limits)
    warnings = () if has_final_newline(inside) else (_no_final_newline(name, table.height + 1),)
    return FileContent(kind, len(inside), (table,), digest), warnings


def _no_final_newline(name: str, row: int) -> Finding:
    return Finding(
        "no_line_end",
        Severity.WARNING,
        Place(name, row),
        "a last line without a line end",
        "a line end after the last row",
        "check that the file was not cut off",
    )
