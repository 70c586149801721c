"""One figure beside several comparators: a row for each, the figure as a line through all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.dots import interval_line
from dashboard.svg.element import drawing, element, text
from dashboard.svg.plot import marks_across
from dashboard.svg.scale import Scale, scale_over

_WIDTH: Final = 360.0
_PAD: Final = 14.0
_TOP: Final = 46.0
_ROW: Final = 44.0
_LINE: Final = 31.0
"""How far below the top of a row its marks lie."""


@dataclass(frozen=True)
class ComparatorLine:
    """One comparator: what it is called, what comes of it, and its figures."""

    name: str
    outcome: str
    median: float | None
    mean: float | None
    pooled: float | None
    lower: float | None
    upper: float | None

    @property
    def has_figure(self) -> bool:
        """Whether there is anything to draw."""
        return any(value is not None for value in (self.median, self.mean, self.pooled))


@dataclass(frozen=True)
class OwnFigure:
    """The figure of the authority with its interval, and how it is written."""

    name: str
    figure: str
    value: float | None
    lower: float | None
    upper: float | None


def comparator_rows(
    id: str,
    title: str,
    description: str,
    own: OwnFigure,
    lines: Sequence[ComparatorLine],
    unit: str,
) -> str:
    """Return the drawing; its axis begins where the figures do."""
    values = [
        value
        for line in lines
        for value in (line.median, line.mean, line.pooled, line.lower, line.upper)
    ]
    scale, ticks = scale_over(
        [*values, own.value, own.lower, own.upper], _PAD, _WIDTH - _PAD, ticks=4
    )
    height = _TOP + _ROW * len(lines) + 6
    content = [
        _band(own, scale, height),
        *marks_across(scale, ticks, unit, _TOP - 4, height, _TOP - 10),
        *_own(own, scale, height),
        *(piece for n, line in enumerate(lines) for piece in _line(line, _TOP + _ROW * n, scale)),
    ]
    return drawing(id, title, description, (_WIDTH, height), content, class_="dots comparators")


def _band(own: OwnFigure, scale: Scale, height: float) -> str:
    if own.lower is None or own.upper is None:
        return ""
    x = scale(own.lower)
    width = max(1.0, scale(own.upper) - x)
    return element("rect", x=x, y=_TOP - 4, width=width, height=height - _TOP + 4, class_="band")


def _own(own: OwnFigure, scale: Scale, height: float) -> list[str]:
    if own.value is None:
        return []
    x = scale(own.value)
    anchor = "start" if x < _WIDTH / 3 else "end" if x > 2 * _WIDTH / 3 else "middle"
    return [
        element("line", x1=x, x2=x, y1=_TOP - 26, y2=height, class_="own-line"),
        element(
            "g",
            text(f"{own.name} {own.figure}", x, 13, class_="name", text_anchor=anchor),
            class_="chosen",
        ),
    ]


def _line(line: ComparatorLine, y: float, scale: Scale) -> list[str]:
    middle = y + _LINE
    drawn = [
        element("line", x1=0, x2=_WIDTH, y1=y, y2=y, class_="between"),
        text(line.name, 0, y + 15, class_="name"),
        text(line.outcome, _WIDTH, y + 15, class_="figure", text_anchor="end"),
    ]
    if not line.has_figure:
        return [*drawn, text("no figure", 0, middle + 4, class_="mark")]
    return [
        *drawn,
        interval_line(line.lower, line.upper, middle, scale),
        *_marks(line, middle, scale),
    ]


def _marks(line: ComparatorLine, y: float, scale: Scale) -> list[str]:
    """Draw all together first, then mean and median, so that the small ones stay to be seen."""
    drawn = (("pooled", line.pooled), ("mean", line.mean), ("median", line.median))
    return [_symbol(kind, scale(value), y) for kind, value in drawn if value is not None]


def _symbol(kind: str, x: float, y: float) -> str:
    """Draw a square for all together, a cross for the mean, a bar for the median."""
    if kind == "pooled":
        return element("rect", x=x - 5, y=y - 5, width=10, height=10, class_="symbol")
    if kind == "mean":
        return element("path", d=f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10", class_="mean")
    return element("line", x1=x, x2=x, y1=y - 9, y2=y + 9, class_="median")


def comparator_key(kind: str) -> str:
    """Return the symbol of a statistic, for the key: pooled, mean, median or own."""
    own = element("line", x1=12, x2=12, y1=0, y2=24, class_="own-line")
    return element(
        "svg",
        own if kind == "own" else _symbol(kind, 12, 12),
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 24 24",
        class_="drawing dots comparators",
        aria_hidden="true",
        focusable="false",
    )
