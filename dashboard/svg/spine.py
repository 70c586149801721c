"""The spine: where one authority stands among all of them, on one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.svg.element import drawing, element
from dashboard.svg.scale import Scale

WIDE: Final = (240.0, 34.0)
SMALL: Final = (132.0, 26.0)
"""Of a spine in a row: as many pixels as it has units, so that its marks stay readable."""
_PAD: Final = 8.0


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


def spine(
    id: str, title: str, description: str, of: Spine, size: tuple[float, float] = WIDE
) -> str:
    """Return the drawing: a line for all, a band for the middle half, marks for the rest."""
    return drawing(id, title, description, size, [spine_marks(of, size)], class_="spine")


def spine_marks(of: Spine, size: tuple[float, float]) -> str:
    """Return the marks of a spine without the drawing around them."""
    width, height = size
    middle = height / 2
    marked = [mark for mark in (of.value, of.country) if mark is not None]
    ends = [of.lowest, of.highest, *marked]
    scale = Scale(min(ends), max(ends), _PAD, width - _PAD)
    content = [
        element("line", x1=_PAD, x2=width - _PAD, y1=middle, y2=middle, class_="whole"),
        element(
            "rect",
            x=scale(of.q25),
            y=middle - 6,
            width=max(1.0, scale(of.q75) - scale(of.q25)),
            height=12,
            class_="half",
        ),
        element(
            "line",
            x1=scale(of.median),
            x2=scale(of.median),
            y1=middle - 8,
            y2=middle + 8,
            class_="median",
        ),
    ]
    if of.country is not None:
        content += _country(scale(of.country), height)
    if of.value is not None:
        x = scale(of.value)
        content.append(
            element("path", d=f"M{x:.1f} {middle - 7:.1f}l7 7l-7 7l-7 -7z", class_="own")
        )
    return "".join(content)


def _country(x: float, height: float) -> list[str]:
    deep = 6.0 if height < WIDE[1] else 8.0
    return [
        element("line", x1=x, x2=x, y1=deep / 2, y2=height - deep / 2, class_="country-line"),
        element(
            "path",
            d=f"M{x:.1f} {deep:.0f}l4 -{deep:.0f}h-8z "
            f"M{x:.1f} {height - deep:.0f}l4 {deep:.0f}h-8z",
            class_="country",
        ),
    ]
