"""Which authorities are unlike the country by more than chance and ordinary variation."""

from typing import Final

from dashboard.components.figures import same_numbers
from dashboard.components.text import between
from dashboard.page import Node, link, node
from dashboard.views.indicator_view import IndicatorView
from dashboard.words.numbers import plural

_MOST_NAMED: Final = 20
_WHICH: Final = "which authorities are unusual"


def unusual(view: IndicatorView) -> Node:
    """Return the sentence that names them, or why nobody can say, with the rows behind it."""
    standing = view.standing
    if not standing.able:
        reason = standing.reason.rstrip(".")
        why = f": {reason[:1].lower()}{reason[1:]}" if reason else ""
        return node("P", f"Which authorities are unusual cannot be said{why}.")
    count = sum(map(len, standing.unusual.values()))
    of = plural(standing.able, "authority", "authorities")
    is_one = standing.able == 1
    verb = f"{'is' if count == 1 or is_one else 'are'} unusual"
    opening = f"{count or 'None'} of {of} that can be compared {verb}"
    beyond = (
        f"{opening}: unlike {view.library.country['name']} beyond chance and ordinary variation, "
        "also when all indicators of an authority are looked at together"
    )
    named = [_named(view, outcome, codes) for outcome, codes in sorted(standing.unusual.items())]
    names = [": ", *between(named, "; ")] if named else []
    return node("Div", node("P", beyond, names, "."), same_numbers(standing.address, _WHICH))


def _named(view: IndicatorView, outcome: str, codes: list[str]) -> Node:
    areas = [view.library.areas[code] for code in codes if code in view.library.areas]
    ordered = sorted(areas, key=lambda area: area["name"])
    links = [link(area["name"], view.address_of(area["code"])) for area in ordered[:_MOST_NAMED]]
    more = len(ordered) - len(links)
    return [f"{outcome} ", *between(links, ", "), f" and {more} more" if more else ""]
