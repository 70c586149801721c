"""The spine: where one authority stands among all of them, on one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.svg.element import drawing, element
from dashboard.svg.scale import Scale

_WIDTH: Final = 240.0
_HEIGHT: Final = 34.0
_MIDDLE: Final = 17.0


@dataclass(frozen=True)
class Spine:
    """Lowest, quartiles and highest of all authorities with data, and whom to mark."""

    lowest: float
    q25: float
    median: float
    q75: float
    highest: float
    value: float | None
    country: float | None


def spine_of(
    spread: Mapping[str, float | None], value: float | None, country: float | None
) -> Spine | None:
    """Return the spine of a profile row, or None where the spread is not known."""
    points = [spread.get(name) for name in ("min", "q25", "median", "q75", "max")]
    known = [float(point) for point in points if point is not None]
    if len(known) < len(points):
        return None
    lowest, q25, median, q75, highest = known
    return Spine(lowest, q25, median, q75, highest, value, country)


def spine(id: str, title: str, description: str, of: Spine) -> str:
    """Return the drawing: a line for all, a band for the middle half, marks for the rest."""
    marked = [mark for mark in (of.value, of.country) if mark is not None]
    ends = [of.lowest, of.highest, *marked]
    scale = Scale(min(ends), max(ends), 8, _WIDTH - 8)
    content = [
        element("line", x1=8, x2=_WIDTH - 8, y1=_MIDDLE, y2=_MIDDLE, class_="whole"),
        element(
            "rect",
            x=scale(of.q25),
            y=_MIDDLE - 7,
            width=max(1.0, scale(of.q75) - scale(of.q25)),
            height=14,
            class_="half",
        ),
        element(
            "line",
            x1=scale(of.median),
            x2=scale(of.median),
            y1=_MIDDLE - 9,
            y2=_MIDDLE + 9,
            class_="median",
        ),
    ]
    if of.country is not None:
        x = scale(of.country)
        content.append(element("line", x1=x, x2=x, y1=4, y2=_HEIGHT - 4, class_="country-line"))
        content.append(
            element("path", d=f"M{x:.1f} 8l5 -8h-10z M{x:.1f} 26l5 8h-10z", class_="country")
        )
    if of.value is not None:
        x = scale(of.value)
        content.append(
            element("path", d=f"M{x:.1f} {_MIDDLE - 8:.1f}l8 8l-8 8l-8 -8z", class_="own")
        )
    return drawing(id, title, description, (_WIDTH, _HEIGHT), content, class_="spine")
