"""Ranked dots with intervals: one panel for each group, one line for each authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.element import drawing, element, mark, text
from dashboard.svg.scale import Scale
from dashboard.svg.symbols import shortened, symbol
from dashboard.words.numbers import quantity

_WIDTH: Final = 360.0
_NAME: Final = 134.0
_FIGURE: Final = 52.0
_LINE: Final = 19.0
_TOP: Final = 34.0
_NAME_LETTERS: Final = 18


@dataclass(frozen=True)
class Dot:
    """One authority: its value, the limits of its interval if any, and what to say of it."""

    name: str
    label: str
    value: float
    lower: float | None
    upper: float | None
    figure: str
    address: str
    is_chosen: bool = False
    is_neighbour: bool = False
    is_pointed: bool = False
    """Whether the reader pointed it out beside the chosen one."""

    @property
    def kind(self) -> str:
        """What its symbol shows."""
        if self.is_chosen:
            return "chosen"
        return "pointed" if self.is_pointed else "neighbour" if self.is_neighbour else "other"


@dataclass(frozen=True)
class Reference:
    """A line across all dots: a country's value, or the median of the group."""

    name: str
    value: float | None
    kind: str


@dataclass(frozen=True)
class Axis:
    """What all panels share, so that they can be read against each other."""

    scale: Scale
    marks: tuple[float, ...]
    unit: str
    decimals: int


def axis_between(scale: Scale, marks: tuple[float, ...], unit: str, decimals: int) -> Axis:
    """Return the axis of panels, over the part of a panel that dots stand in."""
    return Axis(
        Scale(scale.low, scale.high, _NAME + 8, _WIDTH - _FIGURE - 8), marks, unit, decimals
    )


def ranked_dots(
    id: str,
    title: str,
    description: str,
    dots: Sequence[Dot],
    references: Sequence[Reference],
    axis: Axis,
) -> str:
    """Return one panel, highest value first, ties by name."""
    ordered = sorted(dots, key=lambda dot: (-dot.value, dot.name))
    height = _TOP + _LINE * len(ordered) + 4
    lines = [
        *(_mark(mark, height, axis) for mark in axis.marks),
        *(_reference(reference, height, axis) for reference in references),
        *(_dot(dot, _TOP + _LINE * (place + 0.5), axis) for place, dot in enumerate(ordered)),
    ]
    return drawing(id, title, description, (_WIDTH, height), lines, class_="dots")


def _mark(mark: float, height: float, axis: Axis) -> str:
    x = axis.scale(mark)
    words = text(
        quantity(mark, axis.unit, axis.decimals), x, 12, class_="mark", text_anchor="middle"
    )
    return words + element("line", x1=x, x2=x, y1=_TOP - 4, y2=height, class_="grid")


def _reference(reference: Reference, height: float, axis: Axis) -> str:
    if reference.value is None:
        return ""
    x = axis.scale(reference.value)
    line = element("line", x1=x, x2=x, y1=_TOP - 8, y2=height, class_=f"ref {reference.kind}")
    if reference.kind != "country":
        return line
    return line + text(reference.name, x, _TOP - 11, class_="ref-name", text_anchor="middle")


def _dot(dot: Dot, y: float, axis: Axis) -> str:
    x = axis.scale(dot.value)
    return mark(
        dot.address,
        dot.label,
        element("rect", x=0, y=y - _LINE / 2, width=_WIDTH, height=_LINE, class_="row"),
        text(shortened(dot.name, _NAME_LETTERS), _NAME, y + 4, class_="name", text_anchor="end"),
        interval_line(dot.lower, dot.upper, y, axis.scale),
        symbol(dot.kind, x, y),
        text(dot.figure, _WIDTH, y + 4, class_="figure", text_anchor="end"),
        class_=dot.kind,
    )


def interval_line(lower: float | None, upper: float | None, y: float, scale: Scale) -> str:
    """Return the line of an interval; nothing where there is none."""
    if lower is None or upper is None:
        return ""
    return element("line", x1=scale(lower), x2=scale(upper), y1=y, y2=y, class_="interval")
