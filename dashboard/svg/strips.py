"""Groups on one axis: a strip for each with every member as a dot, the middle half as a box."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.element import drawing, element, mark, text
from dashboard.svg.scale import Scale, decimals_of, scale_over
from dashboard.words.numbers import quantity

WIDTH: Final = 760.0
_EDGE: Final = 14.0
_HEAD: Final = 58.0
_LABEL: Final = 27.0
_TOGETHER: Final = 16.0
_GAP: Final = 14.0
_RADIUS: Final = 4.2
_STEP: Final = 8.8
_MOST_HEIGHT: Final = 96.0
_LETTER: Final = 8.0


@dataclass(frozen=True)
class Member:
    """One authority in a strip: its value, what to say of it, and where its link leads."""

    name: str
    label: str
    value: float
    address: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Strip:
    """One group: its members with a figure, quartiles and the group taken together, if known."""

    name: str
    count: str
    """Such as `58 of 60`."""
    figures: str
    """Such as `median 66`."""
    members: tuple[Member, ...]
    q25: float | None
    median: float | None
    q75: float | None
    together: float | None
    lower: float | None
    upper: float | None
    is_apart: bool = False
    """Whether it is no group like the others, such as those without a judgement."""


@dataclass(frozen=True)
class Line:
    """A value across all strips, such as that of the country."""

    name: str
    value: float


def group_strips(
    id: str,
    title: str,
    description: str,
    strips: Sequence[Strip],
    line: Line | None,
    unit: str,
    *,
    from_zero: bool = False,
) -> str:
    """Return the drawing, with a link for each authority."""
    values = [member.value for strip in strips for member in strip.members]
    limits = [v for s in strips for v in (s.together, s.q25, s.q75) if v is not None]
    ends = [*values, *limits, *([line.value] if line else []), *([0.0] if from_zero else [])]
    scale, ticks = scale_over(ends, _EDGE, WIDTH - _EDGE, ticks=5)
    made, y = [], _HEAD
    for strip in strips:
        drawn, height = _strip(strip, y, scale)
        made += drawn
        y += height
    content = [*_axis(ticks, scale, unit, y), *_line(line, scale, y), *made]
    size = (WIDTH, y)
    return drawing(id, title, description, size, content, class_="dots strips")


def _axis(ticks: Sequence[float], scale: Scale, unit: str, bottom: float) -> list[str]:
    decimals = decimals_of(ticks)
    pieces = []
    for place, tick in enumerate(ticks):
        anchor = "start" if place == 0 else "end" if place == len(ticks) - 1 else "middle"
        x = scale(tick)
        at = x - _EDGE if place == 0 else x + _EDGE if place == len(ticks) - 1 else x
        words = quantity(tick, unit, decimals)
        pieces += [
            element("line", x1=x, x2=x, y1=_HEAD - 8, y2=bottom, class_="grid"),
            text(words, at, _HEAD - 14, class_="mark", text_anchor=anchor),
        ]
    return pieces


def _line(line: Line | None, scale: Scale, bottom: float) -> list[str]:
    if line is None:
        return []
    x = scale(line.value)
    anchor = "start" if x < WIDTH * 0.2 else "end" if x > WIDTH * 0.8 else "middle"
    return [
        element("line", x1=x, x2=x, y1=_HEAD - 32, y2=bottom, class_="ref country"),
        text(line.name, x, 18, class_="ref-name", text_anchor=anchor),
    ]


def _strip(strip: Strip, y: float, scale: Scale) -> tuple[list[str], float]:
    """Return the pieces of a strip that begins at y, and its height."""
    ordered = sorted(strip.members, key=lambda member: (member.value, member.name))
    levels = stacked([scale(member.value) for member in ordered])
    step = _step(levels)
    reach = max(map(abs, levels), default=0) * step + _RADIUS + 3
    middle = y + _LABEL + reach
    height = _LABEL + 2 * reach + (_TOGETHER if strip.together is not None else 0) + _GAP
    dots = sorted(zip(ordered, levels, strict=True), key=lambda held: held[0].is_chosen)
    pieces = [
        _head(strip, y + 17),
        *_half(strip, scale, middle, reach),
        *(_dot(member, scale(member.value), middle + level * step) for member, level in dots),
        *_median(strip, scale, middle, reach),
        *_together(strip, scale, middle + reach + _TOGETHER / 2 + 1),
        *(
            _name(member, scale(member.value), middle + level * step)
            for member, level in dots
            if member.is_chosen
        ),
    ]
    look = "strip apart" if strip.is_apart else "strip"
    return [element("g", *pieces, class_=look)], height


def stacked(places: Sequence[float]) -> list[int]:
    """Return for places in rising order how far each is moved up or down so that none overlap.

    0 is the middle, 1 the row above it, -1 the row below: always the free row nearest the middle.
    """
    last: dict[int, float] = {}
    levels = []
    for x in places:
        level = 0
        while level in last and x - last[level] < 2 * _RADIUS:
            level = -level if level > 0 else 1 - level
        last[level] = x
        levels.append(level)
    return levels


def _step(levels: Sequence[int]) -> float:
    most = max(map(abs, levels), default=0)
    return min(_STEP, _MOST_HEIGHT / 2 / most) if most else _STEP


def _head(strip: Strip, y: float) -> str:
    rule = element("line", x1=0, x2=WIDTH, y1=y - 20, y2=y - 20, class_="between")
    name = element(
        "text",
        element("tspan", _escaped(strip.name), class_="strip-name"),
        element("tspan", _escaped(strip.count), dx="8", class_="strip-count"),
        x=0,
        y=y,
    )
    figures = text(strip.figures, WIDTH, y, class_="strip-figures", text_anchor="end")
    return rule + name + figures


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _half(strip: Strip, scale: Scale, middle: float, reach: float) -> list[str]:
    if strip.q25 is None or strip.q75 is None:
        return []
    start, stop = scale(strip.q25), scale(strip.q75)
    box = element(
        "rect",
        x=start,
        y=middle - reach,
        width=max(stop - start, 1.0),
        height=2 * reach,
        class_="half",
    )
    return [box]


def _median(strip: Strip, scale: Scale, middle: float, reach: float) -> list[str]:
    if strip.median is None:
        return []
    x = scale(strip.median)
    return [element("line", x1=x, x2=x, y1=middle - reach, y2=middle + reach, class_="middle-line")]


def _together(strip: Strip, scale: Scale, y: float) -> list[str]:
    if strip.together is None:
        return []
    x = scale(strip.together)
    pieces = []
    if strip.lower is not None and strip.upper is not None:
        pieces.append(
            element("line", x1=scale(strip.lower), x2=scale(strip.upper), y1=y, y2=y, class_="span")
        )
    return [*pieces, element("path", d=_triangle(x, y), class_="together")]


def _triangle(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 6:.1f}l6 10.5h-12z"


def _dot(member: Member, x: float, y: float) -> str:
    kind = "chosen" if member.is_chosen else "other"
    shape = (
        element("path", d=f"M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8z", class_="symbol")
        if member.is_chosen
        else element("circle", cx=x, cy=y, r=_RADIUS, class_="symbol")
    )
    return mark(member.address, member.label, shape, class_=kind)


def _name(member: Member, x: float, y: float) -> str:
    is_left = x + 14 + _LETTER * len(member.name) > WIDTH
    return text(
        member.name,
        x - 13 if is_left else x + 13,
        y + 5,
        class_="own-name",
        text_anchor="end" if is_left else "start",
    )


def key_symbol(kind: str) -> str:
    """Return a part of a strip by itself, for the key: dot, half, middle, together or country."""
    shapes = {
        "dot": element("circle", cx=12, cy=12, r=5, class_="symbol"),
        "half": element("rect", x=2, y=4, width=20, height=16, class_="half"),
        "middle": element("line", x1=12, x2=12, y1=2, y2=22, class_="middle-line"),
        "together": element("line", x1=2, x2=22, y1=13, y2=13, class_="span")
        + element("path", d=_triangle(12, 12), class_="together"),
        "country": element("line", x1=12, x2=12, y1=2, y2=22, class_="ref country"),
        "chosen": element("path", d="M12 4l8 8l-8 8l-8 -8z", class_="symbol"),
    }
    group = element("g", shapes[kind], class_="chosen" if kind == "chosen" else "other")
    return element(
        "svg",
        group,
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 24 24",
        class_="drawing dots strips",
        aria_hidden="true",
        focusable="false",
    )
