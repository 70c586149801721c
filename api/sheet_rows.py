"""Tables as rows of a sheet of a workbook: cells column by column, each text written only once."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain, count
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.row_text import json_text, number_tokens

Array: TypeAlias = Any
"""An Arrow array; its stubs cannot say what joining and looking up give."""

PART_ROWS: Final = 20_000
"""Rows that are written together: enough for speed, few enough for flat memory."""
MOST_UNITS: Final = 32_767
"""UTF-16 units that a cell holds; a longer text is cut and says so."""
CUT: Final = " … (cut)"

_DAY_COLUMN: Final = re.compile(r"(period_)?(start|end)|\w+_(day|on)")
"""Names of columns of days: a release has the look of a day too, and is an id."""
_DAY: Final = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_DAY_0: Final = date(1899, 12, 30)
"""From which spreadsheets count, for days after February 1900."""
_BLANK: Final = b'"/>'
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML cannot hold, and what would be taken for the way in which that is written."""


@dataclass(frozen=True)
class Survey:
    """What a sheet will hold: how many rows, and the distinct texts of each column of texts."""

    rows: int
    texts: Mapping[str, Sequence[str]]
    has_blanks: bool

    def of(self, column: str) -> Sequence[str]:
        """Return the distinct texts of a column, none where it holds none or is not there."""
        return self.texts.get(column, ())

    @cached_property
    def days(self) -> frozenset[str]:
        """The columns that hold days and nothing else, written so that a spreadsheet knows them."""
        return frozenset(
            name
            for name, texts in self.texts.items()
            if texts and _DAY_COLUMN.fullmatch(name) and all(map(_DAY.fullmatch, texts))
        )


@dataclass
class SharedTexts:
    """The texts of a workbook and their places, after those that it holds already."""

    first: int
    texts: Iterable[str]
    places: dict[str, int] = field(init=False)
    used: int = 0
    """In how many cells they stand."""

    def __post_init__(self) -> None:
        self.places = dict(zip(dict.fromkeys(self.texts), count(self.first), strict=False))

    def xml(self) -> bytes:
        """Return the texts as the workbook's list has them."""
        return "".join(map(_shared, self.places)).encode()


def survey(schema: pa.Schema, tables: Iterable[pa.Table]) -> Survey:
    """Read tables once, to know what will be written."""
    rows, has_blanks = 0, False
    found: dict[str, dict[str, None]] = {one.name: {} for one in schema if _holds_texts(one.type)}
    for table in tables:
        rows += table.num_rows
        for name in table.column_names:
            column = _as_texts(table.column(name))
            has_blanks = has_blanks or bool(column.null_count)
            if name in found:
                texts = [text for text in pc.unique(column).to_pylist() if text is not None]
                has_blanks = has_blanks or "" in texts
                found[name].update(dict.fromkeys(text for text in texts if text))
    return Survey(rows, {name: tuple(texts) for name, texts in found.items()}, has_blanks)


def sheet_rows(
    tables: Iterable[pa.Table],
    first_row: int,
    texts: SharedTexts,
    styles: Sequence[int],
    days: Collection[str] = (),
) -> Iterator[bytes]:
    """Give the rows of tables as XML, a bounded number at a time.

    `first_row` is the number of the first of them, from 1; `styles` are those of the columns;
    `days` names the columns whose texts are days.
    """
    row = first_row
    for table in tables:
        for first in range(0, table.num_rows, PART_ROWS):
            part = table.slice(first, PART_ROWS)
            yield _part(_with_days(part, days), row, texts, styles)
            row += part.num_rows


def column_letters(place: int) -> str:
    """Return the letters of a column, from 0: A, B, …, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _with_days(table: pa.Table, days: Collection[str]) -> pa.Table:
    """Return a table with the days of these columns as the numbers that spreadsheets count."""
    for place, name in enumerate(table.column_names):
        if name in days:
            held = table.column(name).to_pylist()
            numbers = [(date.fromisoformat(day) - _DAY_0).days if day else None for day in held]
            table = table.set_column(place, name, pa.array(numbers, pa.float64()))
    return table


def _part(table: pa.Table, row: int, texts: SharedTexts, styles: Sequence[int]) -> bytes:
    """Return rows as XML: pieces of all rows side by side, joined at once."""
    rows = table.num_rows
    numbers = [b"%d" % number for number in range(row, row + rows)]
    pieces: list[Sequence[bytes]] = [[b'<row r="'] * rows, numbers]
    before = b'">'
    for place, name in enumerate(table.column_names):
        start = before + b'<c r="' + column_letters(place).encode()
        pieces += [[start] * rows, numbers, _cells(table.column(name), texts, styles[place])]
        before = b""
    pieces.append([b"</row>"] * rows)
    woven: list[bytes] = [b""] * (rows * len(pieces))
    for place, piece in enumerate(pieces):
        woven[place :: len(pieces)] = piece
    return b"".join(woven)


def _cells(column: Array, texts: SharedTexts, style: int) -> list[bytes]:
    """Return the cells of a column, each from the end of its place on."""
    styled = b'" s="%d' % style if style else b'"'
    styled = styled if style else b""
    if pa.types.is_boolean(column.type):
        words = {None: _BLANK, True: b'" t="b"><v>1</v></c>', False: b'" t="b"><v>0</v></c>'}
        return [words[value] for value in column.to_pylist()]
    if _holds_texts(column.type):
        return _text_cells(_as_texts(column), texts)
    numbers = np.asarray(column.to_numpy(), dtype=np.float64)
    tokens = number_tokens(numbers, b"", whole=True) if len(numbers) else []
    return [b'%b"><v>%b</v></c>' % (styled, token) if token else _BLANK for token in tokens]


def _text_cells(column: Array, texts: SharedTexts) -> list[bytes]:
    coded = column.combine_chunks().dictionary_encode()
    held = coded.dictionary.to_pylist()
    codes = np.asarray(coded.indices.fill_null(len(held)), dtype=np.int64)
    cells = [b'" t="s"><v>%d</v></c>' % texts.places[text] if text else _BLANK for text in held]
    cells.append(_BLANK)
    is_text = np.asarray([bool(text) for text in (*held, "")])
    texts.used += int(np.count_nonzero(is_text[codes]))
    return [cells[code] for code in codes.tolist()]


def _holds_texts(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_list(kind)


def _as_texts(column: Array) -> Array:
    """Return a column of lists as one of texts, as CSV has them; any other as it is."""
    if not pa.types.is_list(column.type):
        return column
    if pa.types.is_string(column.type.value_type):
        join: Any = pc.binary_join
        return join(column, ";")
    joined = [
        None
        if items is None
        else ";".join("" if one is None else json_text(one).removesuffix(".0") for one in items)
        for items in column.to_pylist()
    ]
    return pa.chunked_array([pa.array(joined, pa.string())])


def _shared(text: str) -> str:
    """Return one text of the list of a workbook."""
    units = text.encode("utf-16-le", "replace")
    if len(units) > 2 * MOST_UNITS:
        kept = units[: 2 * (MOST_UNITS - len(CUT))].decode("utf-16-le", "ignore")
        text = kept + CUT
    plain = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    space = ' xml:space="preserve"' if plain != plain.strip() or "\n" in plain else ""
    return f"<si><t{space}>{plain}</t></si>"


def is_cut(text: str) -> bool:
    """Say whether a text is too long for a cell."""
    return len(text) > MOST_UNITS // 2 and len(text.encode("utf-16-le", "replace")) > 2 * MOST_UNITS


def shared_texts(found: Survey, first: int) -> SharedTexts:
    """Return the texts that a survey found, to be written after `first` others."""
    texts = (held for name, held in found.texts.items() if name not in found.days)
    return SharedTexts(first, chain.from_iterable(texts))
