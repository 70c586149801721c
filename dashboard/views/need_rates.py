"""Which indicators say how much is done: the rates that the catalogue itself puts first."""

from api.contract import IndicatorCard
from dashboard.answers import Library
from dashboard.components.text import stage_place

_CONTEXT = "context"


def need_rates(library: Library) -> list[IndicatorCard]:
    """Return the core rates of all children in which neither way is good, from contact to care."""
    found = [
        card
        for card in library.indicators.values()
        if card["is_core"]
        and card["latest"]
        and card["kind"] == _CONTEXT
        and card["unit"].startswith("per ")
        and not card["family"]
    ]
    return sorted(found, key=lambda card: stage_place(card["stage"]))
