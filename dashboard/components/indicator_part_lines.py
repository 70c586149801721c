"""The drawing of a breakdown: a line for each part, with the country and the chosen area."""

from api.contract import InequalityRow, Status
from dashboard.svg.parts import Line, Mark, part_lines
from dashboard.views.indicator_parts import Breakdown, Side
from dashboard.views.indicator_view import IndicatorView
from dashboard.words.numbers import NO_VALUE
from dashboard.words.outcomes import join_words
from dashboard.words.parts import column_words, part_title
from dashboard.words.statuses import status_word


def part_drawing(view: IndicatorView, breakdown: Breakdown) -> str:
    """Return a line for each part with the figure of each area."""
    kinds = [_kind(view, side) for side in breakdown.shown]
    names = [side.area["name"] for side in breakdown.shown]
    lines = [
        Line(part_title(code, title), _marks(view, breakdown, code))
        for code, title in breakdown.titles.items()
    ]
    if not breakdown.adds_up:
        whole = tuple(_mark(view, side, side.whole) for side in breakdown.shown)
        lines.insert(0, Line(breakdown.whole_title, whole, is_whole=True))
    by = column_words(breakdown.column)
    description = (
        f"A line for each part with the figure of {join_words(names)}"
        f"{', each with its 95% interval' if breakdown.has_intervals else ''}. "
        "The table has the same figures."
    )
    return part_lines(
        f"parts-{breakdown.column.replace('_', '-')}",
        f"{view.indicator['short_title']} {by}",
        description,
        lines,
        list(zip(kinds, names, strict=True)),
        view.measure.unit,
    )


def _kind(view: IndicatorView, side: Side) -> str:
    return "country" if side.area["code"] == view.library.country["code"] else "chosen"


def _marks(view: IndicatorView, breakdown: Breakdown, code: str) -> tuple[Mark, ...]:
    return tuple(_mark(view, side, side.rows.get(code)) for side in breakdown.shown)


def _mark(view: IndicatorView, side: Side, row: InequalityRow | None) -> Mark:
    kind, figure = _kind(view, side), part_figure(row, view)
    if row is None or row["status"] != Status.OK or row["value"] is None:
        return Mark(kind, None, None, None, figure)
    return Mark(kind, float(row["value"]), row["ci_lower"], row["ci_upper"], figure)


def part_figure(row: InequalityRow | None, view: IndicatorView) -> str:
    """Return the figure of a part as a table gives it, or the word for why there is none."""
    if row is None:
        return NO_VALUE
    ok = row["status"] == Status.OK
    return view.measure.quantity(row["value"]) if ok else status_word(row["status"])
