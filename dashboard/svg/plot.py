"""What charts of one width share: their size, axes with round marks, and named reference lines."""

from collections.abc import Sequence
from typing import Final

from dashboard.svg.element import element, text
from dashboard.svg.scale import Scale, decimals_of
from dashboard.words.numbers import quantity

WIDTH: Final = 560.0
"""All charts are as wide; how large their type is follows from how wide they are shown."""


def marks_across(
    scale: Scale, marks: Sequence[float], unit: str, top: float, bottom: float, words_at: float
) -> list[str]:
    """Return upright lines at round values of a horizontal axis, with their values at a height."""
    decimals = decimals_of(marks)
    return [
        piece
        for mark in marks
        for piece in (
            element("line", x1=scale(mark), x2=scale(mark), y1=top, y2=bottom, class_="grid"),
            text(
                quantity(mark, unit, decimals), scale(mark), words_at, class_="mark",
                text_anchor="middle",
            ),
        )
    ]  # fmt: skip


def marks_up(
    scale: Scale, marks: Sequence[float], unit: str, left: float, right: float
) -> list[str]:
    """Return level lines at round values of an upright axis, with their values at the left."""
    decimals = decimals_of(marks)
    return [
        piece
        for mark in marks
        for piece in (
            element("line", x1=left, x2=right, y1=scale(mark), y2=scale(mark), class_="grid"),
            text(
                quantity(mark, unit, decimals), left - 8, scale(mark) + 5, class_="mark",
                text_anchor="end",
            ),
        )
    ]  # fmt: skip


def upright_lines(
    lines: Sequence[tuple[str, float, str]], scale: Scale, top: float, bottom: float
) -> list[str]:
    """Return reference lines (name, value, kind) with their names above, away from each other."""
    ordered = sorted(lines, key=lambda line: line[1])
    pieces: list[str] = []
    for place, (name, value, kind) in enumerate(ordered):
        x = scale(value)
        pieces.append(element("line", x1=x, x2=x, y1=top, y2=bottom, class_=f"ref {kind}"))
        anchor = "end" if place == 0 and len(ordered) > 1 else "start"
        shift = -4 if anchor == "end" else 4
        pieces.append(text(name, x + shift, top + 4, class_=f"ref-name {kind}", text_anchor=anchor))
    return pieces
