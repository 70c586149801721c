"""The pairs that an indicator is in, each a link to where the two are read together."""

from api.contract import IndicatorDetail
from dashboard.components.text import bullets, section
from dashboard.page import Node, link, node
from dashboard.state import State, pair_address


def read_together(indicator: IndicatorDetail, state: State) -> Node:
    """Return the section; nothing for an indicator that is in no pair."""
    if not indicator["pairs"]:
        return None
    kept = State(area=state.area, model=state.model, release=state.release)
    return section(
        "read-together",
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
