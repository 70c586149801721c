"""The siblings of an indicator, each with its latest figure: the same for other groups."""

from collections.abc import Sequence

from api.contract import IndicatorCard, InequalityRow, Status
from dashboard.components.text import hidden
from dashboard.page import Node, link, node
from dashboard.state import indicator_address
from dashboard.views.indicator_view import IndicatorView, carried
from dashboard.words import periods
from dashboard.words.counts import counts_authorities, figure_words
from dashboard.words.outcomes import Measure
from dashboard.words.statuses import status_word

_MOST_OPEN = 6
"""Siblings up to which all are shown; more are folded up."""

_ENDS = (": ", ", ")
"""What stands between the part of a title that siblings share and their own."""


def family_line(view: IndicatorView) -> Node:
    """Return links to the siblings with their figures for the chosen area or the country."""
    siblings = view.beside.siblings
    if not siblings:
        return None
    shared = shared_words([view.indicator["short_title"], *(s["short_title"] for s in siblings)])
    opening = "The same for others" if shared else "In the same family"
    unit = _common_unit([view.indicator, *siblings])
    whose = ", ".join(filter(None, [view.shown_area["name"], unit, _earlier(view)]))
    items = node("Ul", *[_sibling(view, card, shared, unit) for card in siblings])
    if len(siblings) <= _MOST_OPEN:
        return node("Div", node("P", f"{opening} ({whose}):"), items, className="family")
    title = node("Span", f"{opening}: {len(siblings)} indicators", className="fold-title")
    where = node("Span", f" ({whose})", className="note")
    return node("Details", node("Summary", title, where), items, className="family fold")


def _earlier(view: IndicatorView) -> str:
    """Return the shown period where it is not the latest, which the line above names."""
    is_latest = view.period == view.indicator["latest"]
    return "" if is_latest else periods.label(view.period, view.measure.measured)


def _common_unit(cards: Sequence[IndicatorCard]) -> str:
    """Return the unit of rates, so that it need not stand with each; blank for any other."""
    units = {card["unit"] for card in cards}
    return units.pop() if len(units) == 1 and min(units).startswith("per ") else ""


def shared_words(titles: Sequence[str]) -> str:
    """Return the words with which all titles begin, up to a colon or comma; blank for none."""
    for end in _ENDS:
        head, found, _ = titles[0].partition(end)
        if found and all(title.startswith(head + found) for title in titles):
            return head + found
    return ""


def _sibling(view: IndicatorView, card: IndicatorCard, shared: str, unit: str) -> Node:
    own = card["short_title"].removeprefix(shared)
    words = [hidden(shared) if shared else None, own]
    kept = carried(view.state)
    said = _figure(view, card, _row(view, card), unit)
    return node("Li", link(words, indicator_address(card["id"], kept)), f" {said}")


def _row(view: IndicatorView, card: IndicatorCard) -> InequalityRow | None:
    """Return its figure of the shown period, else its latest."""
    held, code = view.beside.of_siblings, view.shown_area["code"]
    shown = held.get((card["id"], code, view.period))
    return shown or held.get((card["id"], code, card["latest"] or ""))


def _figure(view: IndicatorView, card: IndicatorCard, row: InequalityRow | None, unit: str) -> str:
    if row is None:
        return "no figure"
    measure = Measure.of(card)
    if row["status"] != Status.OK:
        said = status_word(row["status"])
    elif unit or counts_authorities(card["unit"]):
        said = figure_words(row, measure, is_authority=view.kind_of(row) == "authority")
    else:
        said = measure.amount(row["value"])
    is_other = row["period"] != view.period
    return f"{said} ({periods.label(row['period'], measure.measured)})" if is_other else said
