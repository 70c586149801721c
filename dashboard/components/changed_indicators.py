"""What is new in a release and how much of each indicator differs, with the way to every figure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.contract import MOST_JSON_ROWS, Paths
from dashboard.asking import csv_address, filled
from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.components.publications import edition_words
from dashboard.components.table import Column, Row, table
from dashboard.components.text import bullets, hidden, summary_list
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address, release_address
from dashboard.views.release_view import ReleaseView
from dashboard.words.changes import KINDS, size_words
from dashboard.words.numbers import number, plural
from dashboard.words.outcomes import join_words
from dashboard.words.periods import short

MOST_SHOWN: Final = 15


def what_is_new(view: ReleaseView) -> Node:
    """Return the indicators, periods and publications that an earlier release does not have."""
    earlier = view.earlier
    if earlier is None:
        return None
    held = {source["id"] for source in earlier["sources"]}
    new = [source for source in view.release["sources"] if source["id"] not in held]
    periods = [one for one in view.release["periods"] if one not in set(earlier["periods"])]
    facts = summary_list(
        [
            ("New indicators", _new_indicators(view)),
            ("New periods", join_words([_period(one) for one in periods]) if periods else ""),
            ("New publications", bullets(edition_words(new)) if new else ""),
        ]
    )
    none = node("P", "No indicator, period or publication is new.")
    return facts if facts["props"].get("children") else none


def _period(period: str) -> str:
    return f"{short(period)} ({period})"


def _new_indicators(view: ReleaseView) -> Node:
    changes = view.release["changes"]
    new = changes["new_indicators"] if changes and changes["since"] == view.since else []
    links = [
        link(view.title(id), indicator_address(id, State(release=view.id)))
        for id in new
        if id in view.library.indicators
    ]
    return bullets(links) if links else ""


def indicators_table(client: ApiClient, view: ReleaseView) -> Node:
    """Return how many figures of each indicator differ and by how much."""
    rows = sorted(view.revisions, key=lambda row: -row["revised"])
    kinds = [kind for kind in KINDS if any(row[kind] for row in rows)]
    if not kinds:
        return None
    columns = [
        Column("Indicator"),
        *(Column(KINDS[kind].capitalize(), is_number=True) for kind in kinds),
        Column("Of figures shown", is_number=True),
        Column("Usual revision", is_number=True),
        Column("Largest revision", is_number=True),
    ]
    lines = [_row(view, row, kinds) for row in rows if any(row[kind] for kind in kinds)]
    rest = lines[MOST_SHOWN:]
    return [
        table(
            "Where most figures were revised" if rest else "Figures that differ, by indicator",
            columns,
            lines[:MOST_SHOWN],
            look="wrapped-heads",
        ),
        _folded(
            f"{plural(len(rest), 'more indicator')}",
            table("Other indicators with figures that differ", columns, rest, is_headed=True),
        )
        if rest
        else None,
        node("P", _SIZES, className="note"),
        _full_list(client, view),
    ]


def _folded(title: str, content: Node) -> Node:
    summary = node("Summary", node("Span", title, className="fold-title"))
    return node("Details", summary, content, className="fold")


_SIZES = (
    "Choose an indicator to see each figure. The usual revision is the median of those with a "
    "number before and after, regardless of direction; for percentages in points. Parts such as "
    "age groups count as figures too. What was suppressed or withdrawn has no size."
)


def _row(view: ReleaseView, row: Mapping[str, Any], kinds: Sequence[str]) -> Row:
    id = row["indicator"]
    measure = view.measure(id)
    return (
        link(
            [view.title(id), hidden(": every figure that differs")],
            release_address(view.id, view.state, subject="", indicator=id),
        ),
        *(number(row[kind]) for kind in kinds),
        number(row["figures"]),
        *(
            size_words(row[size], measure.unit, measure.decimals) if row["with_size"] else ""
            for size in ("median_size", "largest_size")
        ),
    )


def _full_list(client: ApiClient, view: ReleaseView) -> Node:
    """Return the links to the full list; a very long one is given as a file alone."""
    path = filled(Paths.RELEASE_CHANGES, release=view.id)
    every = client.address_of(path, since=view.state.against)
    if sum(view.counts.values()) <= MOST_JSON_ROWS:
        return same_numbers(every, "all changes")
    file = link("CSV of all changes", csv_address(every))
    return node("P", "The full list: ", file, className="same-numbers")
