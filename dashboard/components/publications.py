"""The publications that a release is made from, and how their totals compare."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from api.contract import AreaCard, IndicatorCard, SourceCard, SourceKind, TotalsMismatch
from dashboard.components.table import Column, Row, table
from dashboard.components.text import bullets, sentence_case
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address, source_address
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words
from dashboard.words.periods import day, label

_MOST_NAMES: Final = 6
_NOT_CONFIRMED: Final = "not confirmed"

Areas = Mapping[str, AreaCard]


def publication_of(source: SourceCard) -> str:
    """Return the publication that a table is part of: its title up to the colon."""
    return source["title"].partition(": ")[0]


def by_publication(sources: Sequence[SourceCard]) -> list[tuple[str, list[SourceCard]]]:
    """Return publications by name, each with its sources, the newest first."""
    published = [source for source in sources if source["kind"] == SourceKind.PUBLICATION]
    ordered = sorted(published, key=lambda source: source["published_on"], reverse=True)
    ordered.sort(key=publication_of)
    return [(name, list(held)) for name, held in groupby(ordered, key=publication_of)]


def publications_table(sources: Sequence[SourceCard]) -> Node:
    """Return what was published when, under which designation and licence."""
    columns = [
        Column("Publication"),
        Column("Vintages and when they were published"),
        Column("Designation and licence"),
    ]
    rows = [_publication(name, held) for name, held in by_publication(sources)]
    return table("Publications in this release", columns, rows)


def _publication(name: str, sources: Sequence[SourceCard]) -> Row:
    newest = sources[0]
    title = link(name, newest["url"]) if newest["url"] else name
    designations = dict.fromkeys(sentence_case(source["designation"]) for source in sources)
    licences = dict.fromkeys(source["licence"] for source in sources)
    return (
        [title, node("Span", newest["publisher"], className="note")],
        node("Ul", *_vintages(sources), className="plain"),
        [
            "; ".join(filter(None, designations)),
            node("Span", "; ".join(filter(None, licences)), className="note"),
        ],
    )


def _vintages(sources: Sequence[SourceCard]) -> list[Node]:
    items = []
    for (vintage, published, basis), held in groupby(sources, key=_edition):
        doubt = ", day not confirmed" if basis == _NOT_CONFIRMED else ""
        said = f"{vintage.replace('_', '-')}: {day(published)}{doubt}"
        items.append(node("Li", said, node("Span", _tables(held), className="count")))
    return items


def _tables(held: Iterable[SourceCard]) -> str:
    return f" ({plural(len(list(held)), 'table')})"


def edition_words(sources: Sequence[SourceCard]) -> list[str]:
    """Return each edition of each publication in words, with how many tables are of it."""
    return [
        f"{name}, {vintage.replace('_', '-')}, published on {day(published)}{_tables(held)}"
        for name, of_one in by_publication(sources)
        for (vintage, published, _), held in groupby(of_one, key=_edition)
    ]


def _edition(source: SourceCard) -> tuple[str, str, str]:
    return source["vintage"], source["published_on"], source["published_on_basis"]


def tables_by_publication(sources: Sequence[SourceCard], state: State) -> list[Node]:
    """Return the tables of each publication, folded up, with the way to their files."""
    release = State(release=state.release)
    folds = []
    for name, held in by_publication(sources):
        items = [
            node(
                "Span",
                link(_table_title(source), source_address(source["id"], release)),
                f" – {source['vintage'].replace('_', '-')}, "
                f"{plural(len(source['indicators']), 'indicator')}",
            )
            for source in held
        ]
        folds.append(_fold(name, plural(len(held), "table"), bullets(items)))
    return folds


def indicators_by_publication(
    sources: Sequence[SourceCard], cards: Mapping[str, IndicatorCard], state: State
) -> list[Node]:
    """Return which indicators have a figure of each publication, folded up."""
    folds = []
    for name, held in by_publication(sources):
        ids = {id for source in held for id in source["indicators"]}
        shown = [card for id, card in cards.items() if id in ids]
        release = State(release=state.release)
        items = [link(card["title"], indicator_address(card["id"], release)) for card in shown]
        folds.append(_fold(name, plural(len(shown), "indicator"), bullets(items)))
    return folds


def _table_title(source: SourceCard) -> str:
    return sentence_case(source["title"].partition(": ")[2] or source["title"])


def totals_sentence(sources: Sequence[SourceCard]) -> str:
    """Return how many published totals agree with the authorities in them."""
    compared = sum(source["totals"]["compared"] for source in sources)
    agreed = sum(source["totals"]["agreed"] for source in sources)
    if not compared:
        return "No published totals were compared with their authorities."
    return (
        f"{compared:,} published totals of counts were compared with the sum of the authorities in "
        f"them, allowing for rounding: {agreed:,} agree and {compared - agreed:,} do not."
    )


def totals_by_publication(
    sources: Sequence[SourceCard], areas: Areas, measured: Mapping[str, str]
) -> list[Node]:
    """Return by publication which periods do not add up, and which authorities are missing.

    `measured` says of each indicator whether it is of a day or of a whole period.
    """
    folds = []
    for name, held in by_publication(sources):
        compared = sum(source["totals"]["compared"] for source in held)
        agreed = sum(source["totals"]["agreed"] for source in held)
        mismatches = [m for source in held for m in source["totals"]["mismatches"]]
        if mismatches:
            folds.append(
                _fold(
                    name,
                    f"{agreed:,} of {compared:,} agree",
                    table(
                        f"{name}: totals that differ",
                        [Column("Period"), Column("Indicators"), Column("Authorities missing")],
                        _by_period(mismatches, areas, measured),
                        is_headed=True,
                    ),
                )
            )
    return folds


def _by_period(
    mismatches: Iterable[TotalsMismatch], areas: Areas, measured: Mapping[str, str]
) -> list[Row]:
    ordered = sorted(mismatches, key=lambda held: held["period"], reverse=True)
    rows: list[Row] = []
    for period, of_period in groupby(ordered, key=lambda held: held["period"]):
        held = list(of_period)
        ids = {one["indicator"] for one in held}
        missing = dict.fromkeys(code for one in held for code in one["missing"])
        names = sorted(areas[code]["name"] if code in areas else code for code in missing)
        how = measured.get(held[0]["indicator"], "during")
        rows.append((sentence_case(label(period, how)), len(ids), _named(names)))
    return rows


def _named(names: Sequence[str]) -> str:
    if not names:
        return "None: the reason is not known"
    if len(names) <= _MOST_NAMES:
        return join_words(names)
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} and {len(names) - _MOST_NAMES} more"


def _fold(title: str, count: str, *content: Node) -> Node:
    return node(
        "Details",
        node(
            "Summary",
            node("Span", title, className="fold-title"),
            node("Span", f" – {count}", className="note"),
        ),
        *content,
        className="fold",
    )
