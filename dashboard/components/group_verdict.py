"""What is said above the table of groups: whether they differ at all, and with what caution."""

from dashboard.components.text import inset
from dashboard.page import Node, node
from dashboard.views.indicator_view import IndicatorView


def group_verdict(view: IndicatorView) -> Node:
    """Return the sentence of the test, which every row repeats; nothing where one is counted."""
    first = next(iter(view.groups.data), None)
    if first is None or first["sentence"] is None or view.is_count:
        return None
    caution = first["caution"]
    spread = node("P", _SPREAD, className="note") if first["groups_differ"] is not None else None
    return [
        node("P", node("Strong", first["sentence"])),
        inset(node("P", caution)) if caution else None,
        spread,
    ]


_SPREAD = (
    "About half of the authorities of a group lie within its middle half. Where the middle halves "
    "of two groups overlap, many authorities of one are like many of the other."
)
