"""The timeline: dated inspections as marks on an upright line, each with its grades in words."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.svg.element import drawing, element, text
from dashboard.svg.scale import Scale

_WIDTH: Final = 380.0
_AXIS: Final = 46.0
_WORDS: Final = 82.0
_TOP: Final = 16.0
_LINE: Final = 17.0
_BETWEEN: Final = 14.0
_LETTERS: Final = 42
"""Letters that fit beside the line."""


@dataclass(frozen=True)
class Mark:
    """One dated mark: the day as YYYY-MM-DD, its words, and whether a machine read it."""

    on: str
    head: str
    words: str
    is_machine_read: bool


def timeline(id: str, title: str, description: str, marks: Sequence[Mark]) -> str:
    """Return the drawing, newest at the top; marks read by machine are hollow.

    A mark lies at its day on the line; its words stand beside it, and a thin line joins the two.
    """
    ordered = sorted(marks, key=lambda mark: mark.on, reverse=True)
    days = [date.fromisoformat(mark.on[:10]) for mark in ordered]
    lines = [textwrap.wrap(mark.words, _LETTERS) for mark in ordered]
    tops = _tops(lines)
    bottom = tops[-1] + _LINE * len(lines[-1]) + 4
    first, last = days[-1].year, days[0].year + 1
    up = Scale(date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal(), max(bottom, 80.0), _TOP)
    content = [element("line", x1=_AXIS, x2=_AXIS, y1=_TOP, y2=max(bottom, 80.0), class_="axis")]
    content += [_year(year, up) for year in range(first, last + 1, max(1, (last - first) // 5))]
    for mark, on, said, top in zip(ordered, days, lines, tops, strict=True):
        content.append(_mark(mark, up(on.toordinal()), top, said))
    return drawing(
        id, title, description, (_WIDTH, max(bottom, 80.0) + 12), content, class_="timeline"
    )


def _tops(lines: Sequence[Sequence[str]]) -> list[float]:
    tops, top = [], _TOP
    for said in lines:
        tops.append(top)
        top += _LINE * (1 + len(said)) + _BETWEEN
    return tops


def _year(year: int, up: Scale) -> str:
    y = up(date(year, 1, 1).toordinal())
    tick = element("line", x1=_AXIS - 5, x2=_AXIS, y1=y, y2=y, class_="axis")
    return tick + text(str(year), _AXIS - 10, y + 4, class_="mark", text_anchor="end")


def _mark(mark: Mark, y: float, top: float, said: Sequence[str]) -> str:
    look = "judged machine" if mark.is_machine_read else "judged"
    stem = f"M{_AXIS:.0f} {y:.1f}L{_WORDS - 14:.0f} {top:.1f}H{_WORDS - 5:.0f}"
    return "".join(
        [
            element("path", d=stem, class_="stem"),
            element("circle", cx=_AXIS, cy=y, r=6, class_=look),
            text(mark.head, _WORDS, top + 4, class_="head"),
            *(
                text(words, _WORDS, top + 4 + _LINE * (n + 1), class_="words")
                for n, words in enumerate(said)
            ),
        ]
    )
