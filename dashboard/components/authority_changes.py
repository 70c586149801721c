"""What changed since the period before by more than chance: outcomes beside performance."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.contract import ComparisonRow, ProfileRow
from dashboard.components.authority_figures import OWN_PAST, Profile
from dashboard.components.authority_sides import folded_context, sides
from dashboard.components.text import outcome_tag, section
from dashboard.page import Node, node
from dashboard.words.numbers import plural, quantity
from dashboard.words.outcomes import outcome_word
from dashboard.words.periods import when
from dashboard.words.trends import trend_words

CHANGED: Final = "changed"


def past_of(rows: Sequence[ProfileRow]) -> Mapping[str, ComparisonRow]:
    """Return by indicator the comparison with the area's own past."""
    return {
        row["indicator"]: compared
        for row in rows
        for compared in row["comparisons"]
        if compared["with"] == OWN_PAST
    }


def has_changes(profile: Profile) -> bool:
    """Say whether any figure changed by more than chance explains."""
    return any(_standing(row) for row in profile.rows)


def changes_section(profile: Profile) -> Node:
    """Return what changed since the period before, the surest and largest first; or nothing."""
    changed = sorted(filter(_standing, profile.rows), key=lambda row: _standing(row)["rank"])
    if not changed:
        return None
    able = sum(compared["p"] is not None for compared in profile.past.values())

    def line(row: ProfileRow) -> Node:
        return _line(row, profile)

    return section(
        CHANGED,
        "Changed since the period before",
        node(
            "P",
            f"In {len(changed)} of the {plural(able, 'indicator')} whose two latest figures can be "
            "compared, the change is more than chance explains, also when all are looked at "
            "together. First come the surest, and among these the largest changes. No change is "
            "told across a break in the series or in boundaries.",
        ),
        sides(CHANGED, changed, line, _changed, "None changed."),
        folded_context(changed, line, _changed),
    )


def _standing(row: ProfileRow) -> dict[str, Any]:
    """Return where a figure stands among what changed; nothing where it did not."""
    return next((held for held in row["stands_out"] if held["with"] == OWN_PAST), {})


def _changed(_: int) -> str:
    return "that changed"


def _line(row: ProfileRow, profile: Profile) -> Node:
    past = profile.past[row["indicator"]]
    measured = profile.library.indicators[row["indicator"]]["measured"]
    before = quantity(past["comparator_value"], row["unit"], row["decimals"])
    then = when(past["group"] or "", measured)
    going = trend_words(row["trend"], measured)
    return node(
        "Li",
        node(
            "Div",
            profile.way(row),
            " ",
            node("Strong", profile.amount(row)),
            className="line-head",
        ),
        node("Div", outcome_tag(outcome_word(past)), f" than {then} ({before})"),
        node("Div", f"Trend: {going}", className="note") if going else None,
        node("Div", profile.when(row)),
        className="line",
    )
