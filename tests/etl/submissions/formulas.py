"""A small evaluator of the formulas in a template workbook, independent of what wrote them.

It knows the functions that the templates use and no others, on cells as openpyxl gives them.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import CodeType
from typing import Any

from openpyxl.workbook import Workbook

_RANGE = re.compile(r"(?:(\w+)!)?\$?([A-Z])\$?(\d+)(?::\$?([A-Z])\$?(\d+))?")
_TEXT = re.compile(r'"[^"]*"')


class Array:
    """Cells of a range, compared and multiplied one by one, as SUMPRODUCT does."""

    def __init__(self, cells: list[Any]) -> None:
        self.cells = cells

    def _each(self, other: object, act: Callable[[Any, Any], Any]) -> "Array":
        others = other.cells if isinstance(other, Array) else [other] * len(self.cells)
        return Array([act(a, b) for a, b in zip(self.cells, others, strict=True)])

    def __eq__(self, other: object) -> "Array":  # type: ignore[override]
        return self._each(other, lambda a, b: _blank(a) == b)

    def __ne__(self, other: object) -> "Array":  # type: ignore[override]
        return self._each(other, lambda a, b: _blank(a) != b)

    def __mul__(self, other: object) -> "Array":
        return self._each(other, lambda a, b: int(a) * int(b))

    def __add__(self, other: object) -> "Array":
        return self._each(other, lambda a, b: int(a) + int(b))

    def __rsub__(self, other: object) -> "Array":
        return self._each(other, lambda a, b: int(b) - int(a))

    __hash__ = None  # type: ignore[assignment]


class Text(str):
    """A text that `&` joins to, as a spreadsheet does."""

    __slots__ = ()

    def __and__(self, other: object) -> "Text":
        return Text(f"{self}{other}")

    def __rand__(self, other: object) -> "Text":
        return Text(f"{other}{self}")


def _blank(cell: Any) -> Any:
    return "" if cell is None else cell


def _numbers(*values: Any) -> list[float]:
    flat = [cell for v in values for cell in (v.cells if isinstance(v, Array) else [v])]
    return [cell for cell in flat if isinstance(cell, int | float)]


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "SUM": lambda *values: sum(_numbers(*values)),
    "COUNT": lambda *values: len(_numbers(*values)),
    "COUNTA": lambda values: sum(cell is not None for cell in values.cells),
    "SUMPRODUCT": lambda values: sum(map(int, values.cells)),
    "ABS": abs,
    "AND": lambda *values: all(values),
    "OR": lambda *values: any(values),
    "NOT": lambda value: not value,
    "IF": lambda test, then, other: then if test else other,
}


class Evaluator:
    """Works out formulas over the sheets of a workbook, and the cells that they stand on."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    def cell(self, sheet: str, name: str) -> Any:
        """Return what a cell shows."""
        held = self.book[sheet][name].value
        if isinstance(held, str) and held.startswith("="):
            return self.formula(sheet, held)
        return held

    def formula(self, sheet: str, text: str) -> Any:
        """Return what a formula on a sheet comes to."""

        def found(own: str, first: str, row: int, last: int) -> Any:
            cells = [self.cell(own or sheet, f"{first}{n}") for n in range(row, last + 1)]
            return Array(cells) if last > row or own else _blank(cells[0])

        names = {**_FUNCTIONS, "Text": Text, "Cells": found, "__builtins__": {}}
        return eval(_compiled(text), names)  # noqa: S307 - formulas that this project wrote


@cache
def _compiled(text: str) -> CodeType:
    pieces = _TEXT.split(text.removeprefix("="))
    texts = [f"Text({found})" for found in _TEXT.findall(text)] + [""]
    source = "".join(_as_python(a) + b for a, b in zip(pieces, texts, strict=True))
    return compile(source, "formula", "eval")


def _as_python(piece: str) -> str:
    ranged = _RANGE.sub(
        lambda m: f"Cells('{m[1] or ''}','{m[2]}',{m[3]},{m[5] or m[3]})", piece.replace("<>", "!=")
    )
    return re.sub(r"(?<![<>!=])=(?!=)", "==", ranged)
