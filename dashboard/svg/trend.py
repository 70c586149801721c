"""Two values of one area, and of others beside it: what changed, drawn plainly."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.svg.element import drawing, element, text
from dashboard.svg.scale import Scale, scale_over

_WIDTH: Final = 420.0
_HEIGHT: Final = 210.0
_LEFT: Final = 70.0
_RIGHT: Final = 214.0
_TOP: Final = 18.0
_BOTTOM: Final = 34.0
_APART: Final = 17.0
_LETTERS: Final = 21
"""Letters that fit right of the last value, in wide and bold type."""


@dataclass(frozen=True)
class Line:
    """One area: its value before and its latest value, with both as they are shown."""

    name: str
    before: float | None
    after: float | None
    before_figure: str
    after_figure: str
    kind: str


def two_values(
    id: str, title: str, description: str, lines: Sequence[Line], labels: tuple[str, str]
) -> str:
    """Return the drawing; `labels` are the two periods. Labels that would touch are set apart.

    The axis begins at zero, or a small change would look like a large one.
    """
    scale, _ = scale_over(
        [0, *(value for line in lines for value in (line.before, line.after))],
        _HEIGHT - _BOTTOM,
        _TOP,
    )
    x_before, x_after = _LEFT, _WIDTH - _RIGHT
    before = _spread(
        [None if li.before is None else scale(li.before) for li in lines], [1] * len(lines)
    )
    labels_after = [textwrap.wrap(f"{li.after_figure} {li.name}", _LETTERS) for li in lines]
    after = _spread(
        [None if li.after is None else scale(li.after) for li in lines],
        [len(label) for label in labels_after],
    )
    content = [
        *(
            element("line", x1=x, x2=x, y1=_TOP - 8, y2=_HEIGHT - _BOTTOM + 8, class_="grid")
            for x in (x_before, x_after)
        ),
        *(_line(line, scale, x_before, x_after) for line in lines),
        *(
            text(line.before_figure, x_before - 10, y + 4, class_=line.kind, text_anchor="end")
            for line, y in zip(lines, before, strict=True)
            if y is not None
        ),
        *(
            text(words, x_after + 10, y + 4 + _APART * place, class_=line.kind)
            for line, label, y in zip(lines, labels_after, after, strict=True)
            if y is not None
            for place, words in enumerate(label)
        ),
        text(labels[0], x_before, _HEIGHT - 6, class_="mark", text_anchor="middle"),
        text(labels[1], x_after, _HEIGHT - 6, class_="mark", text_anchor="middle"),
    ]
    return drawing(id, title, description, (_WIDTH, _HEIGHT), content, class_="trend")


def _line(line: Line, scale: Scale, x_before: float, x_after: float) -> str:
    ends = [
        (x, scale(value))
        for x, value in ((x_before, line.before), (x_after, line.after))
        if value is not None
    ]
    drawn = "".join(
        element("circle", cx=x, cy=y, r=4.5, class_=f"end {line.kind}") for x, y in ends
    )
    if len(ends) < len((x_before, x_after)):
        return drawn
    (x1, y1), (x2, y2) = ends
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=f"path {line.kind}") + drawn


def _spread(places: Sequence[float | None], rows: Sequence[int]) -> list[float | None]:
    """Move labels apart downwards and then back into the drawing, keeping their order.

    `rows` says of each label over how many lines of text it runs.
    """
    known = sorted((y, k) for k, y in enumerate(places) if y is not None)
    moved: dict[int, float] = {}
    free = 0.0
    for y, k in known:
        moved[k] = max(y, free)
        free = moved[k] + _APART * rows[k]
    floor = _HEIGHT - _BOTTOM + _APART
    for _, k in reversed(known):
        floor = min(moved[k], floor - _APART * rows[k])
        moved[k] = floor
    return [moved.get(k) for k in range(len(places))]
