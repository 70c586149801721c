"""What is marked on the axis of time: breaks of the series, and inspections by their dates."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from dashboard.components.text import bullets, inset
from dashboard.page import Node, node
from dashboard.svg.lines import Mark
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods

_MOST_DATED: Final = 4
"""Inspections with a mark: of more, names would lie on each other."""


def break_places(view: IndicatorView, shown: Sequence[str]) -> list[int]:
    """Return before which of the shown periods the definition or source changed."""
    changed = {one["period"] for one in view.indicator["breaks"]}
    return [place for place, period in enumerate(shown) if place and period in changed]


def dated_marks(view: IndicatorView, shown: Sequence[str], *, with_inspections: bool) -> list[Mark]:
    """Return the marks of the chart, in the order of time."""
    marks = [Mark(place - 0.5, "break", "break") for place in break_places(view, shown)]
    if with_inspections:
        marks += [
            Mark(place, f"inspected {periods.month_of_year(one['inspected_on'])}", "inspection")
            for one in _in_sight(view, shown)
            if (place := _place(view, shown, one["inspected_on"])) is not None
        ]
    return sorted(marks, key=lambda mark: mark.place)


def _in_sight(view: IndicatorView, shown: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return the newest inspections that began between the first and the last period."""
    dated = [one for one in view.over.inspections if one["inspected_on"]]
    newest = sorted(dated, key=lambda one: str(one["inspected_on"]), reverse=True)
    inside = [one for one in newest if _place(view, shown, one["inspected_on"]) is not None]
    return inside[:_MOST_DATED]


def _place(view: IndicatorView, shown: Sequence[str], day: str) -> float | None:
    """Return where a day lies between the ends of the shown periods; None outside of them."""
    ends = [date.fromisoformat(view.over.ends[period]) for period in shown]
    on = date.fromisoformat(day)
    for place, (before, after) in enumerate(pairwise(ends)):
        if before <= on <= after:
            return place + (on - before).days / max(1, (after - before).days)
    return None


def breaks_in_words(view: IndicatorView) -> Node:
    """Return what each break of the series is."""
    if not view.indicator["breaks"]:
        return None
    return [
        inset(node("Strong", f"Break from {periods.short(one['period'])}: "), one["note"])
        for one in view.indicator["breaks"]
    ]


def inspections_in_words(view: IndicatorView, shown: Sequence[str]) -> Node:
    """Return the inspections that are marked, with their dates and grades, and a caution."""
    held = _in_sight(view, shown)
    if not held or not view.chosen:
        return None
    items = [_inspection(one) for one in held]
    opening = f"Inspections of {view.chosen['name']} marked on the chart:"
    caution = node("P", _CAUTION, className="note")
    return node("Div", node("P", opening), bullets(items), caution)


_CAUTION: Final = (
    "The dates say when inspectors came and nothing about why a figure moved before or after."
)


def _inspection(one: Mapping[str, Any]) -> str:
    grade = str(one["grades"].get("overall") or "").replace("_", " ")
    graded = f": overall {grade}" if grade else ""
    read = ", read by machine from the report" if one["basis"] == "machine_read" else ""
    return f"{periods.day(one['inspected_on'])}, {one['kind'] or one['framework']}{graded}{read}"
