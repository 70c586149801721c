"""What is unlike others: the indicators in which an area differs, outcomes beside performance."""

from collections.abc import Sequence
from typing import Final

from api.contract import ProfileRow
from dashboard.components.authority_figures import (
    Profile,
    best_rank,
    compared_words,
    differing,
    is_any_compared,
    is_neighbours,
)
from dashboard.components.authority_sides import folded_context, sides
from dashboard.components.text import between, inset, outcome_tag, section
from dashboard.page import Node, link, node
from dashboard.words.differences import in_brackets
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words, outcome_word

UNLIKE: Final = "unlike"


def has_differences(profile: Profile) -> bool:
    """Say whether an area differs from country or neighbours in any indicator."""
    return any(differing(row) for row in profile.rows)


def differences_section(profile: Profile) -> Node:
    """Return what differs, in at most twelve lines and the rest folded; nothing if nothing does."""
    if not has_differences(profile):
        return None
    unlike = in_order([row for row in profile.rows if differing(row)])

    def line(row: ProfileRow) -> Node:
        return _line(row, profile)

    return section(
        UNLIKE,
        "Unlike others",
        node("P", _said(profile, len(unlike))),
        inset(node("P", _unsaid(profile), link("How figures are compared", "/about#method"), ".")),
        sides(UNLIKE, unlike, line, _differ, "None differs."),
        folded_context(unlike, line, _differ),
    )


def in_order(rows: Sequence[ProfileRow]) -> list[ProfileRow]:
    """Return first what differs from both, then the surest and among these the largest."""
    return sorted(rows, key=lambda row: (-len(differing(row)), best_rank(row)))


def _said(profile: Profile, unlike: int) -> str:
    """Return what the list says."""
    country = profile.library.country["name"]
    able = sum(is_any_compared(row) for row in profile.rows)
    others, order = country, ""
    if _has_neighbours(profile):
        others = f"{country} or its statistical neighbours"
        order = (
            " First come those that differ from both, then the surest, and among these the largest "
            "differences."
        )
    return (
        f"In {unlike} of the {plural(able, 'indicator')} that can be compared, the figure differs "
        f"from {others} by more than chance explains, also when all are looked at together.{order}"
    )


def _unsaid(profile: Profile) -> str:
    """Return what the list does not say."""
    country = profile.library.country["name"]
    allowed = (
        f"Against {country}, we also allow for how much authorities ordinarily differ; against "
        "neighbours we do not, so that more stands out. "
    )
    return (
        f"{allowed if _has_neighbours(profile) else ''}“Higher” and “lower” are said where no "
        "direction is good. A difference does not say why, nor how much it matters. What is not "
        "listed is similar or cannot be compared, which is not the same as good. Whether a "
        f"conclusion depends on the comparator is looked at with {country}, the region, the "
        "neighbours of every model, and all authorities of the same type. "
    )


def _has_neighbours(profile: Profile) -> bool:
    return any(is_neighbours(c) for row in profile.rows for c in row["comparisons"])


def _differ(count: int) -> str:
    return "that differs" if count == 1 else "that differ"


def _line(row: ProfileRow, profile: Profile) -> Node:
    return node(
        "Li",
        node(
            "Div",
            profile.way(row),
            " ",
            node("Strong", profile.amount(row)),
            className="line-head",
        ),
        node("Div", between(_clauses(row, profile), ", ")),
        node("Div", agreed, className="note") if (agreed := profile.agreement(row)) else None,
        node("Div", profile.when(row)),
        className="line",
    )


def _clauses(row: ProfileRow, profile: Profile) -> list[Node]:
    """Return `worse than …` for each outcome, with whom it is told of and their figures."""
    said: dict[str, list[str]] = {}
    for compared in differing(row):
        name = "neighbours" if is_neighbours(compared) else profile.comparator(compared)
        words = f"{name}{in_brackets(compared_words(row, compared))}"
        said.setdefault(outcome_word(compared), []).append(words)
    return [
        node("Span", outcome_tag(word), f" than {join_words(names)}")
        for word, names in said.items()
    ]
