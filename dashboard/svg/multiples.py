"""Small multiples: one series in each panel, all on one axis, with a second line to read it by."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dashboard.svg.element import drawing, element, text
from dashboard.svg.scale import Scale, decimals_of, scale_over
from dashboard.words.numbers import quantity

WIDTH: Final = 264.0
HEIGHT: Final = 182.0
_LEFT: Final = 44.0
_RIGHT: Final = 10.0
_TOP: Final = 48.0
_BOTTOM: Final = 28.0
_LETTERS: Final = 30


@dataclass(frozen=True)
class Moment:
    """One period of a series: where it stands in time, and its value if there is one."""

    at: float
    value: float | None
    is_after_break: bool = False
    """Whether it cannot be compared with the one before."""


@dataclass(frozen=True)
class Panel:
    """One series with what is said of it, and the series that it is read beside."""

    id: str
    name: str
    words: str
    """The last value and which way it has been going."""

    description: str
    own: Sequence[Moment]
    beside: Sequence[Moment]
    ends: tuple[str, str]
    """The first and the last period, in few letters."""

    is_chosen: bool = False


@dataclass(frozen=True)
class Axis:
    """What panels share: their values, and the unit of the marks."""

    low: float
    high: float
    ticks: tuple[float, ...]
    unit: str


def axis_of(panels: Sequence[Panel], unit: str, *, from_zero: bool) -> Axis:
    """Return the axis over all panels, from nought or from the lowest value."""
    values = [m.value for panel in panels for m in (*panel.own, *panel.beside)]
    scale, ticks = scale_over([*values, *([0.0] if from_zero else [])], 0, 1, ticks=3)
    return Axis(scale.low, scale.high, ticks, unit)


def panel_drawing(panel: Panel, axis: Axis) -> str:
    """Return one panel."""
    bottom = HEIGHT - _BOTTOM
    ys = Scale(axis.low, axis.high, bottom, _TOP)
    times = [moment.at for moment in (*panel.own, *panel.beside)] or [0.0]
    xs = Scale(min(times), max(times), _LEFT, WIDTH - _RIGHT)
    look = "panel-name chosen" if panel.is_chosen else "panel-name"
    content = [
        text(_cut(panel.name), 0, 14, class_=look),
        text(panel.words, 0, 31, class_="panel-words"),
        *_grid(axis, ys),
        *_breaks(panel.own, xs),
        *_series(panel.beside, xs, ys, "beside"),
        *_series(panel.own, xs, ys, "own"),
        text(panel.ends[0], _LEFT, HEIGHT - 10, class_="mark"),
        text(panel.ends[1], WIDTH - _RIGHT, HEIGHT - 10, class_="mark", text_anchor="end"),
    ]
    return drawing(
        panel.id, panel.name, panel.description, (WIDTH, HEIGHT), content, class_="multiple"
    )


def _cut(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"


def _grid(axis: Axis, ys: Scale) -> list[str]:
    decimals = decimals_of(axis.ticks)
    return [
        piece
        for tick in axis.ticks
        for piece in (
            element(
                "line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=ys(tick), y2=ys(tick), class_="grid"
            ),
            text(
                quantity(tick, axis.unit, decimals), _LEFT - 5, ys(tick) + 4, class_="mark",
                text_anchor="end",
            ),
        )
    ]  # fmt: skip


def _breaks(moments: Sequence[Moment], xs: Scale) -> list[str]:
    """Draw a dashed line between two periods that cannot be compared."""
    places = [
        (xs(before.at) + xs(after.at)) / 2
        for before, after in pairwise(moments)
        if after.is_after_break
    ]
    return [
        element("line", x1=x, x2=x, y1=_TOP - 4, y2=HEIGHT - _BOTTOM, class_="break")
        for x in places
    ]


def _series(moments: Sequence[Moment], xs: Scale, ys: Scale, kind: str) -> list[str]:
    """Draw lines between neighbouring values; one alone is a dot, a gap stays a gap."""
    pieces: list[str] = []
    for run in runs_of(moments):
        places = [(xs(m.at), ys(m.value)) for m in run if m.value is not None]
        if len(places) == 1:
            pieces.append(_dot(*places[0], kind))
        else:
            path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
            pieces.append(element("path", d=path, class_=f"path {kind}"))
    known = [m for m in moments if m.value is not None]
    if known and kind == "own":
        pieces.append(_dot(xs(known[-1].at), ys(known[-1].value or 0.0), kind))
    return pieces


def _dot(x: float, y: float, kind: str) -> str:
    return element("circle", cx=x, cy=y, r=3.5 if kind == "own" else 2.0, class_=f"end {kind}")


def runs_of(moments: Sequence[Moment]) -> list[list[Moment]]:
    """Return the stretches that a line may join: without a missing value or a break inside."""
    runs: list[list[Moment]] = []
    current: list[Moment] = []
    for moment in moments:
        if moment.value is None or moment.is_after_break:
            runs += [current] if current else []
            current = []
        if moment.value is not None:
            current.append(moment)
    return [*runs, current] if current else runs


def key_line(kind: str) -> str:
    """Return the line of a kind of series, for the key."""
    dot = element("circle", cx=20, cy=6, r=3.5, class_="end own") if kind == "own" else ""
    return element(
        "svg",
        element("line", x1=1, x2=20, y1=6, y2=6, class_=f"path {kind}"),
        dot,
        viewBox="0 0 24 12",
        class_="drawing multiple",
        aria_hidden="true",
        focusable="false",
    )
