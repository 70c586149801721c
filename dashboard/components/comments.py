"""What authorities say of their figures, beside the number: in words and shape, not by colour."""

from collections.abc import Mapping, Sequence

from api.contract import CommentRow
from dashboard.components.text import section
from dashboard.page import Node, link, node
from dashboard.views.indicator_view import IndicatorView
from dashboard.words.comments import kind_and_reason, part_words, site_of, who_and_when
from dashboard.words.periods import label

SAID = "said"
"""The id of the section of an indicator's page."""


def comment(row: CommentRow, about: str = "") -> Node:
    """Return one comment; `about` says which part or period, where that is not plain."""
    kind, reason = kind_and_reason(row)
    head = ": ".join(filter(None, [kind, reason]))
    more = f"More of it at {site_of(row['link'])}"
    return node(
        "Blockquote",
        node(
            "P",
            node("Span", className=f"mark mark-{row['comment_kind']}", aria_hidden="true"),
            " ",
            node("Strong", head),
            f" ({about})" if about else "",
        ),
        node("P", row["text"], className="comment-text"),
        node("P", who_and_when(row), className="note"),
        node("P", link(more, row["link"], rel="nofollow noopener")) if row["link"] else None,
        className="comment",
    )


def comments_of(rows: Sequence[CommentRow], area: str) -> Mapping[tuple[str, str], list[Node]]:
    """Return the comments of an area as blocks, by indicator and period."""
    made: dict[tuple[str, str], list[Node]] = {}
    for row in rows:
        if row["area_code"] == area:
            made.setdefault((row["indicator"], row["period"]), []).append(
                comment(row, part_words(row, {}))
            )
    return made


def said_section(view: IndicatorView) -> Node:
    """Return what the chosen authority says of its figures, the shown period first."""
    chosen = view.chosen
    rows = [
        row
        for row in view.comments
        if chosen
        and row["area_code"] == chosen["code"]
        and row["indicator"] == view.indicator["id"]
    ]
    if chosen is None or not rows:
        return None
    rows.sort(key=lambda row: (row["period"] != view.period, row["period"]))
    return section(SAID, f"What {chosen['name']} says", *(_comment(view, row) for row in rows))


def _comment(view: IndicatorView, row: CommentRow) -> Node:
    part = part_words(row, view.indicator["breakdown_titles"])
    when = label(row["period"], view.measure.measured)
    return comment(row, ", ".join(filter(None, [when, part])))
