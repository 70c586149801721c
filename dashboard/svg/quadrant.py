"""Two figures of each authority on one square, with the two lines that part it into quadrants."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dashboard.svg.element import drawing, element, text
from dashboard.svg.labels import Box, Label, around, box_of, placed
from dashboard.svg.plot import marks_across
from dashboard.svg.scale import Scale, decimals_of, scale_over
from dashboard.words.numbers import quantity

SIDE: Final = 420.0
_LEFT: Final = 56.0
_RIGHT: Final = 12.0
_TOP: Final = 40.0
_BOTTOM: Final = 70.0
_CORNERS: Final = (
    ("higher_higher", 1, 0), ("higher_lower", 1, 1), ("lower_higher", 0, 0), ("lower_lower", 0, 1)
)  # fmt: skip


_Named = tuple[tuple[str, float, float], str]
"""Words with their place, and which end of them is there."""


@dataclass(frozen=True)
class Point:
    """One authority: both figures, what to say of it, and whether it stands out."""

    label: str
    x: float
    y: float
    name: str = ""
    """Written beside the symbol, where it is not blank."""
    is_chosen: bool = False
    is_neighbour: bool = False


@dataclass(frozen=True)
class Way:
    """One of the two directions: what it measures, and the line that parts it."""

    title: str
    unit: str
    line: float | None
    line_name: str
    """Such as `England 10%`."""


def quadrant_chart(
    id: str, title: str, description: str, points: Sequence[Point], x: Way, y: Way
) -> str:
    """Return the drawing, an image: its twin is the table. The chosen are drawn last, on top.

    Axes begin where the figures do, not at nought: what is read is the place among others.
    """
    square = square_of(points, x, y)
    lines = _line_names(square, points)
    content = [
        *square.axes,
        *(_corner(name, right, down) for name, right, down in _CORNERS),
        *_lines(square),
        *marks(points, square),
        *names(points, square, [box_of(*one, end) for one, end in lines]),
        *(text(*one, class_="ref-name", text_anchor=end) for one, end in lines),
    ]
    return drawing(id, title, description, (SIDE, SIDE), content, class_="dots quadrants")


@dataclass(frozen=True)
class Band:
    """Authorities alike in x: from where to where they lie, and the middle one of their y."""

    low: float
    high: float
    middle: float
    name: str
    """Such as `median 64`."""


def banded_chart(
    id: str,
    title: str,
    description: str,
    points: Sequence[Point],
    x: Way,
    y: Way,
    band: Band | None,
) -> str:
    """Return the same square without quadrants: one band of x is shaded, with its median of y."""
    square = square_of(points, x, y)
    taken: list[Box] = []
    content = list(square.axes)
    if band is not None:
        left, right, at = square.xs(band.low) - 3, square.xs(band.high) + 3, square.ys(band.middle)
        words = (band.name, right + 4, at + 4)
        taken = [box_of(*words, "start")]
        content += [
            element(
                "rect", x=left, y=_TOP, width=right - left, height=SIDE - _BOTTOM - _TOP,
                class_="band",
            ),
            *marks(points, square),
            element("line", x1=left, x2=right, y1=at, y2=at, class_="ref median"),
            *names(points, square, taken),
            text(*words, class_="ref-name"),
        ]  # fmt: skip
    else:
        content += [*marks(points, square), *names(points, square, taken)]
    return drawing(id, title, description, (SIDE, SIDE), content, class_="dots quadrants")


@dataclass(frozen=True)
class Square:
    """Both scales, with what they are drawn as."""

    x: Way
    y: Way
    xs: Scale
    ys: Scale
    axes: tuple[str, ...]


def square_of(points: Sequence[Point], x: Way, y: Way) -> Square:
    """Return the scales over all points and lines."""
    xs, x_ticks = scale_over([*(p.x for p in points), x.line], _LEFT, SIDE - _RIGHT, ticks=4)
    ys, y_ticks = scale_over([*(p.y for p in points), y.line], SIDE - _BOTTOM, _TOP, ticks=4)
    return Square(x, y, xs, ys, (*_x_axis(x, xs, x_ticks), *_y_axis(y, ys, y_ticks)))


def marks(points: Sequence[Point], square: Square) -> list[str]:
    """Draw each authority, the chosen last."""
    return [_point(point, square.xs(point.x), square.ys(point.y)) for point in _ordered(points)]


def _ordered(points: Sequence[Point]) -> list[Point]:
    return sorted(points, key=lambda point: (point.is_chosen, point.is_neighbour))


def _x_axis(way: Way, scale: Scale, ticks: Sequence[float]) -> list[str]:
    bottom = SIDE - _BOTTOM
    pieces = marks_across(scale, ticks, way.unit, _TOP, bottom, bottom + 15)
    title = text(f"{way.title} →", SIDE - _RIGHT, SIDE - 4, class_="axis-name", text_anchor="end")
    return [*pieces, title]


def _y_axis(way: Way, scale: Scale, ticks: Sequence[float]) -> list[str]:
    decimals = decimals_of(ticks)
    pieces = [
        piece
        for tick in ticks
        for piece in (
            element(
                "line", x1=_LEFT, x2=SIDE - _RIGHT, y1=scale(tick), y2=scale(tick), class_="grid"
            ),
            text(
                quantity(tick, way.unit, decimals), _LEFT - 6, scale(tick) + 4, class_="mark",
                text_anchor="end",
            ),
        )
    ]  # fmt: skip
    return [*pieces, text(f"↑ {way.title}", 0, 12, class_="axis-name")]


def _corner(name: str, right: int, down: int) -> str:
    """Write outside a corner what its quadrant is, across first: inside, dots would lie on it."""
    across, up = name.split("_")
    x = SIDE - _RIGHT if right else _LEFT
    y = SIDE - _BOTTOM + 48 if down else _TOP - 6
    words = f"→ {across}, ↑ {up}"
    return text(words, x, y, class_="corner", text_anchor="end" if right else "start")


def _lines(square: Square) -> list[str]:
    pieces = []
    if square.x.line is not None:
        at = square.xs(square.x.line)
        pieces.append(
            element("line", x1=at, x2=at, y1=_TOP, y2=SIDE - _BOTTOM, class_="ref country")
        )
    if square.y.line is not None:
        at = square.ys(square.y.line)
        pieces.append(
            element("line", x1=_LEFT, x2=SIDE - _RIGHT, y1=at, y2=at, class_="ref country")
        )
    return pieces


def _line_names(square: Square, points: Sequence[Point]) -> list[_Named]:
    """Return the names of the lines, that of y at the end with fewer dots, each with its anchor."""
    x, y = square.x, square.y
    places = [(square.xs(point.x), square.ys(point.y)) for point in points]
    pieces: list[_Named] = []
    if x.line is not None:
        at = _within(square.xs(x.line), SIDE - _BOTTOM + 31)
        pieces.append(((x.line_name, *at), "middle"))
    if y.line is not None:
        at_y, reach = square.ys(y.line), 7.0 * len(y.line_name)
        beside = [px for px, py in places if at_y - 20 < py < at_y + 4]
        left = sum(px < _LEFT + reach for px in beside)
        is_left = left < sum(px > SIDE - _RIGHT - reach for px in beside)
        end, anchor = (_LEFT + 3, "start") if is_left else (SIDE - _RIGHT, "end")
        pieces.append(((y.line_name, end, at_y - 5), anchor))
    return pieces


def _within(x: float, y: float) -> tuple[float, float]:
    """Return a place for words of usual length, moved so that none is cut off."""
    reach = 60.0
    return min(max(x, reach), SIDE - reach), y


def names(points: Sequence[Point], square: Square, taken: Sequence[Box]) -> list[str]:
    """Write the name of the chosen authority, and of neighbours those for which there is room."""
    named = [point for point in reversed(_ordered(points)) if point.name]
    labels = [Label(p.name, square.xs(p.x), square.ys(p.y), must=p.is_chosen) for p in named]
    marked = [around(label.x, label.y) for label in labels]
    room = (_LEFT, _TOP, SIDE, SIDE - _BOTTOM)
    places = placed(labels, room, [*marked, *taken])
    return [
        text(label.words, place.x, place.y, class_=f"name {_kind(point)}", text_anchor=place.anchor)
        for point, label, place in zip(named, labels, places, strict=True)
        if place
    ]


def _point(point: Point, x: float, y: float) -> str:
    """Draw one authority."""
    kind = _kind(point)
    return element("g", element("title", escape(point.label)), _symbol(kind, x, y), class_=kind)


def _kind(point: Point) -> str:
    return "chosen" if point.is_chosen else "neighbour" if point.is_neighbour else "other"


def _symbol(kind: str, x: float, y: float) -> str:
    """Draw a diamond for the chosen authority, a square for a neighbour, a dot for any other."""
    if kind == "chosen":
        return element("path", d=f"M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8z", class_="symbol")
    if kind == "neighbour":
        return element("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, class_="symbol")
    return element("circle", cx=x, cy=y, r=4, class_="symbol")


def key_symbol(kind: str) -> str:
    """Return the symbol of a kind of authority, for the key beside the drawing."""
    inner = element("g", _symbol(kind, 10, 10), class_=kind)
    return element(
        "svg", inner, viewBox="0 0 20 20", class_="drawing dots quadrants", aria_hidden="true",
        focusable="false",
    )  # fmt: skip
