"""What stands out of an area's figures: against others, and against its own past; in few words."""

from collections.abc import Callable, Sequence
from typing import Final

from dashboard.components.authority_ways import page_address, way
from dashboard.components.text import outcome_tag, section
from dashboard.page import Node, link, node
from dashboard.report.line import Line
from dashboard.report.profile import DIFFERS, Profile
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words
from dashboard.words.periods import short

STANDING: Final = "stands-out"
MOST: Final = 3
"""Lines of each list."""
_PAST: Final = "Unlike its own past"
Clause = tuple[str, str]
"""An outcome, and than whom."""


def standing_section(profile: Profile) -> Node:
    """Return what differs beyond chance, the surest first; nothing where nothing does."""
    if not profile.unlike and not profile.changed:
        return None
    all_of_them = link("See them all", page_address(profile, only=DIFFERS))
    return section(
        STANDING,
        "What stands out",
        node("P", standing_sentence(profile), " ", all_of_them, className="standing-sentence"),
        node(
            "Div",
            _list(_others(profile), "unlike", first_of(profile.unlike), profile, unlike_clauses),
            _list(_PAST, "changed", first_of(profile.changed), profile, past_clauses)
            if _changes(profile)
            else None,
            className="standing",
        ),
    )


def standing_sentence(profile: Profile) -> str:
    """Return how many differ and how many changed, and what the lists leave out."""
    others = profile.country
    if profile.has_neighbours:
        others = f"{others} or its neighbours"
    changes = _changes(profile)
    said = [
        f"{len(profile.unlike)} of {plural(profile.comparable, 'comparable indicator')} differ "
        f"from {others} beyond chance"
    ]
    if changes:
        said.append(f"{len(profile.changed)} of {changes} changed since the period before")
    return f"{'; '.join(said)}."


def _changes(profile: Profile) -> int:
    """Return how many figures can be compared with the period before."""
    pasts = (line.past for line in profile.lines)
    return sum(bool(past and past.outcome and not past.reason) for past in pasts)


def _others(profile: Profile) -> str:
    of_neighbours = " (of neighbours, the median)" if profile.has_neighbours else ""
    return f"Unlike others{of_neighbours}"


def first_of(lines: Sequence[Line]) -> list[Line]:
    """Return the lines to show: no more than fit, and of context only where there is no other."""
    judged = [line for line in lines if line.kind != "context"]
    return (judged or list(lines))[:MOST]


def unlike_clauses(line: Line) -> list[Clause]:
    """Return `worse`, `England (29%) and neighbours (29%)` for each outcome."""
    told: dict[str, list[str]] = {}
    for held in line.differing:
        name = "neighbours" if held.model else held.name
        told.setdefault(held.outcome, []).append(f"{name} ({held.words})")
    return [(outcome, join_words(names)) for outcome, names in told.items()]


def past_clauses(line: Line) -> list[Clause]:
    """Return `better`, `in 2023 (39%)`."""
    if line.past is None:
        return []
    return [(line.past.outcome, f"in {short(line.past.period)} ({line.past.words})")]


def _list(
    title: str,
    id: str,
    lines: Sequence[Line],
    profile: Profile,
    clauses: Callable[[Line], list[Clause]],
) -> Node:
    items = [_item(line, profile, clauses(line)) for line in lines]
    none = node("P", "Nothing differs by more than chance.", className="note")
    return node(
        "Div",
        node("H3", title, id=id),
        node("Ul", *items, className="standing-lines") if items else none,
    )


def _item(line: Line, profile: Profile, clauses: Sequence[Clause]) -> Node:
    said: list[Node] = []
    for outcome, whom in clauses:
        said += [", " if said else " ", outcome_tag(outcome), f" than {whom}"]
    flags = f" ({line.flags})" if line.is_provisional else ""
    return node("Li", way(line, profile), " ", node("Strong", line.words), flags, *said)
