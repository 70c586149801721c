"""The framework as a picture: its places with a line for each indicator, and its empty places."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from api.contract import FrameworkDomain, FrameworkPlace, IndicatorCard
from dashboard.components.text import hidden
from dashboard.page import Node, link, node
from dashboard.state import State, address, indicator_address
from dashboard.views.catalogue_view import CatalogueView
from dashboard.words.gaps import gap_words, gaps_sentence
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words
from dashboard.words.standing import arrow, differ_words, of_words, way_words

_GROUPS: Final = (
    ("outcome", "Outcomes", "what matters to children and families"),
    ("enabler", "Enablers", "what services need"),
    ("across", "Across all places", ""),
    ("", "Other places", "that indicators of this release name"),
)
_FOUR: Final = 4
"""So many places interlock in two columns."""
MARKS: Final[Mapping[str, str]] = {
    "outcome": "an outcome for children and families",
    "performance": "performance of services",
    "context": "context",
}


def place_id(place: FrameworkPlace) -> str:
    """Return the id of the section of a place in the list of indicators."""
    return place["id"]


def place_address(place: FrameworkPlace, state: State) -> str:
    """Return the address of the indicators of a place."""
    listed = address("/indicators", State(release=state.release))
    return f"{listed}#{place_id(place)}"


def framework_picture(view: CatalogueView, state: State) -> Node:
    """Return the picture; all of it is text and links."""
    groups = []
    for kind, title, note in _GROUPS:
        members = [place for place in view.places if place["kind"] == kind]
        if members:
            groups.append(_group(kind, title, note, members, view, state))
    return node(
        "Div",
        _key(view.library.country["name"]),
        *groups,
        *[_beside(place, state) for place in view.places if place["kind"] == "beside"],
        className="framework",
    )


def picture_sentence(places: Sequence[FrameworkPlace]) -> str:
    """Return how much of the framework has indicators, and why the rest has none."""
    kinds = Counter(place["kind"] for place in places)
    inside = [place for place in places if place["kind"] != "beside"]
    domains = [domain for place in inside for domain in place["domains"]]
    held = sum(len(domain["indicators"]) for domain in domains)
    filled = sum(bool(domain["indicators"]) for domain in domains)
    named = [plural(kinds[kind], kind) for kind in ("outcome", "enabler") if kinds[kind]]
    begin = f"{join_words(named)} with " if named else ""
    sentence = f"{begin}{plural(held, 'indicator')} in {plural(filled, 'place')}."
    empty = gaps_sentence([*(p["gap"] for p in inside), *(d["gap"] for d in domains)])
    return f"{sentence} {empty}".strip()


def kind_mark(kind: str) -> Node:
    """Return the mark of a kind of indicator; what it means is said beside it."""
    return node("Span", className=f"mark mark-{kind}", aria_hidden="true")


def _key(country: str) -> Node:
    kinds = [
        node("Span", kind_mark(kind), f" {words}", className="framework-key-item")
        for kind, words in MARKS.items()
    ]
    said = (
        f"Each line: the indicator (bold: core set), which way {country} goes, and how many "
        f"authorities differ from {country} beyond chance."
    )
    return node("P", *kinds, node("Span", said), className="framework-key note")


def _group(
    kind: str,
    title: str,
    note: str,
    members: Sequence[FrameworkPlace],
    view: CatalogueView,
    state: State,
) -> Node:
    said = node("Span", f" – {note}", className="note") if note else None
    look = " framework-four" if len(members) == _FOUR else ""
    return [
        node("H3", title, said, className="framework-heading"),
        node(
            "Ul",
            *[_place(place, view, state) for place in members],
            className=f"framework-places framework-{kind or 'other'}{look}",
        ),
    ]


def _place(place: FrameworkPlace, view: CatalogueView, state: State) -> Node:
    filled = [domain for domain in place["domains"] if domain["indicators"]]
    empty = [domain for domain in place["domains"] if not domain["indicators"]]
    return node(
        "Li",
        node("H4", link(place["area"], place_address(place, state)), className="framework-title"),
        _gap(place["gap"], "") if place["gap"] else None,
        *[_domain(domain, view, state) for domain in filled],
        node("Ul", *[node("Li", _gap(d["gap"], d["domain"])) for d in empty], className="gaps")
        if empty
        else None,
        className="framework-place is-empty" if place["gap"] else "framework-place",
    )


def _gap(gap: str, name: str) -> Node:
    words = gap_words(gap)
    return [node("Strong", name), f": {words[:1].lower()}{words[1:]}"] if name else node("P", words)


def _domain(domain: FrameworkDomain, view: CatalogueView, state: State) -> Node:
    cards = view.library.indicators
    lines = [_line(cards[id], view, state) for id in domain["indicators"] if id in cards]
    name = domain["domain"]
    return [
        node("P", name, className="framework-name") if name else None,
        node("Ul", *lines, className="framework-lines"),
    ]


def _line(card: IndicatorCard, view: CatalogueView, state: State) -> Node:
    trend, standing = view.trends.get(card["id"]), view.standings.get(card["id"])
    shown = indicator_address(card["id"], State(release=state.release))
    way = way_words(trend)
    is_told = trend is not None and trend["marker"] is not None
    core = ", core set" if card["is_core"] else ""
    return node(
        "Li",
        kind_mark(card["kind"]),
        node(
            "Span",
            link(card["short_title"], shown, title=card["title"]),
            hidden(f" ({card['kind']}{core}). {view.library.country['name']}: "),
            className="line-name is-core" if core else "line-name",
        ),
        node(
            "Span",
            node("Span", arrow(trend), className="arrow", aria_hidden="true"),
            f" {way if is_told else 'not known'}",
            hidden(way.removeprefix("not known")) if not is_told else None,
            className="line-way" if is_told else "line-way quiet",
            title=None if is_told else way,
        ),
        hidden(". Authorities that differ: "),
        node("Span", differ_words(standing), className=_look(standing)),
        hidden(of_words(standing)),
    )


def _look(standing: Mapping[str, object] | None) -> str:
    return "line-differ" if standing and standing["differ"] else "line-differ quiet"


def _beside(place: FrameworkPlace, state: State) -> Node:
    count = sum(len(domain["indicators"]) for domain in place["domains"])
    return node(
        "P",
        link(place["area"], place_address(place, state)),
        f": {plural(count, 'indicator')}. {place['description']}",
        className="framework-beside",
    )
