"""Figures of some areas over all periods: lines named at their ends, cut at breaks and gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from dashboard.svg.element import drawing, element, text
from dashboard.svg.plot import WIDTH, marks_up
from dashboard.svg.scale import Scale, scale_over
from dashboard.svg.symbols import LINE, lines_of_text, spread, symbol, wrapped

_LEFT: Final = 66.0
_TOP: Final = 44.0
_BASE: Final = 330.0
_NAMES: Final = 176.0
_LETTERS: Final = 16
_APART: Final = 58.0
"""Room for the name of a period on the axis."""
_SYMBOLS: Final = {
    "chosen": "chosen",
    "region": "neighbour",
    "country": "other",
    "neighbours": "other",
}


@dataclass(frozen=True)
class At:
    """The figure of one period: None where there is none; hollow where it is provisional."""

    value: float | None
    label: str = ""
    """What is said of it where one points at it."""

    is_hollow: bool = False


@dataclass(frozen=True)
class Course:
    """One line: its name and figure at the end, its look, and a figure for each period."""

    name: str
    figure: str
    kind: str
    ats: tuple[At, ...]
    cuts: frozenset[int] = field(default=frozenset())
    """Places of periods before which the line is cut."""


@dataclass(frozen=True)
class Mark:
    """An upright mark: a break or an inspection; `place` counts periods from 0."""

    place: float
    name: str
    kind: str


@dataclass(frozen=True)
class Middle:
    """The middle half of all authorities in each period, None where it is not known."""

    name: str
    spans: tuple[tuple[float, float] | None, ...]
    cuts: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True)
class _Plot:
    across: Scale
    upright: Scale

    def xy(self, place: float, value: float) -> tuple[float, float]:
        return self.across(place), self.upright(value)


def courses_chart(
    id: str,
    title: str,
    description: str,
    periods: Sequence[str],
    courses: Sequence[Course],
    unit: str,
    *,
    middle: Middle | None = None,
    marks: Sequence[Mark] = (),
    from_zero: bool = True,
) -> str:
    """Return the drawing; the first course is drawn last, on top."""
    values = [at.value for course in courses for at in course.ats]
    spans = [end for span in (middle.spans if middle else ()) if span for end in span]
    right = WIDTH - _NAMES - 10
    labels = _labels(courses, middle)
    base = max(_BASE, _TOP + LINE * sum(len(lines) for lines, _ in labels) + 10)
    upright, ticks = scale_over(
        [*values, *spans, *([0] if from_zero else [])], base, _TOP + 8, ticks=5
    )
    plot = _Plot(Scale(0, max(1, len(periods) - 1), _LEFT + 14, right - 6), upright)
    content = [
        *marks_up(upright, ticks, unit, _LEFT, right),
        *_periods(periods, plot, base),
        *([_middle(middle, plot)] if middle else []),
        *(_mark(mark, plot, base, high) for high, mark in enumerate(marks)),
        *(_course(course, plot) for course in reversed(courses)),
        *_names(labels, courses, middle, plot, base, right),
    ]
    return drawing(id, title, description, (WIDTH, base + 30), content, class_="dots courses")


def _periods(periods: Sequence[str], plot: _Plot, base: float) -> list[str]:
    """Name as many periods as there is room for, and the last one always."""
    last = len(periods) - 1
    width = plot.across(1) - plot.across(0) if last else _APART
    every = max(1, -int(-_APART // width))
    return [
        text(
            words, plot.across(place), base + 22,
            class_="mark", text_anchor="middle" if last else "start",
        )
        for place, words in enumerate(periods)
        if (last - place) % every == 0
    ]  # fmt: skip


def _pieces(ats: Sequence[At], cuts: frozenset[int]) -> list[list[tuple[int, float]]]:
    """Return the figures in pieces: a missing one, and a cut, part them."""
    pieces: list[list[tuple[int, float]]] = [[]]
    for place, at in enumerate(ats):
        if place in cuts or at.value is None:
            pieces.append([])
        if at.value is not None:
            pieces[-1].append((place, at.value))
    return [piece for piece in pieces if piece]


def _course(course: Course, plot: _Plot) -> str:
    paths = [
        element(
            "path",
            d="M" + "L".join("{:.1f} {:.1f}".format(*plot.xy(*point)) for point in piece),
            class_="path",
        )
        for piece in _pieces(course.ats, course.cuts)
        if len(piece) > 1
    ]
    dots = [
        element(
            "g",
            element("title", escape(at.label)),
            symbol(_SYMBOLS.get(course.kind, "pointed"), *plot.xy(place, at.value), 3.6),
            class_="at hollow" if at.is_hollow else "at",
        )
        for place, at in enumerate(course.ats)
        if at.value is not None
    ]
    return element("g", *paths, *dots, class_=f"course {course.kind}")


def _middle(middle: Middle, plot: _Plot) -> str:
    """Return the band of the middle half, in pieces like a line."""
    ats = [At(None if span is None else span[0]) for span in middle.spans]
    bands = []
    for piece in _pieces(ats, middle.cuts):
        known = [(place, span) for place, _ in piece if (span := middle.spans[place])]
        lower = [plot.xy(place, span[0]) for place, span in known]
        upper = [plot.xy(place, span[1]) for place, span in known]
        around = "L".join(f"{x:.1f} {y:.1f}" for x, y in [*lower, *reversed(upper)])
        bands.append(element("path", d=f"M{around}Z", class_="half"))
    return "".join(bands)


def _mark(mark: Mark, plot: _Plot, base: float, number: int) -> str:
    x = plot.across(mark.place)
    is_right = x > WIDTH / 2
    y = 14.0 + LINE * (number % 2)
    return element(
        "g",
        element("line", x1=x, x2=x, y1=y + 5, y2=base, class_="upright"),
        text(
            mark.name, x + (-4 if is_right else 4), y, class_="ref-name",
            text_anchor="end" if is_right else "start",
        ),
        class_=f"dated {mark.kind}",
    )  # fmt: skip


_Label = tuple[list[str], str]
"""The lines of a label, and its look."""


def _labels(courses: Sequence[Course], middle: Middle | None) -> list[_Label]:
    labels = [
        (wrapped(f"{course.figure} {course.name}".strip(), _LETTERS), course.kind)
        for course in courses
    ]
    return [*labels, *([(wrapped(middle.name, _LETTERS), "half-name")] if middle else [])]


def _names(
    labels: Sequence[_Label],
    courses: Sequence[Course],
    middle: Middle | None,
    plot: _Plot,
    base: float,
    right: float,
) -> list[str]:
    ends = [_end(course.ats, plot, base) for course in courses]
    if middle:
        known = [span for span in middle.spans if span]
        ends.append(plot.upright(sum(known[-1]) / 2) if known else base)
    heights = [LINE * len(lines) for lines, _ in labels]
    starts = spread(
        [y - h / 2 for y, h in zip(ends, heights, strict=True)], heights, _TOP - 10, base + 10
    )
    return [
        piece
        for (lines, look), y, start, height in zip(labels, ends, starts, heights, strict=True)
        for piece in (
            element(
                "path",
                d=f"M{right:.0f} {y:.1f}L{right + 12:.0f} {start + height / 2:.1f}",
                class_="leader",
            ),
            lines_of_text(lines, right + 16, start + LINE - 5, f"name {look}"),
        )
    ]


def _end(ats: Sequence[At], plot: _Plot, base: float) -> float:
    known = [at.value for at in ats if at.value is not None]
    return plot.upright(known[-1]) if known else base
