"""Texts of measures to numbers and symbols: a missing figure is never 0."""

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from etl.raw_tables import Mask, TextColumn
from indicators.arithmetic import Numbers
from indicators.cells import SYMBOL_STATUS

NUMBER: Final = re.compile(r"-?\d+(?:\.\d*)?|-?\.\d+")

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


def figures_of(column: TextColumn) -> Figures:
    """Read a column of numbers and publisher's symbols."""
    return Figures(
        number=column.mapped(number_or_nan, np.float64),
        symbol=column.mapped(symbol_or_blank, object),
        is_bad=column.mapped(is_neither, np.bool_),
    )


def number_or_nan(text: str) -> float:
    """Return the number that a text is, digit for digit, or NaN."""
    return float(text) if NUMBER.fullmatch(text) else float("nan")


def symbol_or_blank(text: str) -> str:
    """Return the publisher's symbol that a text is, or ''."""
    return text if text.casefold() in SYMBOL_STATUS else ""


def is_neither(text: str) -> bool:
    """Say whether a text is neither a number nor a known symbol."""
    return not NUMBER.fullmatch(text) and text.casefold() not in SYMBOL_STATUS


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
