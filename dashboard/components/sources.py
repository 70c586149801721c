"""Where figures come from: release, sources, designation, dates."""

from collections.abc import Sequence

from api.contract import IndicatorDetail, Meta, SourceCard
from dashboard.components.text import section, summary_list
from dashboard.page import Node, link, node
from dashboard.words.periods import day


def source_line(indicator: IndicatorDetail, held: str) -> Node:
    """Return which figures are held and who published them when."""
    newest = newest_source(indicator["sources"])
    published = f", published on {day(newest['published_on'])}" if newest else ""
    return node(
        "P",
        node("Strong", "Latest figures held: "),
        f"{held}. {indicator['publisher']}{published}.",
        className="held",
    )


def newest_source(sources: Sequence[SourceCard]) -> SourceCard | None:
    """Return the source published last."""
    return max(sources, key=lambda source: source["published_on"], default=None)


def source_item(source: SourceCard) -> Node:
    """Return one source with its vintage, date, designation and licence."""
    title = link(source["title"], source["url"]) if source["url"] else source["title"]
    facts = [
        source["publisher"],
        f"published on {day(source['published_on'])}" if source["published_on"] else "",
        source["designation"],
        source["licence"],
    ]
    return node("Span", title, f" – {'; '.join(filter(None, facts))}.")


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
