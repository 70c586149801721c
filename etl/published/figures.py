"""Texts of measures to numbers and symbols: a missing figure is never 0."""

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from etl.raw_tables import Mask, TextColumn
from indicators.arithmetic import Numbers
from indicators.cells import SYMBOL_STATUS

NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]*)?|-?\.[0-9]+")

Texts = NDArray[Any]


@dataclass(frozen=True)
class Figures:
    """One number a row, NaN where there is none; `symbol` says why, `is_bad` that nothing does."""

    number: Numbers
    symbol: Texts
    is_bad: Mask

    @property
    def is_number(self) -> Mask:
        """Rows that hold a number."""
        return ~np.isnan(self.number)

    def taken(self, rows: NDArray[Any]) -> "Figures":
        """Return only some rows: a mask or positions."""
        return Figures(self.number[rows], self.symbol[rows], self.is_bad[rows])


YEARS_MONTHS: Final = re.compile(r"([0-9]{1,2}):(0?[0-9]|1[01])")


def figures_of(column: TextColumn, *, is_years_months: bool = False) -> Figures:
    """Read a column of numbers and publisher's symbols, digit for digit.

    A duration written years:months, such as 01:03 or 1:3, becomes 15 months; 1:10 is 22.
    """
    read = _months if is_years_months else _number
    numbers = [read(text) for text in column.texts]
    is_symbol = [
        number != number and text.casefold() in SYMBOL_STATUS
        for text, number in zip(column.texts, numbers, strict=True)
    ]
    symbols = [text if held else "" for text, held in zip(column.texts, is_symbol, strict=True)]
    bad = [np.isnan(n) and not held for n, held in zip(numbers, is_symbol, strict=True)]
    return Figures(
        number=np.array(numbers, dtype=np.float64)[column.codes],
        symbol=np.array(symbols, dtype=object)[column.codes],
        is_bad=np.array(bad, dtype=np.bool_)[column.codes],
    )


def _number(text: str) -> float:
    return float(text) if NUMBER.fullmatch(text) else np.nan


def _months(text: str) -> float:
    found = YEARS_MONTHS.fullmatch(text)
    return 12.0 * int(found[1]) + int(found[2]) if found else np.nan


def no_figures(count: int) -> Figures:
    """Return rows without figures, for a measure that a table does not have."""
    return Figures(
        np.full(count, np.nan), np.full(count, "", dtype=object), np.zeros(count, dtype=bool)
    )


def added_up(parts: list[Figures]) -> Figures:
    """Return the sums of several measures; the first reason for a missing part is kept."""
    number = np.sum([part.number for part in parts], axis=0)
    symbol = parts[0].symbol
    for part in parts[1:]:
        symbol = np.where(symbol == "", part.symbol, symbol)
    is_bad = np.any([part.is_bad for part in parts], axis=0)
    return Figures(number, symbol, is_bad)
