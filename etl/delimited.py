"""Comma separated text to a table: encoding, delimiter, header, ragged and cut-off rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from etl.file_kinds import Limits, RefusedFileError, refused
from etl.findings import SHOWN_PER_RULE, Finding, Place, Severity, quoted
from etl.raw_tables import RawTable, from_arrow, text_column

_OTHER_DELIMITERS: Final = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_BOM: Final = b"\xef\xbb\xbf"
_LONGEST_HEADER: Final = 1_000_000
_WHOLE_BLOCK: Final = 1 << 30
_SAVE: Final = "save it as 'CSV UTF-8 (comma delimited)'"


def read_delimited(name: str, content: bytes, limits: Limits) -> RawTable:
    """Return the table in comma separated UTF-8 text; raises RefusedFileError."""
    body = content.removeprefix(_BOM)
    _check_bytes(name, body)
    names = _header(name, body, limits)
    table = _fast(body, names) if _is_plain(body) else None
    return _slow(name, body, names) if table is None else table


def _is_plain(body: bytes) -> bool:
    """Say whether rows are lines without gaps, and quotation marks come in pairs."""
    has_gaps = any(gap in body for gap in (b"\n\n", b"\n\r\n", b"\r\r"))
    first_line = body.partition(b"\n")[0]
    is_paired = all(text.count(b'"') % 2 == 0 for text in (first_line, body))
    return is_paired and not has_gaps and not body.startswith((b"\n", b"\r"))


def has_final_newline(content: bytes) -> bool:
    """Say whether the last line has its end; one without may have been cut off."""
    return content.endswith((b"\n", b"\r"))


def _check_bytes(name: str, body: bytes) -> None:
    """Refuse what is not UTF-8 text, with the row where it stops being so."""
    if not body.strip():
        raise refused("empty_file", Place(name), "only blanks", "a table", "fetch it again")
    nul = body.find(b"\0")
    if nul >= 0:
        raise refused("not_text", Place(name, _row_at(body, nul)), "a NUL byte", "text", f"{_SAVE}")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = body[error.start : error.start + 1]
        guess = byte.decode("cp1252", errors="replace")
        raise refused(
            "wrong_encoding",
            Place(name, _row_at(body, error.start)),
            f"byte {byte.hex().upper()} (would be '{guess}' in Windows-1252)",
            "text in UTF-8",
            _SAVE,
        ) from None


def _row_at(body: bytes, offset: int) -> int:
    return body.count(b"\n", 0, offset) + 1


def _header(name: str, body: bytes, limits: Limits) -> tuple[str, ...]:
    """Return the column names as written but for blanks around them; raises RefusedFileError."""
    place = Place(name, 1)
    top = body[:_LONGEST_HEADER].decode("utf-8", errors="ignore")
    try:
        first = next(csv.reader(io.StringIO(top, newline="")), [])
    except csv.Error as error:
        raise refused("bad_header", place, f"a header that cannot be read ({error})") from None
    names = tuple(" ".join(cell.split()) for cell in first)
    _check_delimiter(place, ",".join(first), names)
    if len(names) > limits.columns:
        raise refused(
            "too_many_columns", place, f"{len(names):,} columns", f"at most {limits.columns:,}"
        )
    _check_names(name, names)
    return names


def _check_delimiter(place: Place, header: str, names: tuple[str, ...]) -> None:
    counts = Counter({mark: header.count(mark) for mark in _OTHER_DELIMITERS})
    mark, number = counts.most_common(1)[0]
    if number >= len(names):
        raise refused(
            "wrong_delimiter",
            place,
            f"{_OTHER_DELIMITERS[mark]} between the columns",
            "commas",
            _SAVE,
        )
    if len(names) < 2:
        raise refused(
            "wrong_delimiter",
            place,
            f"one column, {quoted(header)}",
            "a header with commas between the columns",
            "check that this is the file you meant",
        )


def _check_names(name: str, names: tuple[str, ...]) -> None:
    """Refuse a header in which one name stands twice or a name is missing between others."""
    counts = Counter(column.casefold() for column in names)
    repeated = [column for column in dict.fromkeys(names) if counts[column.casefold()] > 1]
    blank = [place for place, column in enumerate(names, start=1) if not column]
    if "" in repeated or blank:
        raise RefusedFileError(
            Finding(
                "blank_column_name",
                Severity.ERROR,
                Place(name, 1),
                f"no name over column {blank[0]} of {len(names)}",
                "a name over every column",
                "name the column or delete it",
                more=len(blank) - 1,
            )
        )
    if repeated:
        raise RefusedFileError(
            Finding(
                "duplicate_column",
                Severity.ERROR,
                Place(name, 1, repeated[0]),
                f"the column name {counts[repeated[0].casefold()]} times",
                "each name once",
                "delete or rename one of them",
                more=len(repeated) - 1,
            )
        )


def _fast(body: bytes, names: tuple[str, ...]) -> RawTable | None:
    """Read a well-formed file column by column; None where anything is out of the ordinary."""
    text = pa.dictionary(pa.int32(), pa.string())
    try:
        table = pa_csv.read_csv(
            io.BytesIO(body),
            read_options=pa_csv.ReadOptions(
                use_threads=False, block_size=_WHOLE_BLOCK, column_names=list(names), skip_rows=1
            ),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, text),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    return RawTable(names, tuple(from_arrow(column) for column in table.columns))


def _records(body: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row below the header with its number; raises csv.Error."""
    text = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", newline="")
    yield from enumerate(csv.reader(text, strict=True), start=1)


def _slow(name: str, body: bytes, names: tuple[str, ...]) -> RawTable:
    """Say which rows are wrong or, where there are only blank lines, read around them."""
    _check_rows(name, body, len(names))
    rows = [(number, row) for number, row in _records(body) if any(row)][1:]
    columns = tuple(text_column([row[place] for _, row in rows]) for place in range(len(names)))
    numbers = np.array([number for number, _ in rows], dtype=np.int64)
    return RawTable(names, columns, row_numbers=numbers)


def _check_rows(name: str, body: bytes, width: int) -> None:
    ragged: list[tuple[int, int]] = []
    total, last = 0, 0
    try:
        for number, row in _records(body):
            last = number if any(row) else last
            if any(row) and len(row) != width:
                total += 1
                if len(ragged) < SHOWN_PER_RULE:
                    ragged.append((number, len(row)))
    except csv.Error as error:
        raise refused(
            "bad_quotes",
            Place(name, last + 1),
            f"quotation marks that do not match ({error})",
            "a closing mark for every opening one",
            "the file may be cut off, or a text holds a single quotation mark",
        ) from None
    if ragged:
        raise _ragged_error(name, ragged, total, width, is_last=ragged[0][0] == last)


def _ragged_error(
    name: str, ragged: list[tuple[int, int]], total: int, width: int, *, is_last: bool
) -> RefusedFileError:
    if is_last and ragged[0][1] < width:
        return refused(
            "truncated_file",
            Place(name, ragged[0][0]),
            f"a last row of {ragged[0][1]} cells",
            f"{width} cells, as in the header",
            "the file seems cut off; fetch it again",
        )
    findings = [
        Finding(
            "ragged_row",
            Severity.UNREADABLE,
            Place(name, row),
            f"{cells} cells",
            f"{width} cells, as in the header",
            "put text that holds a comma between quotation marks, or restore the missing cell",
        )
        for row, cells in ragged
    ]
    more = total - len(findings)
    return RefusedFileError(*findings[:-1], replace(findings[-1], more=more))
