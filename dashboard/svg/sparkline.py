"""The sparkline: the last years of one figure in the space of a word."""

from collections.abc import Sequence
from typing import Final

from dashboard.svg.element import drawing, element
from dashboard.svg.scale import Scale

SIZE: Final = (56.0, 18.0)
_PAD: Final = 4.0


def sparkline(id: str, title: str, description: str, values: Sequence[float]) -> str:
    """Return the drawing of some values at equal distances, the last one marked."""
    content = [sparkline_marks(values, SIZE)]
    return drawing(id, title, description, SIZE, content, class_="sparkline")


def sparkline_marks(values: Sequence[float], size: tuple[float, float]) -> str:
    """Return the marks of a sparkline without the drawing around them."""
    width, height = size
    across = Scale(0, max(1, len(values) - 1), _PAD, width - _PAD)
    up = Scale(min(values), max(values), height - _PAD, _PAD)
    places = [(across(n), up(value)) for n, value in enumerate(values)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    x, y = places[-1]
    return element("path", d=path, class_="spark-path") + element(
        "circle", cx=x, cy=y, r=2.8, class_="spark-end"
    )
