"""Names beside marks, none on another: what has no room is left to the table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_LETTER: Final = 6.4
_LINE: Final = 13.0
_REACH: Final = 9.0
_WAYS: Final = (
    ("start", 1, -5.0), ("end", -1, -5.0), ("start", 1, 13.0), ("end", -1, 13.0),
    ("start", 1, 4.0), ("end", -1, 4.0), ("middle", 0, -11.0), ("middle", 0, 20.0),
)  # fmt: skip
"""Anchor, side, and how far below the mark the foot of the letters stands."""


@dataclass(frozen=True)
class Label:
    """Words at a mark; those that `must` be written are, wherever they lie."""

    words: str
    x: float
    y: float
    must: bool = False


@dataclass(frozen=True)
class Place:
    """Where words stand: a point of the baseline, and which end of them is there."""

    x: float
    y: float
    anchor: str


def placed(labels: Sequence[Label], room: Box, taken: Iterable[Box] = ()) -> list[Place | None]:
    """Return a place for each label in their order, None for one that would lie on another."""
    boxes = [*taken]
    found: list[Place | None] = []
    for label in labels:
        ways = [_way(label, *way) for way in _WAYS]
        inside = [(place, box) for place, box in ways if _is_within(box, room)]
        free = [one for one in inside if not any(_touch(one[1], other) for other in boxes)]
        chosen = next(iter(free or (inside or ways if label.must else ())), None)
        found.append(chosen[0] if chosen else None)
        boxes += [chosen[1]] if chosen else []
    return found


def around(x: float, y: float, reach: float = 5.0) -> Box:
    """Return the box of a mark."""
    return (x - reach, y - reach, x + reach, y + reach)


def box_of(words: str, x: float, y: float, anchor: str) -> Box:
    """Return the box of words."""
    wide = _LETTER * len(words)
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
    return (left, y - _LINE + 3, left + wide, y + 3)


def _way(label: Label, anchor: str, side: int, below: float) -> tuple[Place, Box]:
    place = Place(label.x + side * _REACH, label.y + below, anchor)
    return place, box_of(label.words, place.x, place.y, anchor)


def _is_within(box: Box, room: Box) -> bool:
    return (
        box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]
    )  # fmt: skip


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip
