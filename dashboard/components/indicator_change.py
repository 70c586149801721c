"""The change since the period before: its words, and where both values come from."""

from api.contract import AreaCard
from dashboard.components.area_history import began_between, began_words
from dashboard.components.indicator_tables import view_source_link
from dashboard.page import Node, node
from dashboard.views.indicator_view import OWN_PAST, IndicatorView
from dashboard.words import periods
from dashboard.words.counts import counted_change
from dashboard.words.outcomes import change_sentence
from dashboard.words.trends import beyond_chance


def change_words(view: IndicatorView, subject: AreaCard) -> str:
    """Return the change of an area in a sentence."""
    if began_between(view) and subject["code"] == view.state.area and not view.break_note:
        return began_words(view, subject)
    value = view.value_of(subject["code"])
    before = view.value_of(subject["code"], view.previous) if view.previous else None
    if view.is_count and view.previous and not view.break_note:
        is_authority = subject["kind"] == "authority"
        return counted_change(value, before, view.previous, view.measure, is_authority=is_authority)
    return change_sentence(value, before, view.previous, view.measure, view.break_note)


def chance_words(view: IndicatorView, subject: AreaCard) -> str:
    """Return whether the change of the chosen authority is more than chance; nothing of others."""
    if subject["code"] != view.state.area or view.break_note or view.is_count:
        return ""
    if None in (view.value_of(subject["code"]), view.value_of(subject["code"], view.previous)):
        return ""
    past = (row for row in view.compared_with_all if row["with"] == OWN_PAST)
    own = next((row for row in past if row["group"] == view.previous), None)
    return beyond_chance(own) if own else ""


def change_sources(view: IndicatorView) -> Node:
    """Return links to where each value of the drawing comes from."""
    links: list[Node] = []
    for code, name, _ in _who(view):
        for period in filter(None, (view.previous, view.period)):
            row = view.row_of(code, period)
            words = f"{name} {periods.short(period)}"
            found = view_source_link(view, row, words) if row and row["source"] else None
            links += [", " if links else None, found] if found else []
    return node("P", "Sources: ", links, ".", className="same-numbers") if links else None


def _who(view: IndicatorView) -> list[tuple[str, str, str]]:
    """Return code, name and look of the areas whose change is shown."""
    country = view.library.country
    chosen = None if view.is_country_only else view.chosen
    shown = [(country["code"], country["name"], "country")]
    if chosen:
        region = view.library.areas.get(chosen["region"] or "")
        shown += [(region["code"], region["name"], "region")] if region else []
        shown.append((chosen["code"], chosen["name"], "own"))
    return shown
