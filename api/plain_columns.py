"""Columns of numbers as answers have them: None for nothing, whole where no decimals are shown."""

from typing import Any, TypeAlias

import numpy as np

from api.figure_table import Codes, Numbers
from indicators.shown_numbers import shown_limits

Nested: TypeAlias = list[list[Any]]


def with_decimals(columns: Numbers, decimals: Codes) -> Nested:
    """Return values by row and column; whole numbers where the row shows no decimals."""
    plain = columns.astype(object)
    is_whole = (decimals == 0)[:, None] & np.isfinite(columns) & (columns == np.floor(columns))
    plain[is_whole] = columns[is_whole].astype(np.int64).astype(object)
    plain[np.isnan(columns)] = None
    found: Nested = plain.tolist()
    return found


def with_limits(columns: Numbers, decimals: Codes) -> Nested:
    """Return limits of intervals by row and column, rounded for showing."""
    return nested(shown_limits(columns, decimals[:, None]))


def nested(columns: Numbers, decimals: int | None = None) -> Nested:
    """Return numbers by row and column as they are, or rounded."""
    numbers = columns if decimals is None else np.round(columns, decimals)
    plain = numbers.astype(object)
    plain[~np.isfinite(numbers)] = None
    found: Nested = plain.tolist()
    return found


def with_digits(columns: Numbers, digits: int) -> Nested:
    """Return numbers by row and column with so many significant digits: for small p-values."""
    return [
        [None if value != value else float(f"{value:.{digits}g}") for value in row]
        for row in columns.tolist()
    ]
