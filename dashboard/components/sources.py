"""Where figures come from: release, sources, designation, dates."""

from collections.abc import Sequence

from api.contract import IndicatorDetail, Meta, SourceCard
from dashboard.components.text import section, summary_list
from dashboard.page import Node, link, node
from dashboard.state import State, source_address
from dashboard.words.periods import day


def source_line(indicator: IndicatorDetail, held: str, way: Node = None) -> Node:
    """Return which figures are held, who published them when, and the way to where one stands."""
    newest = newest_source(indicator["sources"])
    if newest is not None and is_from_returns(newest):
        said = "Made of returns of authorities: provisional, not published statistics"
    else:
        published = f", published on {day(newest['published_on'])}" if newest else ""
        said = f"{indicator['publisher']}{published}"
    return node(
        "P", node("Strong", "Latest figures held: "), f"{held}. {said}. ", way, className="held"
    )


def designation_words(indicator: IndicatorDetail) -> str:
    """Return as what the newest figures came out; a publisher's word is not given to returns."""
    newest = newest_source(indicator["sources"])
    if newest is not None and is_from_returns(newest):
        return newest["designation"] or "From returns of authorities"
    return indicator["designation"]


def is_from_returns(source: SourceCard) -> bool:
    """Say whether a source is a return of an authority, and no publication."""
    return source["kind"] == "submission"


def newest_source(sources: Sequence[SourceCard]) -> SourceCard | None:
    """Return the source published last."""
    return max(sources, key=lambda source: source["published_on"], default=None)


def figure_source_link(
    source: str, indicator: str, area: str, period: str, release: str = "", words: Node = "source"
) -> Node:
    """Return the link to where one figure comes from; nothing where no source is known.

    `area` may be blank: then it leads to how all figures of the period are read.
    """
    if not source:
        return None
    state = State(indicator=indicator, area=area, period=period, release=release)
    return link(words, source_address(source, state), className="source-link")


def source_item(source: SourceCard, indicator: str = "", release: str = "") -> Node:
    """Return one source with its vintage, date, designation, licence, and what is read of it."""
    title = link(source["title"], source["url"]) if source["url"] else source["title"]
    facts = [
        source["publisher"],
        f"published on {day(source['published_on'])}" if source["published_on"] else "",
        source["designation"],
        source["licence"],
    ]
    read = source_address(source["id"], State(indicator=indicator, release=release))
    said = f" – {'; '.join(filter(None, facts))}. "
    return node("Span", title, said, link("Files, columns and totals", read), ".")


def release_section(meta: Meta) -> Node:
    """Return what a page is made from, for its foot."""
    return section(
        "release",
        "This page",
        summary_list(
            [
                ("Release", meta["release"]),
                ("Published here", day(meta["published_at"])),
                ("Licence", meta["licence"]),
                ("Attribution", meta["attribution"]),
                ("Standing", meta["not_official"]),
            ]
        ),
    )


def release_line(meta: Meta) -> Node:
    """Return the same in one line, for pages that are read at a glance."""
    return node(
        "P",
        f"Release {meta['release']}, published here on {day(meta['published_at'])}. "
        f"{meta['licence']}. {meta['attribution']} {meta['not_official']}",
        className="note wide release-line",
    )
