"""The symbols of areas, which differ by shape as well as by colour, and labels set apart."""

import textwrap
from collections.abc import Sequence
from typing import Final

from dashboard.svg.element import element, text

LINE: Final = 19.0
"""Room for one line of a label, in the type of a narrow window."""


def symbol(kind: str, x: float, y: float, size: float = 4.0) -> str:
    """Return a diamond (chosen), a square (neighbour), a triangle (pointed out) or a dot."""
    if kind == "chosen":
        d = size * 1.75
        path = f"M{x:.1f} {y - d:.1f}l{d:.1f} {d:.1f}l{-d:.1f} {d:.1f}l{-d:.1f} {-d:.1f}z"
        return element("path", d=path, class_="symbol")
    if kind == "neighbour":
        side = size * 2.25
        return element(
            "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, class_="symbol"
        )
    if kind == "pointed":
        h = size * 1.5
        path = f"M{x:.1f} {y - h:.1f}l{h:.1f} {2 * h:.1f}h{-2 * h:.1f}z"
        return element("path", d=path, class_="symbol")
    return element("circle", cx=x, cy=y, r=size, class_="symbol")


def key_symbol(kind: str) -> str:
    """Return the symbol as a drawing of its own, to stand before words."""
    return element(
        "svg",
        element("g", symbol(kind, 12, 9), class_=kind),
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 24 18",
        class_="dots key-symbol",
        aria_hidden="true",
        focusable="false",
    )


def spread(
    places: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Return where labels begin so that none touches another, each as near as can be to its place.

    A label takes its height from where it begins downwards; all stay between top and bottom as
    long as there is room for them.
    """
    order = sorted(range(len(places)), key=lambda n: (places[n], n))
    moved: dict[int, float] = {}
    free = top
    for n in order:
        moved[n] = max(places[n], free)
        free = moved[n] + heights[n]
    floor = bottom
    for n in reversed(order):
        moved[n] = min(moved[n], floor - heights[n])
        floor = moved[n]
    lift = max(0.0, top - floor)
    return [moved[n] + lift for n in range(len(places))]


def wrapped(words: str, letters: int, lines: int = 2) -> list[str]:
    """Return words in a few short lines, the last cut off where they do not fit."""
    return textwrap.wrap(words, letters, max_lines=lines, placeholder="…") or [""]


def shortened(words: str, letters: int) -> str:
    """Return words on one line, cut off where they do not fit."""
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def lines_of_text(lines: Sequence[str], x: float, y: float, class_: str, anchor: str = "") -> str:
    """Return lines of text below each other, the first with its foot at y."""
    return "".join(
        text(words, x, y + LINE * n, class_=class_, text_anchor=anchor or None)
        for n, words in enumerate(lines)
    )
