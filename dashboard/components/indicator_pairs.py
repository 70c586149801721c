"""The pairs that an indicator, or an authority, is read in: each a link to both figures."""

from typing import Final

from api.contract import AreaDetail, IndicatorDetail
from dashboard.components.text import bullets, section
from dashboard.page import Node, link, node
from dashboard.state import State, address, pair_address

READ_TOGETHER: Final = "read-together"


def read_together(indicator: IndicatorDetail, state: State) -> Node:
    """Return the section; nothing for an indicator that is in no pair."""
    if not indicator["pairs"]:
        return None
    kept = State(area=state.area, model=state.model, release=state.release)
    return section(
        READ_TOGETHER,
        "Read together with",
        node("P", "Either figure of a pair can mislead alone. Each link shows both, on one chart."),
        bullets(
            [
                node(
                    "Span",
                    link(pair["title"], pair_address(pair["id"], kept)),
                    f": with “{pair['with_title']}”.",
                )
                for pair in indicator["pairs"]
            ]
        ),
    )


def pairs_of_area(area: AreaDetail, state: State) -> Node:
    """Return the way from an authority to the pairs with it chosen; nothing for larger areas."""
    if area["kind"] != "authority":
        return None
    kept = State(area=area["code"], model=state.model, release=state.release)
    way = link(f"{area['name']} in pairs of indicators", address("/pairs", kept))
    words = "Either figure of a pair can mislead alone; each pair shows both on one chart: "
    return section(READ_TOGETHER, "Read together", node("P", words, way, "."))
