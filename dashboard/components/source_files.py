"""A publication, its files with their digests, and how its totals compare."""

from collections.abc import Sequence

from api.contract import SourceCard, SourceKind, TotalsMismatch
from dashboard.components.table import Column, table
from dashboard.components.text import bullets, code, section, summary_list
from dashboard.page import Node, link, node
from dashboard.state import State, source_address
from dashboard.views.source_view import SourceView
from dashboard.words import periods
from dashboard.words.numbers import number, plural

_UNRECORDED = "This release holds no record of the files that its figures were read from."


def publication_section(view: SourceView) -> Node:
    """Return what was published, by whom and when."""
    source = view.source
    if source["kind"] == SourceKind.COMPUTED:
        return None
    facts = summary_list(
        [
            ("Title", source["title"]),
            ("Publisher", source["publisher"]),
            ("Published on", _published(source)),
            ("Vintage", source["vintage"].replace("_", "-")),
            ("Designation", source["designation"]),
            ("Licence", source["licence"]),
            ("Where it is", link(source["url"], source["url"]) if source["url"] else ""),
            ("Id here", source["id"]),
        ]
    )
    is_return = source["kind"] == SourceKind.SUBMISSION
    return section("publication", "The return" if is_return else "The publication", facts)


def _published(source: SourceCard) -> str:
    day = periods.day(source["published_on"])
    unsure = source["published_on_basis"] == "not confirmed"
    return f"{day} (the day could not be confirmed)" if unsure else day


def files_section(view: SourceView) -> Node:
    """Return the files that were read."""
    source = view.source
    if source["kind"] != SourceKind.PUBLICATION:
        return None
    if not source["files"]:
        return section("files", "Files", node("P", _UNRECORDED))
    files = [
        [code(file["name"]), f": {plural(file['rows'], 'row')}, SHA-256 ", code(file["sha256"])]
        for file in source["files"]
    ]
    return section(
        "files",
        "Files",
        bullets(files),
        node(
            "P",
            "The SHA-256 is of the unpacked file: whoever finds the same for a file holds the same "
            "file.",
            className="note",
        ),
    )


def totals_section(view: SourceView) -> Node:
    """Return how published totals compare with the authorities in them."""
    source, id = view.source, view.state.indicator
    if source["kind"] != SourceKind.PUBLICATION or not source["files"]:
        return None
    totals = source["totals"]
    differ = [held for held in totals["mismatches"] if id in {"", held["indicator"]}]
    return section(
        "totals",
        "Do its totals add up?",
        node("P", _totals_words(source, has_own=bool(differ) or not id)),
        _mismatches(view, differ) if differ else None,
    )


def _totals_words(source: SourceCard, *, has_own: bool) -> str:
    totals = source["totals"]
    if not totals["compared"]:
        return "No total could be compared: the files give no counts of authorities to add up."
    compared = plural(totals["compared"], "published total")
    said = (
        f"{number(totals['agreed'])} of {compared} agree with the authorities in them, as far as "
        "rounding and hidden counts let them."
    )
    if totals["agreed"] == totals["compared"]:
        return said
    return f"{said} {_DIFFER if has_own else _OTHERS_DIFFER}"


_DIFFER = (
    "These do not; the likely cause is an authority without a count, for which the publisher has "
    "an estimate in the total. The figures are shown as published."
)
_OTHERS_DIFFER = "None of the others is of this indicator."


def _mismatches(view: SourceView, differ: Sequence[TotalsMismatch]) -> Node:
    columns = [
        Column("Period", is_short=True),
        Column("Totals that differ"),
        Column("Authorities without a count"),
        *([] if view.indicator else [Column("Indicator")]),
    ]
    rows = [
        (
            periods.short(held["period"]),
            _names(view, held["areas"]),
            _names(view, held["missing"]) or "none: the cause is not known",
            *([] if view.indicator else [_title(view, held["indicator"])]),
        )
        for held in differ
    ]
    return table("Totals that differ from their authorities", columns, rows)


def _title(view: SourceView, id: str) -> str:
    card = view.library.indicators.get(id)
    return card["short_title"] if card else id


def _names(view: SourceView, codes: Sequence[str]) -> str:
    areas = view.library.areas
    once = dict.fromkeys(codes)  # an area stands there once for each breakdown
    return ", ".join(areas[code]["name"] if code in areas else code for code in once)


def indicators_section(view: SourceView) -> Node:
    """Return the indicators that are read from a source, each with the way to its columns."""
    if view.indicator is not None:
        return None
    state = State(release=view.state.release)
    links = [
        link(
            view.library.indicators[id]["title"],
            source_address(view.source["id"], state.changed(indicator=id)),
        )
        for id in view.source["indicators"]
        if id in view.library.indicators
    ]
    none = "No figure of this release comes from it: newer publications have taken its place."
    return section("indicators", "Read from it", bullets(links) if links else node("P", none))
