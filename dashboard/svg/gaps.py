"""Parts of a figure around their total: a dot with its interval for each, a line for the total."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.dots import interval_line
from dashboard.svg.element import drawing, element, text
from dashboard.svg.plot import marks_across
from dashboard.svg.scale import Scale, scale_over

WIDTH: Final = 440.0
_NAME: Final = 150.0
_WORDS: Final = 118.0
_ROW: Final = 30.0
_TOP: Final = 62.0
_BOTTOM: Final = 24.0
_LETTERS: Final = 21
_LINE: Final = 14.0


@dataclass(frozen=True)
class GapLine:
    """One part: its figure with limits, and the word of its gap; without a value, why."""

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    words: str
    kind: str
    """`differs`, `similar` or `untested`: the shape of its mark."""


@dataclass(frozen=True)
class GapPanel:
    """The parts of one area with their total."""

    id: str
    name: str
    description: str
    lines: Sequence[GapLine]
    total: float | None
    total_name: str


def gap_scale(panels: Sequence[GapPanel]) -> tuple[Scale, tuple[float, ...]]:
    """Return the axis that all panels share, over figures and limits; it need not begin at 0."""
    values = [
        value
        for panel in panels
        for value in (
            panel.total,
            *(v for line in panel.lines for v in (line.value, line.lower, line.upper)),
        )
    ]
    return scale_over(values, _NAME + 10, WIDTH - _WORDS - 10, ticks=3)


def height_of(panels: Sequence[GapPanel]) -> float:
    """Return how high the highest panel is."""
    return _TOP + _BOTTOM + _ROW * max((len(panel.lines) for panel in panels), default=0)


def gap_panel(panel: GapPanel, scale: Scale, ticks: Sequence[float], unit: str, high: float) -> str:
    """Return one panel."""
    bottom = _TOP + _ROW * len(panel.lines)
    content = [
        text(panel.name, 0, 14, class_="panel-name"),
        *marks_across(scale, ticks, unit, _TOP - 4, bottom, bottom + 16),
        *_total(panel, scale, bottom),
    ]
    for place, line in enumerate(panel.lines):
        content += _line(line, _TOP + _ROW * (place + 0.5), scale)
    return drawing(
        panel.id, panel.name, panel.description, (WIDTH, high), content, class_="dots gaps"
    )


def _total(panel: GapPanel, scale: Scale, bottom: float) -> list[str]:
    if panel.total is None:
        return []
    x = scale(panel.total)
    reach = 3.4 * len(panel.total_name)
    at = min(max(x, reach), WIDTH - reach)
    return [
        element("line", x1=x, x2=x, y1=_TOP - 12, y2=bottom, class_="ref country"),
        text(panel.total_name, at, _TOP - 20, class_="ref-name", text_anchor="middle"),
    ]


def _line(line: GapLine, y: float, scale: Scale) -> list[str]:
    named = textwrap.wrap(line.name, _LETTERS, max_lines=2, placeholder="…")
    first = y + 4 - _LINE * (len(named) - 1) / 2
    pieces = [
        text(words, _NAME, first + _LINE * place, class_="name", text_anchor="end")
        for place, words in enumerate(named)
    ]
    words = text(line.words, WIDTH, y + 4, class_="figure", text_anchor="end")
    if line.value is None:
        return [*pieces, words]
    mark = element(
        "g",
        interval_line(line.lower, line.upper, y, scale),
        gap_symbol(line.kind, scale(line.value), y),
        class_=line.kind,
    )
    return [*pieces, mark, words]


def gap_symbol(kind: str, x: float, y: float) -> str:
    """Draw a filled dot for what differs, a ring for what does not, a square for the untested."""
    if kind == "untested":
        return element("rect", x=x - 4, y=y - 4, width=8, height=8, class_="symbol")
    return element("circle", cx=x, cy=y, r=5, class_="symbol")


def key_mark(kind: str) -> str:
    """Return the mark of a kind, for the key."""
    return element(
        "svg", element("g", gap_symbol(kind, 10, 10), class_=kind), viewBox="0 0 20 20",
        class_="drawing dots gaps", aria_hidden="true", focusable="false",
    )  # fmt: skip
