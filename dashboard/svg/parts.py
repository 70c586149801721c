"""Parts of one figure: a line for each, with the country and an area beside it on one axis."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.dots import interval_line
from dashboard.svg.element import drawing, element, text
from dashboard.svg.plot import marks_across
from dashboard.svg.scale import Scale, scale_over

_WIDTH: Final = 360.0
_NAME: Final = 140.0
_FIGURE: Final = 52.0
_ROW: Final = 17.0
_GAP: Final = 8.0
_LETTERS: Final = 21
_MOST_ROWS: Final = 3


@dataclass(frozen=True)
class Mark:
    """The figure of one area in one part; without a value, `figure` says why."""

    kind: str
    value: float | None
    lower: float | None
    upper: float | None
    figure: str


@dataclass(frozen=True)
class Line:
    """One part: its title, and a mark for each area in the order of the key."""

    name: str
    marks: tuple[Mark, ...]
    is_whole: bool = False


def part_lines(
    id: str,
    title: str,
    description: str,
    lines: Sequence[Line],
    key: Sequence[tuple[str, str]],
    unit: str,
) -> str:
    """Return the drawing; `key` holds kind and name of each area. The axis begins at zero."""
    marks = [mark for line in lines for mark in line.marks]
    values = [value for mark in marks for value in (mark.value, mark.lower, mark.upper)]
    scale, ticks = scale_over([0, *values], _NAME + 8, _WIDTH - _FIGURE - 8, ticks=3)
    top = 4 + _ROW * len(key)
    start = top + _ROW + 6
    named = [
        textwrap.wrap(li.name, _LETTERS, max_lines=_MOST_ROWS, placeholder="…") for li in lines
    ]
    steps = [
        max(len(name), len(line.marks), 1) * _ROW + _GAP
        for line, name in zip(lines, named, strict=True)
    ]
    height = start + sum(steps)
    content = [
        *(_key(kind, name, 4 + _ROW * (n + 0.5)) for n, (kind, name) in enumerate(key)),
        *marks_across(scale, ticks, unit, top + 18, height, top + 12),
    ]
    y = start
    for line, name, step in zip(lines, named, steps, strict=True):
        content += _line(line, name, y, step, scale)
        y += step
    return drawing(id, title, description, (_WIDTH, height), content, class_="dots parts")


def _key(kind: str, name: str, y: float) -> str:
    return element("g", _symbol(kind, 8, y), text(name, 20, y + 4, class_="name"), class_=kind)


def _line(line: Line, name: Sequence[str], y: float, step: float, scale: Scale) -> list[str]:
    middle = y + step / 2
    look = "name whole" if line.is_whole else "name"
    return [
        element("line", x1=0, x2=_WIDTH, y1=y, y2=y, class_="between"),
        *(
            text(words, _NAME, _row(middle, n, len(name)) + 4, class_=look, text_anchor="end")
            for n, words in enumerate(name)
        ),
        *(
            _mark(mark, _row(middle, n, len(line.marks)), scale)
            for n, mark in enumerate(line.marks)
        ),
    ]


def _row(middle: float, place: int, rows: int) -> float:
    """Return the middle of one of the rows that stand around a middle."""
    return middle + (place - (rows - 1) / 2) * _ROW


def _mark(mark: Mark, y: float, scale: Scale) -> str:
    if mark.value is None:
        return text(mark.figure, _NAME + 12, y + 4, class_="mark")
    x = scale(mark.value)
    return element(
        "g",
        interval_line(mark.lower, mark.upper, y, scale),
        _symbol(mark.kind, x, y),
        text(mark.figure, _WIDTH, y + 4, class_="figure", text_anchor="end"),
        class_=mark.kind,
    )


def _symbol(kind: str, x: float, y: float) -> str:
    """Draw a diamond for the chosen area and a dot for the country."""
    if kind == "chosen":
        return element("path", d=f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z", class_="symbol")
    return element("circle", cx=x, cy=y, r=4.5, class_="symbol")
