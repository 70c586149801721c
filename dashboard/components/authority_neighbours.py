"""Statistical neighbours on the page of an authority: their names, and the way to all of it."""

from collections.abc import Sequence
from typing import Final

from api.contract import AreaDetail, NeighbourRow
from dashboard.answers import Reply
from dashboard.components.text import between, section
from dashboard.page import Node, link, node
from dashboard.state import State, authority_address, neighbours_address
from dashboard.words.names import with_article

SECTION: Final = "neighbours"
_TITLE: Final = "Statistical neighbours"
_HOW_TESTED: Final = (
    "Against neighbours, the median is the value of the one in the middle and the mean their "
    "average; the test compares the authority with all of them taken together."
)


def neighbours_section(area: AreaDetail, reply: Reply[list[NeighbourRow]], state: State) -> Node:
    """Return the neighbours in the model that is shown, by name."""
    newest = next((row["model"] for row in reply.data), "")
    model = state.model or newest
    shown = [row for row in reply.data if row["model"] == model]
    if not shown:
        which = f"model of {model} names" if model else "models name"
        said = f"The {which} no statistical neighbours of {with_article(area['name'])}."
        return section(SECTION, _TITLE, node("P", said), _more(area, state) if newest else None)
    return section(
        SECTION,
        _TITLE,
        node("P", f"By the model of {model}, nearest first: ", *_names(shown, state), "."),
        _more(area, state),
        node("P", _HOW_TESTED, className="note"),
    )


def _names(rows: Sequence[NeighbourRow], state: State) -> list[Node]:
    return between(
        [
            link(row["name"], authority_address(row["code"], State(release=state.release)))
            for row in rows
        ],
        ", ",
    )


def _more(area: AreaDetail, state: State) -> Node:
    kept = State(release=state.release, model=state.model)
    words = "Who they are, how alike, and what changes with other ones"
    return node("P", link(words, neighbours_address(area["code"], kept)))
