"""Text woven of columns: for each row one piece of every column in turn, in one long text.

Nothing is done row by row in Python: a few hundred rows are lists that are joined at once; many
rows are joined by Arrow, which takes a fixed time to begin with but then a fifth of the time.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

LEAST_LONG: Final = 500
"""Rows from which Arrow is quicker than lists."""

_COMMA: Final = ord(",")
Array: TypeAlias = Any
"""An Arrow array; its stubs do not know binary ones made of buffers."""


class Texts:
    """Few texts that many rows are woven of; they may only grow."""

    def __init__(self, pieces: list[bytes] | None = None) -> None:
        self.pieces = pieces or []
        self._arrays: dict[int, Array] = {}

    def array(self, first: int = 0) -> Array:
        """Return the texts as Arrow has them, each from so many bytes on."""
        found = self._arrays.get(first)
        if found is None or len(found) != len(self.pieces):
            found = pa.array([piece[first:] for piece in self.pieces], pa.binary())
            self._arrays[first] = found
        return found


class Coded(NamedTuple):
    """A column of few texts: which row has which."""

    texts: Texts
    codes: NDArray[Any]


class Same(NamedTuple):
    """A column that has the same text in every row."""

    text: bytes


class Tokens(NamedTuple):
    """A column of numbers as text, with commas between; `whole` is for rows that `is_whole`.

    The column after it begins with a comma in every row.
    """

    text: bytes
    whole: bytes = b""
    is_whole: NDArray[np.bool_] | None = None


Column = Coded | Same | Tokens


def number_text(
    numbers: NDArray[np.float64], null: bytes = b"null", *, whole: bool = False
) -> bytes:
    """Return numbers in their shortest form with commas between, NaN as null.

    `whole` writes whole numbers without a decimal.
    """
    text = orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1]
    if whole:
        text = (text + b",").replace(b".0,", b",")[:-1]
    return text if null == b"null" else text.replace(b"null", null)


def woven(columns: Sequence[Column], count: int) -> list[bytes]:
    """Return the pieces of so many rows, one or more, in order; joined they are the text."""
    if count >= LEAST_LONG:
        return [_woven_long(columns)]
    width = len(columns)
    pieces: list[bytes] = [b""] * (count * width)
    for place, column in enumerate(columns):
        pieces[place::width] = _listed(column, count)
    return pieces


def woven_rows(columns: Sequence[Column], count: int) -> list[bytes]:
    """Return a few rows as texts one by one."""
    pieces, width = woven(columns, count), len(columns)
    return [b"".join(pieces[first : first + width]) for first in range(0, len(pieces), width)]


def joined(lists: Sequence[list[bytes]]) -> bytes:
    """Return lists of pieces as one text, which is written into memory only once."""
    return b"".join(lists[0]) if len(lists) == 1 else b"".join(chain.from_iterable(lists))


def _listed(column: Column, count: int) -> list[bytes]:
    if isinstance(column, Same):
        return [column.text] * count
    if isinstance(column, Coded):
        texts = column.texts.pieces
        return [texts[code] for code in column.codes.tolist()]
    tokens = column.text.split(b",")
    if column.is_whole is None:
        return tokens
    each = zip(tokens, column.whole.split(b","), column.is_whole.tolist(), strict=True)
    return [whole if is_whole else token for token, whole, is_whole in each]


def _woven_long(columns: Sequence[Column]) -> bytes:
    join: Any = pc.binary_join_element_wise
    before = (None, *columns)
    arrays = [
        _arrayed(column, has_comma=isinstance(last, Tokens))
        for last, column in zip(before, columns, strict=False)
    ]
    rows = join(*arrays, pa.scalar(b"", pa.binary()))
    _, offsets, text = rows.buffers()
    ends = np.frombuffer(offsets, np.int32, len(rows) + 1, rows.offset * 4)
    return bytes(memoryview(text)[ends[0] : ends[-1]])


def _arrayed(column: Column, *, has_comma: bool) -> Array:
    """Return a column as Arrow has it; `has_comma` leaves out the comma that it begins with."""
    if isinstance(column, Same):
        return pa.scalar(column.text[1:] if has_comma else column.text, pa.binary())
    if isinstance(column, Coded):
        return column.texts.array(int(has_comma)).take(pa.array(column.codes))
    tokens = _tokens(column.text)
    if column.is_whole is None:
        return tokens
    return pc.if_else(pa.array(column.is_whole), _tokens(column.whole), tokens)


def _tokens(text: bytes) -> Array:
    """Return numbers each with its comma, without a Python object for any of them."""
    with_last = text + b","
    commas = np.flatnonzero(np.frombuffer(with_last, np.uint8) == _COMMA)
    offsets = np.zeros(len(commas) + 1, dtype=np.int32)
    offsets[1:] = commas + 1
    buffers = [None, pa.py_buffer(offsets.data), pa.py_buffer(with_last)]
    return pa.Array.from_buffers(pa.binary(), len(commas), buffers)
