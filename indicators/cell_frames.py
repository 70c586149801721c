"""Cells as data frames: their dtypes, the code of each key, and a digest of their content."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.cells import CELL_COLUMNS, KEY_COLUMNS

NUMBER_COLUMNS: Final = ("value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level")
TEXT_COLUMNS: Final = (*KEY_COLUMNS, "status", "flags", "source_symbol", "source")

_TEXT: Final = pd.StringDtype(na_value=np.nan)

IS_COMPUTED: Final = "is_computed"
"""Column: the publication gave no value, it was worked out from its numerator and denominator."""

HELD_IN: Final = "held_in"
"""Column: the newest publication that holds the cell, while `source` is the one it reads from."""

STORED_COLUMNS: Final = (*CELL_COLUMNS, IS_COMPUTED, HELD_IN)
"""A cell as the store keeps it: the columns of a snapshot and what the next load needs to know."""


def as_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the STORED_COLUMNS with one dtype each; `status` and `flags` may come as enums."""
    if _is_typed(frame):
        return frame
    columns: dict[str, Any] = {name: _text(frame[name]) for name in TEXT_COLUMNS}
    for name in NUMBER_COLUMNS:
        columns[name] = pd.to_numeric(frame[name]).to_numpy(dtype=np.float64, na_value=np.nan)
    columns["definition_version"] = frame["definition_version"].to_numpy(dtype=np.int64)
    columns[IS_COMPUTED] = _computed(frame)
    columns[HELD_IN] = columns["source"]
    if HELD_IN in frame:
        held: pd.Series[str] = frame[HELD_IN].reset_index(drop=True)
        columns[HELD_IN] = _text(held.where(held.notna(), columns["source"]))
    return pd.DataFrame({name: columns[name] for name in STORED_COLUMNS})


def _text(column: "pd.Series[Any]") -> "pd.Series[str]":
    """Return a column as text, rows numbered anew; one that is text already is not copied."""
    typed = column if column.dtype == _TEXT else column.astype("str")
    return typed.reset_index(drop=True)


def _is_typed(frame: pd.DataFrame) -> bool:
    if tuple(frame.columns) != STORED_COLUMNS:
        return False
    kinds = frame.dtypes
    return (
        all(kinds[name] == _TEXT for name in (*TEXT_COLUMNS, HELD_IN))
        and all(kinds[name] == np.float64 for name in NUMBER_COLUMNS)
        and kinds["definition_version"] == np.int64
        and kinds[IS_COMPUTED] == np.bool_
    )


def _computed(frame: pd.DataFrame) -> NDArray[np.bool_]:
    if IS_COMPUTED not in frame:
        return np.zeros(len(frame), dtype=bool)
    given: pd.Series[Any] = frame[IS_COMPUTED]
    return given.eq(True).to_numpy(dtype=bool)


def no_cells() -> pd.DataFrame:
    """Return a frame of STORED_COLUMNS without rows."""
    return as_cells(pd.DataFrame(columns=list(STORED_COLUMNS)))


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames of cells below each other; frames without rows do not decide on dtypes."""
    held = [frame for frame in frames if len(frame)]
    if len(held) < 2:
        return held[0] if held else frames[0]
    return pd.concat(held, ignore_index=True)


def codes_together(columns: Iterable[pd.Series]) -> NDArray[np.int64]:
    """Give each distinct combination of columns a number; equal rows have equal ones."""
    combined: NDArray[np.int64] | None = None
    for column in columns:
        codes, known = pd.factorize(column)
        codes = codes.astype(np.int64)
        if combined is None:
            combined = codes
        elif len(known) > 1:
            combined = pd.factorize(combined * len(known) + codes)[0].astype(np.int64)
    assert combined is not None, "no columns"  # noqa: S101 - a state that callers exclude
    return combined


def key_codes(*frames: pd.DataFrame) -> tuple[NDArray[np.int64], ...]:
    """Give the cells of several frames numbers: the same cell has the same one in each."""
    together = codes_together(
        pd.concat([frame[name] for frame in frames], ignore_index=True) for name in KEY_COLUMNS
    )
    ends = np.cumsum([len(frame) for frame in frames])[:-1]
    return tuple(np.split(together, ends))


def same_numbers(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Compare numbers one by one; two missing ones are the same."""
    same: NDArray[np.bool_] = (left == right) | (np.isnan(left) & np.isnan(right))
    return same


def differs(left: pd.DataFrame, right: pd.DataFrame, columns: Iterable[str]) -> NDArray[np.bool_]:
    """Tell which rows of two equally long frames differ in any of the columns."""
    different = np.zeros(len(left), dtype=bool)
    for name in columns:
        one, other = left[name].to_numpy(), right[name].to_numpy()
        if name in NUMBER_COLUMNS:
            different |= ~same_numbers(one.astype(np.float64), other.astype(np.float64))
        else:
            different |= one != other
    return different


def cells_digest(cells: pd.DataFrame) -> str:
    """Return the SHA-256 of the cells' CELL_COLUMNS, whatever the order of rows."""
    ordered = cells.sort_values(list(KEY_COLUMNS), kind="stable")
    digest = hashlib.sha256()
    for name in CELL_COLUMNS:
        digest.update(f"\n{name}\n".encode())
        if name in NUMBER_COLUMNS or name == "definition_version":
            numbers = pd.to_numeric(ordered[name]).to_numpy(dtype="<f8", na_value=np.nan)
            digest.update(np.where(np.isnan(numbers), np.nan, numbers + 0.0).tobytes())
        else:
            digest.update("\n".join(ordered[name].astype("str")).encode())
    return digest.hexdigest()
