"""The framework as a picture: its places as boxes that lead to their indicators, or are empty."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from api.contract import FrameworkDomain, FrameworkPlace, IndicatorCard
from dashboard.components.text import hidden
from dashboard.page import Node, link, node
from dashboard.words.gaps import gap_words, gaps_sentence
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words

Cards = Mapping[str, IndicatorCard]

_GROUPS: Final = (
    ("outcome", "Outcomes", "what matters to children and families"),
    ("enabler", "Enablers", "what services need"),
    ("across", "Across all places", ""),
    ("", "Other places", "that indicators of this release name"),
)
_MARKS: Final = ("outcome", "performance", "context")
_KEY: Final[Mapping[str, str]] = {
    "outcome": "an outcome for children and families",
    "performance": "performance of services",
    "context": "context",
}


def place_id(place: int) -> str:
    """Return the id of the section of a place, by where it stands in the framework."""
    return f"place-{place}"


def domain_id(place: int, domain: int) -> str:
    """Return the id of the part of a section that holds a domain."""
    return f"place-{place}-{domain}"


def framework_picture(places: Sequence[FrameworkPlace], cards: Cards) -> Node:
    """Return the picture; what it says stands in its caption, and every box is text."""
    numbered = list(enumerate(places))
    groups = []
    for kind, title, note in _GROUPS:
        members = [(n, place) for n, place in numbered if place["kind"] == kind]
        if members:
            groups.append(_group(kind, title, note, members, cards))
    return node(
        "Figure",
        node("Figcaption", picture_sentence(places), " ", _key(), id="framework-caption"),
        *groups,
        _beside(numbered),
        className="framework",
        aria_labelledby="framework-caption",
    )


def picture_sentence(places: Sequence[FrameworkPlace]) -> str:
    """Return what the picture shows, for those who do not see it."""
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


def _key() -> Node:
    items = [
        node("Span", _mark(kind), f" {_KEY[kind]}", className="framework-key-item")
        for kind in _MARKS
    ]
    return node("Span", "One mark for each indicator: ", *items, className="framework-key")


def _group(
    kind: str, title: str, note: str, members: Sequence[tuple[int, FrameworkPlace]], cards: Cards
) -> Node:
    said = node("Span", f" – {note}", className="note") if note else None
    return [
        node("H3", title, said, className="framework-heading"),
        node(
            "Ul",
            *[_place(number, place, cards) for number, place in members],
            className=f"framework-places framework-{kind or 'other'}",
        ),
    ]


def _place(number: int, place: FrameworkPlace, cards: Cards) -> Node:
    return node(
        "Li",
        node("P", link(place["area"], f"#{place_id(number)}"), className="framework-title"),
        node("P", place["description"], className="note") if place["description"] else None,
        _why(place["gap"], place["why_empty"]),
        node(
            "Ul",
            *[_domain(domain_id(number, n), d, cards) for n, d in enumerate(place["domains"])],
            className="framework-domains",
        )
        if place["domains"]
        else None,
        className="framework-place" if not place["gap"] else "framework-place is-empty",
    )


def _domain(id: str, domain: FrameworkDomain, cards: Cards) -> Node:
    kinds = [cards[one]["kind"] for one in domain["indicators"] if one in cards]
    name = domain["domain"] or "All its indicators"
    if not kinds:
        return node(
            "Li",
            node("Span", name, className="framework-name"),
            _why(domain["gap"], domain["why_empty"]),
            className="is-empty",
        )
    marks = [_mark(kind) for kind in _MARKS for _ in range(kinds.count(kind))]
    counted = [f"{kinds.count(kind)} {kind}" for kind in _MARKS if kind in kinds]
    return node(
        "Li",
        link(name, f"#{id}", className="framework-name"),
        hidden(f": {plural(len(kinds), 'indicator')}, {join_words(counted)}"),
        node("Span", *marks, className="framework-marks", aria_hidden="true"),
    )


def _why(gap: str, reason: str) -> Node:
    if not gap:
        return None
    return node("P", node("Strong", f"{gap_words(gap)}. "), reason, className="framework-why")


def _mark(kind: str) -> Node:
    return node("Span", className=f"mark mark-{kind}", aria_hidden="true")


def _beside(numbered: Sequence[tuple[int, FrameworkPlace]]) -> Node:
    return [
        node(
            "P",
            link(place["area"], f"#{place_id(number)}"),
            f": {plural(sum(len(d['indicators']) for d in place['domains']), 'indicator')}. "
            f"{place['description']}",
            className="framework-beside",
        )
        for number, place in numbered
        if place["kind"] == "beside"
    ]
