"""The tables of an indicator's page: comparisons, groups, and the table twin of its charts."""

from collections.abc import Callable, Sequence
from typing import Any

from api.contract import ComparisonRow, GroupRow, ObservationRow, Status
from dashboard.components.sources import figure_source_link
from dashboard.components.table import Column, Row, sort_choice, table
from dashboard.components.text import hidden, inset, outcome_tag, sentence_case
from dashboard.page import Node, link, node
from dashboard.state import authority_address, indicator_address
from dashboard.views.indicator_view import OWN_PAST, TYPE, IndicatorView
from dashboard.words import periods
from dashboard.words.counts import compared_count, counted_of, figure_words
from dashboard.words.names import with_article
from dashboard.words.numbers import NO_VALUE, number, signed, span, unit_heading
from dashboard.words.outcomes import outcome_word, reason_sentence
from dashboard.words.statuses import flag_words, status_word


def comparator_words(view: IndicatorView, row: ComparisonRow) -> str:
    """Return what a value is compared with, as words that fit into a sentence."""
    chosen, named = view.chosen, row["with"]
    if named == "england":
        return view.library.country["name"]
    if named == "region":
        region = chosen["region_name"] if chosen else None
        return with_article(region) if region else "its region"
    if named.startswith("neighbours"):
        return "its statistical neighbours"
    if named == OWN_PAST:
        before = periods.label(row["group"] or "", view.measure.measured)
        return f"itself, {before}" if row["group"] else "itself"
    if named == TYPE and view.state.compare != "area_type":
        return f"the others of its type ({chosen['type_label'] if chosen else row['group']})"
    group = view.group_of.get(row["area_code"])
    named = f"the group “{group['label']}”" if group else f"its group by {view.grouping['title']}"
    return f"{named} without {with_article(chosen['name'])}" if chosen else named


def comparison_table(view: IndicatorView, rows: list[ComparisonRow]) -> Node:
    """Return how the chosen authority compares, one line for each comparator."""
    name = view.chosen["name"] if view.chosen else ""
    figure = Column("Figure", is_number=not view.is_count)  # a count comes in words
    columns = [Column("Compared with"), Column(f"{name} is"), figure]
    if not view.is_count:
        columns += [
            Column("Difference", is_number=True),
            Column("Members with data", is_number=True),
        ]
    return table(
        f"{name} compared, {periods.label(view.period, view.measure.measured)}",
        columns,
        [
            _comparison(view, row, is_new=row["reason"] not in [r["reason"] for r in rows[:place]])
            for place, row in enumerate(rows)
        ],
    )


def _comparison(view: IndicatorView, row: ComparisonRow, *, is_new: bool) -> Row:
    """Return one line; a reason that the lines above gave already is not given again."""
    words = comparator_words(view, row)
    plain = {"england", "region", TYPE, OWN_PAST}
    is_group = row["with"] not in plain and not row["model"]
    by = node("Span", view.grouping["title"], className="note") if is_group else None
    head = [words[0].upper() + words[1:], by]
    outcome = [outcome_tag(outcome_word(row)), _because(row, is_new=is_new)]
    if view.is_count:
        return head, outcome, compared_count(row)
    members = f"{row['members_with_data']} of {row['members']}" if row["members"] else NO_VALUE
    difference = signed(row["difference"], view.measure.decimals)
    return head, outcome, _compared_figure(view, row), difference, members


def _compared_figure(view: IndicatorView, row: ComparisonRow) -> Node:
    quantity = view.measure.quantity
    figure = quantity(row["comparator_value"])
    beside = ""
    if row["statistic_shown"] == "median":
        figure = f"median {figure}"
        beside = f"mean {quantity(row['mean'])}, together {quantity(row['pooled'])}"
    elif row["statistic_shown"] == "pooled":
        figure = f"together {figure}"
        beside = f"median of all {quantity(row['median'])}"
    return [figure, node("Span", beside, className="note") if beside else None]


def _because(row: ComparisonRow, *, is_new: bool) -> Node:
    reason = reason_sentence(row["reason"]) if is_new and row["reason"] else ""
    notes = " ".join(filter(None, [reason, sentence_case(flag_words(row["flags"]))]))
    return node("Span", notes, className="note") if notes else None


def group_table(view: IndicatorView) -> Node:
    """Return the groups with their pooled value, median and spread."""
    caption = f"{view.indicator['short_title']}, {view.grouping['title']}"
    is_published = any(group["published_value"] is not None for group in view.groups.data)
    name = Column(view.grouping["title"])
    if view.is_count:
        rows = [_counted_group(view, group) for group in view.groups.data]
        return table(caption, [name, Column("Counted"), Column("Note")], rows)
    columns = [
        name,
        Column("With data", is_number=True),
        Column("Median authority", is_number=True),
        Column("Middle half", is_number=True),
        Column("Group as a whole", is_number=True),
        Column("95% interval", is_number=True),
        *([Column("Published", is_number=True)] if is_published else []),
        Column("Note"),
    ]
    return table(
        caption,
        columns,
        [_group(view, group, is_published=is_published) for group in view.groups.data],
    )


def in_no_group(view: IndicatorView) -> Node:
    """Return which authorities are in none of the groups and why, as the API says it."""
    named = f"“{view.grouping['title']}”"
    said = [
        warning.rstrip(".").replace(view.grouping["grouping"], named)
        for warning in view.groups.meta["warnings"]
    ]
    without = [row for row in view.of_level("authority") if row["area_code"] not in view.group_of]
    if without and not said:
        are = "authority is" if len(without) == 1 else "authorities are"
        said = [f"{len(without)} {are} in no group, because none is held for them"]
    about = link("How judgements read by machine are treated", "/about#problems")
    is_judged = any(group["as_at"] for group in view.groups.data)
    lines = [node("P", f"{warning}.") for warning in said]
    return inset(*lines, node("P", about) if is_judged else None) if lines else None


def _group(view: IndicatorView, group: GroupRow, *, is_published: bool) -> Row:
    unit, decimals = view.measure.unit, view.measure.decimals
    return (
        _group_name(view, group),
        f"{group['members_with_data'] or 0} of {group['members']}",
        view.measure.quantity(group["median"]),
        span(group["q25"], group["q75"], unit, decimals),
        view.measure.quantity(group["pooled"]),
        span(group["pooled_ci_lower"], group["pooled_ci_upper"], unit, decimals),
        *([view.measure.quantity(group["published_value"])] if is_published else []),
        flag_words(group["flags"]),
    )


def _counted_group(view: IndicatorView, group: GroupRow) -> Row:
    counted = counted_of(group["pooled"], group["units_counted"])
    return _group_name(view, group), counted, flag_words(group["flags"])


def _group_name(view: IndicatorView, group: GroupRow) -> Node:
    own = view.group_of.get(view.state.area)
    if own is None or own["group"] != group["group"]:
        return group["label"]
    return [group["label"], hidden(" (group of the chosen authority)"), _mark()]


def _mark() -> Node:
    return node("Span", " ◆", aria_hidden="true")


_SORTS: dict[str, Callable[[ObservationRow], Any]] = {
    "name": lambda row: row["area_name"],
    "value": lambda row: row["value"],
    "numerator": lambda row: row["numerator"],
    "denominator": lambda row: row["denominator"],
}


def values_table(view: IndicatorView, rows: Sequence[ObservationRow]) -> Node:
    """Return the table twin: larger areas, then some authorities, with interval, parts, reason."""
    columns = [
        _sortable(view, "name", "Area", is_number=False),
        _sortable(view, "value", f"Value ({unit_heading(view.measure.unit)})"),
        Column("95% interval", is_number=True),
        _sortable(view, "numerator", "Numerator"),
        _sortable(view, "denominator", "Denominator"),
        Column(view.grouping["title"]),
        Column("Note"),
        Column("Source"),
    ]
    label = periods.label(view.period, view.measure.measured)
    return table(
        f"{view.indicator['short_title']}, {label}: all areas",
        columns,
        [_area(view, row) for row in view.of_level("country", "region")],
        [_area(view, row) for row in rows],
        id="all-areas",
    )


def _sortable(view: IndicatorView, sort: str, title: str, *, is_number: bool = True) -> Column:
    following, current = sort_choice(view.state.sort, sort)
    address = indicator_address(view.indicator["id"], view.state, sort=following, subject="")
    return Column(title, is_number, f"{address}#values", current)


def sorted_rows(view: IndicatorView) -> list[ObservationRow]:
    """Return the rows of authorities in the chosen order, those without a figure last."""
    rows = sorted(view.of_level("authority"), key=_SORTS["name"])
    key = _SORTS.get(view.state.sort.removeprefix("-"))
    if key is None:
        return rows
    known = [row for row in rows if key(row) is not None]
    ordered = sorted(known, key=key, reverse=view.state.sort.startswith("-"))
    return ordered + [row for row in rows if key(row) is None]


def _area(view: IndicatorView, row: ObservationRow) -> Row:
    code, measure = row["area_code"], view.measure
    is_authority = view.kind_of(row) == "authority"
    group = view.group_of.get(code)
    name: Node = (
        link(row["area_name"], authority_address(code)) if is_authority else row["area_name"]
    )
    return (
        [name, _mark(), hidden(" (chosen)")] if code == view.state.area else name,
        figure_words(row, measure, is_authority=is_authority)
        if row["status"] == Status.OK
        else link(status_word(row["status"]), f"/missing#{row['status']}"),
        span(row["ci_lower"], row["ci_upper"], measure.unit, measure.decimals),
        _count(row["numerator"]),
        _count(row["denominator"]),
        group["label"] if group else "",
        _note(row, view),
        view_source_link(view, row),
    )


def view_source_link(view: IndicatorView, row: ObservationRow, words: Node = "source") -> Node:
    """Return the link to where a figure of this page comes from, a missing one included."""
    return figure_source_link(
        row["source"] or view.usual_source,
        row["indicator"],
        row["area_code"],
        row["period"],
        view.state.release,
        words,
    )


def _count(value: float | int | None) -> str:
    """Write a whole count as it is, and a part of an average with one decimal."""
    return number(value, 0 if value is None or float(value).is_integer() else 1)


def _note(row: ObservationRow, view: IndicatorView) -> str:
    notes = [flag_words(row["flags"])]
    if row["source"] == "computed":
        notes.append("computed by this service")
    if row["source_symbol"]:
        notes.append(f"published as “{row['source_symbol']}”")
    if not view.library.areas[row["area_code"]]["is_rankable"] and view.kind_of(row) == "authority":
        notes.append("too few children to rank")
    return ", ".join(filter(None, notes))
