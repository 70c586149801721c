"""When each publication came out, and what is known of the next time."""

from collections.abc import Sequence

from api.contract import SourceCard
from dashboard.components.publications import by_publication
from dashboard.components.table import Column, Row, table
from dashboard.page import Node, link, node
from dashboard.words.outcomes import join_words
from dashboard.words.periods import day, month

NOT_KNOWN = (
    "The dates on which publications come out next are not in the figures held here, so none is "
    "given. Publishers announce them on their own pages, which the names lead to."
)


def calendar_table(sources: Sequence[SourceCard]) -> Node:
    """Return for each publication its newest edition, the ones before, and the months of all."""
    held = [(name, cards) for name, cards in by_publication(sources)]
    held.sort(key=lambda one: one[1][0]["published_on"], reverse=True)
    columns = [
        Column("Publication"),
        Column("Last came out"),
        Column("Edition", is_short=True),
        Column("Came out before"),
        Column("Next"),
    ]
    return [
        node("P", NOT_KNOWN),
        table(
            "Publications, the newest first",
            columns,
            [_row(*one) for one in held],
            is_headed=True,
        ),
    ]


def _row(name: str, sources: Sequence[SourceCard]) -> Row:
    newest = sources[0]
    days = list(dict.fromkeys(source["published_on"] for source in sources))
    doubt = " (day not confirmed)" if newest["published_on_basis"] == "not confirmed" else ""
    return (
        link(name, newest["url"]) if newest["url"] else name,
        f"{day(newest['published_on'])}{doubt}",
        newest["vintage"].replace("_", "-"),
        "; ".join(map(day, days[1:])) or "no earlier edition held",
        _next_words(days),
    )


def _next_words(days: Sequence[str]) -> str:
    months = list(dict.fromkeys(month(one) for one in days if one))
    if len(days) == 1 or not months:
        return "Not known"
    so_far = f"{len(days)} editions held came out in {join_words(months)}"
    return f"Not known; {so_far}"
