"""The chosen authority beside others: its comparisons, or what is left of one that has ended."""

from api.contract import AreaCard
from dashboard.components.area_history import kin_of
from dashboard.components.figures import same_numbers
from dashboard.components.indicator_chart import to_table
from dashboard.components.indicator_tables import comparator_words, comparison_table
from dashboard.components.text import bullets, section
from dashboard.page import Node, link, node
from dashboard.state import State, authority_address, indicator_address
from dashboard.views.indicator_view import OWN_PAST, IndicatorView
from dashboard.words import periods
from dashboard.words.agreement import agreement_words
from dashboard.words.names import with_article
from dashboard.words.outcomes import outcome_of


def beside_others(view: IndicatorView) -> Node:
    """Return the section of the chosen authority; nothing where none is chosen."""
    chosen = view.chosen
    if chosen is not None and view.ended_on:
        return _last_view(view, chosen)
    if chosen is not None and view.begins_on:
        return _before_it(view, chosen)
    if chosen is None or view.comparisons is None:
        return None
    return section(
        "compared",
        f"{chosen['name']} beside others",
        _agreement(view),
        comparison_table(view, view.compared_with_all),
        _without_neighbours(view),
        node(
            "P",
            "" if view.is_count else _SIMILAR,
            link("How figures are compared", "/about#method"),
            " · ",
            link(
                f"All indicators of {with_article(chosen['name'])}",
                authority_address(chosen["code"], State(release=view.state.release)),
            ),
        ),
        same_numbers(view.comparisons.address, "the comparisons", with_sources=to_table(view)),
    )


def _agreement(view: IndicatorView) -> Node:
    """Return on how many comparators the conclusion rests."""
    others = [row for row in view.compared_with_all if row["with"] != OWN_PAST]
    outcomes: dict[str, list[str]] = {}
    for row in others:
        outcomes.setdefault(outcome_of(row), []).append(comparator_words(view, row))
    words = "" if view.is_count else agreement_words(outcomes)
    return node("P", words) if words else None


_SIMILAR = "“Similar” means no more different than chance and ordinary variation explain. "


def _without_neighbours(view: IndicatorView) -> Node:
    reason = view.reason_without_neighbours
    return node("P", f"{reason}.") if reason else None


def _before_it(view: IndicatorView, chosen: AreaCard) -> Node:
    """Return the ways to what is held of those that an authority was made from, and of itself."""
    shown = periods.label(view.period, view.measure.measured)
    ways = [
        link(f"{area['name']}, {shown}", view.address_of(area["code"]))
        for area in kin_of(chosen, view.library)
    ]
    latest = view.state.changed(period="")
    ways.append(
        link(
            f"The latest figure of {with_article(chosen['name'])}",
            indicator_address(view.indicator["id"], latest, subject=""),
        )
    )
    return section("compared", f"{chosen['name']} beside others", bullets(ways))


def _last_view(view: IndicatorView, chosen: AreaCard) -> Node:
    """Return the ways to what is held of an authority that had ended."""
    release = State(release=view.state.release)
    last = view.last_held
    shown = view.state.changed(period=last["period"]) if last else view.state
    words = "Its last figure beside others"
    ways = [
        link(words, indicator_address(view.indicator["id"], shown, subject="")) if last else None,
        link(
            "What took its place, and its last figures", authority_address(chosen["code"], release)
        ),
    ]
    return section(
        "compared", f"{chosen['name']} beside others", bullets([way for way in ways if way])
    )
