"""Many spines under each other: an authority's figures, each among all authorities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.element import drawing, element, text
from dashboard.svg.spine import Spine, spine_marks

_WIDTH: Final = 640.0
_TITLE: Final = 232.0
_VALUE: Final = 350.0
_SPINE: Final = (190.0, 26.0)
_ROW: Final = 28.0
_HEAD: Final = 30.0


@dataclass(frozen=True)
class Strip:
    """One indicator: its title, value, spine, and how it compares with the country in a word."""

    title: str
    figure: str
    spine: Spine | None
    outcome: str


@dataclass(frozen=True)
class Group:
    """Strips under a heading."""

    title: str
    strips: Sequence[Strip]


def spines(
    id: str, title: str, description: str, groups: Sequence[Group], name: str, country: str
) -> str:
    """Return the drawing: for each indicator its value, its spine and the outcome."""
    content = [
        text(name, _VALUE, 14, class_="head", text_anchor="end"),
        text(f"◆ {name}, ▲ {country}", _VALUE + 12, 14, class_="mark"),
        text(f"vs {country}", _WIDTH - 4, 14, class_="head", text_anchor="end"),
    ]
    y = 20.0
    for group in groups:
        content.append(text(group.title, 0, y + 18, class_="group"))
        content.append(element("line", x1=0, x2=_WIDTH, y1=y + 25, y2=y + 25, class_="grid"))
        y += _HEAD
        for strip in group.strips:
            content += _strip(strip, y)
            y += _ROW
    return drawing(id, title, description, (_WIDTH, y + 4), content, class_="spines spine")


def _strip(strip: Strip, y: float) -> list[str]:
    middle = y + _SPINE[1] / 2 + 4
    drawn = [
        text(strip.title, 0, middle, class_="name"),
        text(strip.figure, _VALUE, middle, class_="figure", text_anchor="end"),
        text(strip.outcome, _WIDTH - 4, middle, class_=_look(strip), text_anchor="end"),
    ]
    if strip.spine is not None:
        marks = spine_marks(strip.spine, _SPINE)
        drawn.append(element("g", marks, transform=f"translate({_VALUE + 8:.0f} {y:.0f})"))
    return drawn


def _look(strip: Strip) -> str:
    return "outcome" if strip.outcome in {"similar", "cannot compare", ""} else "outcome differs"
