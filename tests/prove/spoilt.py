"""Ways to spoil a published file, and what must come of each: the same figures, or findings."""

import csv
import gzip
import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Table = list[list[str]]


class Must(StrEnum):
    """What must come of a spoilt file."""

    SAME = "the same figures"
    REFUSED = "refused with findings"
    EITHER = "figures or findings"


@dataclass(frozen=True)
class Spoiling:
    """One way to spoil a file; `of_table` is given the rows, `of_bytes` the text in UTF-8."""

    must: Must
    of_table: Callable[[Table, random.Random], Table] | None = None
    of_bytes: Callable[[bytes, random.Random], bytes] | None = None


def written(table: Table, line_end: str = "\n") -> bytes:
    """Return rows as CSV in UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end).writerows(table)
    return out.getvalue().encode()


def table_of(content: bytes) -> Table:
    """Return the rows of a CSV file, the header first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def spoilt(content: bytes, how: Spoiling, chance: random.Random) -> bytes:
    """Return a file spoilt in one way."""
    if how.of_table is not None:
        return written(how.of_table(table_of(content), chance))
    assert how.of_bytes is not None
    return how.of_bytes(written(table_of(content)), chance)


def _columns_in_another_order(table: Table, chance: random.Random) -> Table:
    order = list(range(len(table[0])))
    chance.shuffle(order)
    return [[row[place] for place in order] for row in table]


def _rows_in_another_order(table: Table, chance: random.Random) -> Table:
    rows = table[1:]
    chance.shuffle(rows)
    return [table[0], *rows]


def _a_column_missing(table: Table, chance: random.Random) -> Table:
    place = chance.randrange(len(table[0]))
    return [row[:place] + row[place + 1 :] for row in table]


def _all_names_new(table: Table, _: random.Random) -> Table:
    return [[f"column {place}" for place in range(len(table[0]))], *table[1:]]


def _in_each_column(text: str) -> Callable[[Table, random.Random], Table]:
    """Put a text into one cell of every column, each in another row."""

    def spoil(table: Table, chance: random.Random) -> Table:
        rows = [list(row) for row in table]
        for place in range(len(rows[0])):
            rows[chance.randrange(1, len(rows))][place] = text
        return rows

    return spoil


def _a_row_short(table: Table, chance: random.Random) -> Table:
    rows = [list(row) for row in table]
    rows[chance.randrange(1, len(rows) - 1)].pop()
    return rows


WAYS: Final[Mapping[str, Spoiling]] = {
    "nothing changed": Spoiling(Must.SAME, of_bytes=lambda body, _: body),
    "Windows line ends": Spoiling(Must.SAME, of_bytes=lambda b, _: written(table_of(b), "\r\n")),
    "a byte order mark": Spoiling(Must.SAME, of_bytes=lambda b, _: b"\xef\xbb\xbf" + b),
    "packed": Spoiling(Must.SAME, of_bytes=lambda b, _: gzip.compress(b, 1)),
    "columns in another order": Spoiling(Must.SAME, of_table=_columns_in_another_order),
    "rows in another order": Spoiling(Must.SAME, of_table=_rows_in_another_order),
    "every row twice": Spoiling(Must.SAME, of_table=lambda t, _: [t[0], *t[1:], *t[1:]]),
    "blank lines between": Spoiling(Must.SAME, of_bytes=lambda b, _: b.replace(b"\n", b"\n\n", 9)),
    "nothing in it": Spoiling(Must.REFUSED, of_bytes=lambda _b, _: b""),
    "a header alone": Spoiling(Must.REFUSED, of_table=lambda t, _: t[:1]),
    "no header": Spoiling(Must.REFUSED, of_table=lambda t, _: t[1:]),
    "all names new": Spoiling(Must.REFUSED, of_table=_all_names_new),
    "a name twice": Spoiling(
        Must.REFUSED, of_table=lambda t, _: [[t[0][1], *t[0][1:]], *t[1:]]
    ),
    "a row short": Spoiling(Must.REFUSED, of_table=_a_row_short),
    "cut in the middle of a row": Spoiling(
        Must.REFUSED, of_bytes=lambda b, _: b[: b.rindex(b",", 0, len(b) // 2)]
    ),
    "a quotation mark left open": Spoiling(
        Must.REFUSED, of_bytes=lambda b, _: b.replace(b"\n", b'\n"', 3)[:-1]
    ),
    "semicolons": Spoiling(Must.REFUSED, of_bytes=lambda b, _: b.replace(b",", b";")),
    "UTF-16": Spoiling(Must.REFUSED, of_bytes=lambda b, _: b.decode().encode("utf-16")),
    "a byte of Windows-1252": Spoiling(
        Must.REFUSED, of_bytes=lambda b, _: b[:-2] + b"\xe9" + b[-2:]
    ),
    "a NUL byte": Spoiling(Must.REFUSED, of_bytes=lambda b, _: b[:-2] + b"\0" + b[-2:]),
    "packed and damaged": Spoiling(
        Must.REFUSED, of_bytes=lambda b, _: gzip.compress(b, 1)[: len(b) // 40]
    ),
    "a page of a web site": Spoiling(
        Must.REFUSED, of_bytes=lambda _b, _: b"<!DOCTYPE html><html><p>Not found</p></html>\n" * 20
    ),
    "a column missing": Spoiling(Must.EITHER, of_table=_a_column_missing),
    **{
        f"the text {text[:12]!r} in each column": Spoiling(Must.EITHER, _in_each_column(text))
        for text in (
            "", "c", "-", "n/a", "=1+1", "<script>x</script>", "1e999", "-5", "101", "2099",
            "X99999999", "E08000019", "9" * 400, "٣", "\u202e", "National",
        )
    },
}  # fmt: skip
"""Name to way; each changes real files and must never end in an error or a wrong figure."""
