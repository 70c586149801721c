"""The figures of an area beside those that it was made from or became: shown, and never joined."""

from collections.abc import Sequence

from api.contract import AreaCard, IndicatorDetail, ObservationRow, Status
from dashboard.answers import Library
from dashboard.components.table import Column, table
from dashboard.page import Node, link, node
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods
from dashboard.words.counts import own_amount
from dashboard.words.history import before_it_began, history_sentence, kin_name
from dashboard.words.statuses import status_reason


def kin_of(area: AreaCard, library: Library) -> list[AreaCard]:
    """Return the areas that one was made from, or became if it has ended."""
    codes = area["successors"] if area["last_day"] else area["predecessors"]
    return [library.areas[code] for code in codes if code in library.areas]


def before_and_after(
    rows: Sequence[ObservationRow],
    card: IndicatorDetail,
    chosen: AreaCard,
    kin: Sequence[AreaCard],
) -> Node:
    """Return the sentence and the table of an area's figures and those of its kin, by period."""
    lines = [
        (periods.short(row["period"]), kin_name(area), _figure(row, card))
        for period in card["periods"]
        for area in (*kin, chosen)
        for row in rows
        if (row["area_code"], row["period"]) == (area["code"], period)
    ]
    columns = [Column("Period"), Column("Area"), Column("Figure", is_number=True)]
    return node(
        "Div",
        node("P", history_sentence(chosen, kin)),
        table("Figures before and after the change of areas", columns, lines),
    )


def _figure(row: ObservationRow, card: IndicatorDetail) -> str:
    if row["status"] != Status.OK:
        return status_reason(row["status"])
    return own_amount(row["value"], card["unit"], card["decimals"])


def began_between(view: IndicatorView) -> bool:
    """Say whether the chosen area has no figure in the period before because it began later."""
    chosen, previous = view.chosen, view.previous
    if chosen is None or previous is None or not chosen["first_day"]:
        return False
    before = view.row_of(view.library.country["code"], previous)
    is_own = view.value_of(chosen["code"], previous) is not None
    return before is not None and not is_own and before["period_start"] < chosen["first_day"]


def began_words(view: IndicatorView, chosen: AreaCard) -> str:
    """Return what stands in place of the change of an area that began between the periods."""
    previous = view.previous or ""
    figures = [
        (area["name"], value)
        for area in kin_of(chosen, view.library)
        if (value := view.value_of(area["code"], previous)) is not None
    ]
    return before_it_began(chosen, figures, previous, view.measure)


def history_links(view: IndicatorView) -> Node:
    """Return links to this indicator for the areas that the chosen one was made from."""
    chosen = view.chosen
    kin = kin_of(chosen, view.library) if chosen and not view.ended_on else []
    if not chosen or not kin:
        return None
    links = [
        piece
        for place, area in enumerate(kin)
        for piece in (
            ", " if place else None,
            link(
                f"{area['name']} up to {periods.day(area['last_day'])}",
                view.address_of(area["code"]),
            ),
        )
        if piece
    ]
    return node("P", "Figures before it began: ", links, ".", className="same-numbers")
