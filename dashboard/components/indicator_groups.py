"""The view of groups: whether they differ, their spread, and every authority in its group."""

from dashboard.components.figures import same_numbers, skippable
from dashboard.components.group_verdict import group_verdict
from dashboard.components.indicator_chart import to_table
from dashboard.components.indicator_panels import group_panels
from dashboard.components.indicator_tables import group_table, in_no_group
from dashboard.components.text import section
from dashboard.page import Node, link, node
from dashboard.state import State, address
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods


def groups_view(view: IndicatorView) -> Node:
    """Return the groups of the chosen grouping."""
    as_at = next((group["as_at"] for group in view.groups.data if group["as_at"]), None)
    note = view.grouping["note"].rstrip(".")
    stated = f"{note}: {periods.day(as_at)}." if note and as_at else f"{note}." if note else ""
    further = State(
        indicator=view.indicator["id"], compare=view.state.compare, area=view.state.area,
        period=view.state.period, release=view.state.release,
    )  # fmt: skip
    return [
        section(
            "groups",
            f"Groups: {view.grouping['title']}",
            group_verdict(view),
            node("P", f"{_COUNTED if view.is_count else _AS_A_WHOLE} {stated}"),
            group_table(view),
            in_no_group(view),
            node(
                "P",
                "Worked out from the ",
                link("figures in the table", to_table(view)),
                ". ",
                link("Filter groups, or cross two of them", address("/compare", further)),
                ".",
            ),
            same_numbers(view.groups.address, "the groups"),
        ),
        None if view.is_count else _panels(view),
    ]


_AS_A_WHOLE = (
    "The group as a whole counts every child of its authorities alike; the median is the authority "
    "in the middle. Only authorities with data count."
)
_COUNTED = "How many authorities of each group are counted, of those with data."


def _panels(view: IndicatorView) -> Node:
    return skippable(
        "within-groups",
        "Every authority in its group",
        "release",
        node(
            "P",
            f"Highest first. The solid line is {view.library.country['name']}, the dashed line the "
            "median of the group.",
        ),
        group_panels(view),
    )
