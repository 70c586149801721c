"""Tables of groups: their spread, and every authority with its group."""

from api.contract import GroupRow
from dashboard.components.table import Column, Row, table
from dashboard.components.text import hidden
from dashboard.page import Node, link, node
from dashboard.state import State, authority_address
from dashboard.views.group_view import GroupView, missing_counts
from dashboard.words import periods
from dashboard.words.counts import counted_of, yes_or_no
from dashboard.words.groups import missing_words, with_data
from dashboard.words.numbers import number, span
from dashboard.words.statuses import flag_words, status_word


def spread_table(view: GroupView) -> Node:
    """Return one line for each group: median, spread, and the group as a whole."""
    when = periods.label(view.period or "", view.measure.measured)
    caption = f"{view.indicator['short_title']}, {when}: groups"
    if view.is_count:
        columns = [Column("Group"), Column("Counted"), Column("Note")]
        return table(caption, columns, [_counted(view, group) for group in view.rows])
    is_published = any(group["published_value"] is not None for group in view.rows)
    columns = [
        Column("Group"),
        Column("With data", is_number=True),
        Column("Median authority", is_number=True),
        Column("Middle half", is_number=True),
        Column("Its width", is_number=True),
        Column("Standard deviation", is_number=True),
        Column("Group as a whole", is_number=True),
        Column("95% interval", is_number=True),
        *([Column("Published", is_number=True)] if is_published else []),
        Column("Note"),
    ]
    rows = [_group(view, group, is_published=is_published) for group in view.rows]
    return table(caption, columns, rows, id="groups", look="wrapped-heads")


def _group(view: GroupView, group: GroupRow, *, is_published: bool) -> Row:
    measure = view.measure
    unit, decimals = measure.unit, measure.decimals
    return (
        group_name(view, group),
        with_data(group),
        measure.quantity(group["median"]),
        span(group["q25"], group["q75"], unit, decimals),
        number(group["iqr"], decimals + 1),
        number(group["sd"], decimals + 1),
        measure.quantity(group["pooled"]),
        span(group["pooled_ci_lower"], group["pooled_ci_upper"], unit, decimals),
        *([measure.quantity(group["published_value"])] if is_published else []),
        _note(group),
    )


def _counted(view: GroupView, group: GroupRow) -> Row:
    counted = counted_of(group["pooled"], group["units_counted"])
    return group_name(view, group), counted, _note(group)


def _note(group: GroupRow) -> str:
    notes = [missing_words(missing_counts(group)), flag_words(group["flags"])]
    return "; ".join(filter(None, notes))


def group_name(view: GroupView, group: GroupRow) -> Node:
    """Return the name of a group, marked where the chosen authority is in it."""
    own, label = view.chosen_group, view.label(group)
    if own is None or own["group"] != group["group"]:
        return label
    mark = node("Span", " ◆", aria_hidden="true")
    return [label, hidden(" (group of the chosen authority)"), mark]


def members_table(view: GroupView) -> Node:
    """Return every authority with its group and value, or why it has none; highest first."""
    kept = State(release=view.state.release)
    rows = [
        (
            link(member["name"], authority_address(member["code"], kept)),
            view.label(group),
            _value(view, member["value"], member["status"]),
        )
        for group in view.rows
        for member in sorted(
            group["areas"],
            key=lambda member: (member["value"] is None, -(member["value"] or 0), member["name"]),
        )
    ]
    value = Column("Value", is_number=True)
    return table("Authorities by group", [Column("Authority"), Column("Group"), value], rows)


def _value(view: GroupView, value: float | int | None, status: str | None) -> str:
    if value is None:
        return status_word(status)
    return yes_or_no(value) if view.is_count else view.measure.quantity(value)
