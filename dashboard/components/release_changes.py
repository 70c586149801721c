"""What differs in a release from the one before: counts, what is new, and where all of it is."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.contract import MOST_JSON_ROWS, ChangesSummary, ReleaseDetail, SourceCard
from dashboard.answers import Library
from dashboard.asking import csv_address
from dashboard.components.figures import same_numbers
from dashboard.components.publications import edition_words
from dashboard.components.revision_sizes import revision_sizes
from dashboard.components.table import Column, table
from dashboard.components.text import bullets, section
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.words.numbers import number, plural
from dashboard.words.outcomes import join_words

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "new": ("new figure", "New"),
    "revised": ("revised", "Revised"),
    "newly_suppressed": ("newly suppressed", "Newly suppressed"),
    "no_longer_suppressed": ("no longer suppressed", "No longer suppressed"),
    "withdrawn": ("withdrawn", "Withdrawn"),
}
"""Kinds of changes: as counted in a sentence, and as the head of a column."""


def changes_section(release: ReleaseDetail, library: Library, state: State, address: str) -> Node:
    """Return what differs; `address` is that of the full list."""
    changes = release["changes"]
    return section(
        "changes",
        "What differs in this release",
        node("P", changes_sentence(release["id"], changes)),
        _details(changes, release["sources"], library, state, address)
        if changes and changes["since"]
        else None,
    )


def changes_sentence(release: str, changes: ChangesSummary | None) -> str:
    """Return how many figures differ from the release before."""
    if changes is None:
        return f"Release {release} was put together before changes were counted."
    if changes["since"] is None:
        return (
            f"Release {release} is the first one held here, so there is none to compare it with. "
            "Later ones will say here what they change."
        )
    told = [
        plural(count, words) if kind == "new" else f"{count:,} {words}"
        for kind, (words, _) in _KINDS.items()
        if (count := changes["kinds"].get(kind, 0))
    ]
    against = f"Release {release} against release {changes['since']}"
    return f"{against}: {join_words(told)}." if told else f"{against}: no figure differs."


def _details(
    changes: ChangesSummary,
    sources: Sequence[SourceCard],
    library: Library,
    state: State,
    address: str,
) -> Node:
    return [
        _new_indicators(changes, library, state),
        _new_publications(changes, sources),
        _by_indicator(changes["indicators"], library, state),
        revision_sizes(changes["indicators"], library, state, address),
        _full_list(changes, address),
    ]


def _full_list(changes: ChangesSummary, address: str) -> Node:
    """Return the links to the full list; a very long one is given as a file alone."""
    if sum(changes["kinds"].values()) <= MOST_JSON_ROWS:
        return same_numbers(address, "all changes")
    file = link("CSV of all changes", csv_address(address))
    return node("P", "The full list: ", file, className="same-numbers")


def _new_indicators(changes: ChangesSummary, library: Library, state: State) -> Node:
    new = [id for id in changes["new_indicators"] if id in library.indicators]
    items = [_named(id, library, state) for id in new]
    return _folded("changes-indicators", plural(len(new), "new indicator"), bullets(items), new)


def _new_publications(changes: ChangesSummary, sources: Sequence[SourceCard]) -> Node:
    new = edition_words([one for one in sources if one["id"] in changes["new_sources"]])
    return _folded("changes-sources", plural(len(new), "new publication"), bullets(new), new)


def _by_indicator(rows: Sequence[Mapping[str, Any]], library: Library, state: State) -> Node:
    kinds = [kind for kind in _KINDS if any(row[kind] for row in rows)]
    columns = [Column("Indicator"), *(Column(_KINDS[kind][1], is_number=True) for kind in kinds)]
    lines = [
        (_named(row["indicator"], library, state), *(number(row[kind]) for kind in kinds))
        for row in rows
    ]
    return _folded(
        "changes-counts",
        f"Changed figures of {plural(len(rows), 'indicator')}",
        table("Figures that differ, by indicator", columns, lines, is_headed=True),
        rows,
    )


def _named(id: str, library: Library, state: State) -> Node:
    card = library.indicators.get(id)
    if card is None:
        return id
    return link(card["title"], indicator_address(id, State(release=state.release)))


def _folded(id: str, title: str, content: Node, held: Sequence[Any]) -> Node:
    if not held:
        return None
    summary = node("Summary", node("Span", title, className="fold-title"))
    return node("Details", summary, content, id=id, className="fold")
