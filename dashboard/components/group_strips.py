"""The chart of groups: a strip for each, and all that goes with it."""

from collections.abc import Sequence

from api.contract import GroupMember, GroupRow
from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.group_tables import spread_table
from dashboard.components.sources import is_from_returns, newest_source
from dashboard.state import State, address, authority_address
from dashboard.svg.strips import Line, Member, Strip, group_strips, key_symbol
from dashboard.views.group_choice import NEIGHBOURS
from dashboard.views.group_view import NO_JUDGEMENT, GroupView
from dashboard.views.narrowing import narrowing_words
from dashboard.words import periods
from dashboard.words.groups import held_sentence, range_sentence, with_data

KIND = "groups_strip"


def strips_chart(view: GroupView) -> Chart:
    """Return the chart of a view that has at least one figure."""
    title = chart_title(view)
    summary = chart_summary(view)
    line = None
    if view.country_value is not None:
        country = view.library.country["name"]
        name = f"{country} {view.measure.quantity(view.country_value)}"
        line = Line(name, float(view.country_value))
    svg = group_strips(
        KIND,
        title,
        summary,
        [*_alone(view), *(_strip(view, group) for group in view.shown)],
        line,
        view.measure.unit,
        from_zero=view.state.axis == "zero",
    )
    return Chart(
        kind=KIND,
        subject="",
        state=view.state,
        title=title,
        summary=summary,
        svg=svg,
        meta=view.meta,
        source=source_words(view),
        rows_address=view.groups.address,
        table=spread_table(view),
        key=_key(view),
        note=_note(view),
        page_address=address("/compare", view.state),
    )


def chart_title(view: GroupView) -> str:
    """Return what is shown, when, of whom."""
    when = periods.label(view.period or "", view.measure.measured)
    title = f"{view.heading}, {when}"
    said = narrowing_words(view.state, view.classes)
    return f"{title} (only {said})" if said else title


def chart_summary(view: GroupView) -> str:
    """Return what the chart says: over how many authorities, and where the medians lie."""
    named = [(view.label(group), group) for group in view.shown]
    country = view.library.country["name"]
    return " ".join(
        filter(
            None,
            [
                range_sentence(named, view.measure, country, view.country_value),
                held_sentence(view.rows),
            ],
        )
    )


def source_words(view: GroupView) -> str:
    """Return publisher and publication of the figures, with the day."""
    newest = newest_source(view.indicator["sources"])
    if newest is None:
        return f"{view.indicator['publisher']}."
    if is_from_returns(newest):
        return "returns of authorities, provisional."
    published = f", published on {periods.day(newest['published_on'])}"
    return f"{newest['publisher']}, {newest['title']}{published if newest['published_on'] else ''}."


def _note(view: GroupView) -> str:
    said = []
    if view.as_at:
        said.append(
            f"Judgements are those in force on {periods.day(view.as_at)}; a difference between "
            "grades does not show its cause."
        )
    said.append(
        "About half of the authorities of a group lie in its box. Where boxes overlap, many "
        "authorities of one group are like many of another."
    )
    return " ".join(said)


def _strip(view: GroupView, group: GroupRow) -> Strip:
    measure = view.measure
    members = tuple(
        _member(view, member, group) for member in group["areas"] if member["value"] is not None
    )
    median = group["median"]
    return Strip(
        name=view.label(group),
        count=with_data(group),
        figures=f"median {measure.quantity(median)}" if median is not None else "",
        members=members,
        q25=group["q25"],
        median=median,
        q75=group["q75"],
        together=group["pooled"],
        lower=group["pooled_ci_lower"],
        upper=group["pooled_ci_upper"],
        is_apart=group["group"] == NO_JUDGEMENT,
    )


def _alone(view: GroupView) -> list[Strip]:
    """Return the chosen authority on a line of its own, where its neighbours are the group."""
    row, chosen = view.own_row, view.chosen
    if view.state.compare != NEIGHBOURS or row is None or chosen is None or row["value"] is None:
        return []
    name, figure = chosen["name"], view.measure.amount(row["value"])
    way = authority_address(chosen["code"], State(release=view.state.release))
    own = Member("", f"{name}: {figure}", float(row["value"]), way, is_chosen=True)
    figures = view.measure.quantity(row["value"])
    return [Strip(name, "", figures, (own,), None, None, None, None, None, None)]


def _member(view: GroupView, member: GroupMember, group: GroupRow) -> Member:
    figure = view.measure.amount(member["value"])
    return Member(
        name=member["name"],
        label=f"{member['name']}: {figure}, {view.label(group)}",
        value=float(member["value"] or 0),
        address=address("/compare", view.state.changed(area=member["code"])),
        is_chosen=member["code"] == view.state.area,
    )


def _key(view: GroupView) -> Sequence[KeyItem]:
    is_together = any(group["pooled"] is not None for group in view.shown)
    is_marked = bool(view.chosen_group) or bool(_alone(view))
    lines = [
        ("dot", "an authority"),
        ("half", "the middle half of the group"),
        ("middle", "the median authority"),
        ("together", "the group as a whole, with its 95% interval") if is_together else None,
        ("country", view.library.country["name"]) if view.country_value is not None else None,
        ("chosen", view.chosen["name"]) if is_marked and view.chosen else None,
    ]
    return [KeyItem(key_symbol(held[0]), held[1]) for held in lines if held]
