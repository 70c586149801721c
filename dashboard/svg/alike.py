"""How alike an authority and others are: a strip for each variable, the authority in its middle."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dashboard.svg.element import drawing, element, text
from dashboard.svg.scale import Scale, decimals_of, scale_over
from dashboard.words.numbers import signed

_WIDTH: Final = 360.0
_PAD: Final = 12.0
_TOP: Final = 44.0
_LABEL: Final = 18.0
_LANE: Final = 19.0
_GAP: Final = 10.0
_RADIUS: Final = 9.0


@dataclass(frozen=True)
class Other:
    """Another authority on a strip: its number, how far apart it is, and what to say of it."""

    number: str
    label: str
    apart: float
    is_picked: bool = False


@dataclass(frozen=True)
class Strip:
    """One variable: its title with the authority's own figure, and the others that have one."""

    title: str
    others: tuple[Other, ...]


def alike_strips(
    id: str, title: str, description: str, own: str, strips: Sequence[Strip], below: str, above: str
) -> str:
    """Return the drawing; `below` and `above` say what lies left and right of the authority."""
    values = [other.apart for strip in strips for other in strip.others]
    scale, marks = scale_over([0, -1, 1, *values], _PAD, _WIDTH - _PAD, ticks=5)
    lanes = [_in_lanes(strip.others, scale) for strip in strips]
    steps = [_LABEL + _LANE * max(1, len(of)) + _GAP for of in lanes]
    height = _TOP + sum(steps)
    x = scale(0)
    line = element("line", x1=x, x2=x, y1=_TOP - 4, y2=height, class_="own-line")
    content = [*_axis(marks, scale, height, below, above), line]
    y = _TOP
    for strip, of, step in zip(strips, lanes, steps, strict=True):
        content += _strip(strip, of, y, scale)
        y += step
    content.append(_own(own, x))
    return drawing(id, title, description, (_WIDTH, height), content, class_="dots alike")


def _axis(marks: Sequence[float], scale: Scale, height: float, below: str, above: str) -> list[str]:
    decimals = decimals_of(marks)
    ends = [
        text(f"← {below}", 0, 12, class_="mark"),
        text(f"{above} →", _WIDTH, 12, class_="mark", text_anchor="end"),
    ]
    for mark in marks:
        x = scale(mark)
        ends += [
            element("line", x1=x, x2=x, y1=_TOP - 8, y2=height, class_="grid"),
            text(signed(mark, decimals), x, _TOP - 14, class_="mark", text_anchor="middle"),
        ]
    return ends


def _own(name: str, x: float) -> str:
    label = element("title", escape(name))
    diamond = f"M{x:.1f} {_TOP - 13:.1f}l7 7l-7 7l-7 -7z"
    return element("g", label, element("path", d=diamond, class_="symbol"), class_="chosen")


def _in_lanes(others: Sequence[Other], scale: Scale) -> list[list[Other]]:
    """Part those that would lie on each other into lanes, one below the other."""
    lanes: list[list[Other]] = []
    for other in sorted(others, key=lambda one: (one.apart, one.number)):
        x = scale(other.apart)
        free = (of for of in lanes if scale(of[-1].apart) + 2 * _RADIUS + 1 <= x)
        lane = next(free, None)
        if lane is None:
            lanes.append([other])
        else:
            lane.append(other)
    return lanes


def _strip(strip: Strip, lanes: Sequence[Sequence[Other]], y: float, scale: Scale) -> list[str]:
    first = y + _LABEL + _LANE / 2
    return [
        element("line", x1=0, x2=_WIDTH, y1=y, y2=y, class_="between"),
        text(strip.title, 0, y + 14, class_="name"),
        *(
            _dot(other, scale(other.apart), first + _LANE * place)
            for place, lane in enumerate(lanes)
            for other in lane
        ),
    ]


def _dot(other: Other, x: float, y: float) -> str:
    return element(
        "g",
        element("title", escape(other.label)),
        element("circle", cx=x, cy=y, r=_RADIUS, class_="symbol"),
        text(other.number, x, y + 4, class_="number", text_anchor="middle"),
        class_="picked" if other.is_picked else "other",
    )


def number_key(number: str) -> str:
    """Return the numbered circle that stands before a name in the key."""
    middle = _RADIUS + 1
    return element(
        "svg",
        _dot(Other(number, number, 0), middle, middle),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {2 * middle:g} {2 * middle:g}",
        class_="drawing dots alike",
        aria_hidden="true",
        focusable="false",
    )
