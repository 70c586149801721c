"""A table as a picture: rows and columns of cells, each with its words and a shade."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.element import drawing, element, mark, text

_LINE: Final = 14.0
_HEIGHT: Final = 24.0
_LETTER: Final = 6.6
_EDGE: Final = 8.0
_MOST_LINES: Final = 4


@dataclass(frozen=True)
class GridCell:
    """One cell: its words, its shade (a class of the theme), and a mark before the words."""

    words: str
    look: str = ""
    mark: str = ""
    under: str = ""
    """Written small below the words."""


@dataclass(frozen=True)
class GridRow:
    """One row with its head."""

    name: str
    cells: tuple[GridCell, ...]
    is_chosen: bool = False
    address: str = ""
    """Where its head leads, if anywhere."""


def cell_grid(
    id: str,
    title: str,
    description: str,
    columns: Sequence[str],
    rows: Sequence[GridRow],
    *,
    width: float,
    head: float,
    is_turned: bool = False,
) -> str:
    """Return the drawing; `width` is that of a column, `head` that of the names of rows.

    Heads of columns are written upwards where `is_turned`.
    """
    wrapped = [_wrapped(name, width, is_turned=is_turned) for name in columns]
    top = _top(wrapped, is_turned=is_turned)
    is_double = any(cell.under for row in rows for cell in row.cells)
    height = _HEIGHT + (_LINE if is_double else 0)
    pieces = [
        _head(lines, head + width * (place + 0.5), top, is_turned=is_turned)
        for place, lines in enumerate(wrapped)
    ]
    for number, row in enumerate(rows):
        pieces += _row(row, top + height * number, head, width, height)
    size = (head + width * len(columns), top + height * len(rows) + 2)
    return drawing(id, title, description, size, pieces, class_="grid-cells")


def _wrapped(name: str, width: float, *, is_turned: bool) -> list[str]:
    letters = 22 if is_turned else max(int((width - 6) / _LETTER), 6)
    most = max(int((width - 4) / _LINE), 1) if is_turned else _MOST_LINES
    return textwrap.wrap(name, letters, max_lines=most, placeholder="…")


def _top(heads: Sequence[Sequence[str]], *, is_turned: bool) -> float:
    if is_turned:
        longest = max((len(line) for lines in heads for line in lines), default=0)
        return longest * _LETTER + 12
    return max(map(len, heads), default=0) * _LINE + 8


def _head(lines: Sequence[str], x: float, bottom: float, *, is_turned: bool) -> str:
    if not is_turned:
        first = bottom - 6 - _LINE * (len(lines) - 1)
        return "".join(
            text(line, x, first + _LINE * n, class_="column-name", text_anchor="middle")
            for n, line in enumerate(lines)
        )
    start = x - _LINE * (len(lines) - 1) / 2 + 4
    return "".join(
        text(
            line,
            start + _LINE * n,
            bottom - 6,
            class_="column-name",
            transform=f"rotate(-90 {start + _LINE * n:.1f} {bottom - 6:.1f})",
        )
        for n, line in enumerate(lines)
    )


def _row(row: GridRow, y: float, head: float, width: float, height: float) -> list[str]:
    letters = int((head - _EDGE) / _LETTER)
    name = row.name if len(row.name) <= letters else f"{row.name[: letters - 1].rstrip()}…"
    look = "row-name chosen" if row.is_chosen else "row-name"
    written = text(name, 0, y + _HEIGHT - 8, class_=look)
    pieces = [
        element("line", x1=0, x2=head + width * len(row.cells), y1=y, y2=y, class_="between"),
        mark(row.address, row.name, written) if row.address else written,
    ]
    for place, cell in enumerate(row.cells):
        pieces += _cell(cell, head + width * place, y, width, height)
    return pieces


def _cell(cell: GridCell, x: float, y: float, width: float, height: float) -> list[str]:
    pieces = []
    if cell.look:
        pieces.append(
            element(
                "rect",
                x=x + 1,
                y=y + 1,
                width=width - 2,
                height=height - 2,
                class_=f"cell {cell.look}",
            )
        )
    on = f" on-{cell.look}" if cell.look else ""
    if cell.mark:
        pieces.append(text(cell.mark, x + 2, y + _HEIGHT - 8, class_=f"cell-mark{on}"))
    pieces.append(
        text(
            cell.words, x + width - 3, y + _HEIGHT - 8, class_=f"cell-words{on}", text_anchor="end"
        )
    )
    if cell.under:
        pieces.append(
            text(
                cell.under,
                x + width - 3,
                y + _HEIGHT - 8 + _LINE,
                class_=f"cell-under{on}",
                text_anchor="end",
            )
        )
    return pieces


def key_cell(look: str, words: str) -> str:
    """Return a cell by itself, for the key."""
    return element(
        "svg",
        element("rect", x=0, y=2, width=28, height=20, class_=f"cell {look}"),
        text(words, 14, 16, class_=f"cell-words on-{look}", text_anchor="middle"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 28 24",
        class_="drawing grid-cells",
        aria_hidden="true",
        focusable="false",
    )
