"""The pairs of indicators that are read together, each with why and with how they go together."""

from api.contract import PairCard
from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, lead
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address, pair_address
from dashboard.views.need_view import PROPORTIONALITY
from dashboard.views.pair_view import SCATTER
from dashboard.words.numbers import plural
from dashboard.words.pairs import correlation_words


async def page(client: ApiClient, state: State) -> Page:
    """Return the list of pairs."""
    found = await client.pairs(state.release)
    kept = State(area=state.area, model=state.model, release=state.release)
    sentence = (
        f"{plural(len(found.data), 'pair', 'pairs')} of indicators, either of which can mislead "
        "alone."
        if found.data
        else "This release has no pairs of indicators that are read together."
    )
    return Page(
        title="Read together",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading("Read together"),
            lead(sentence),
            *_ready_made(kept),
            node("P", _ABOUT) if found.data else None,
            *[_pair(card, kept) for card in found.data],
            same_numbers(found.address, "the pairs"),
            release_section(found.meta),
        ],
    )


def _ready_made(kept: State) -> list[Node]:
    """Return the views that stand before the pairs: intervention beside need, and any two."""
    return [
        node(
            "Section",
            node(
                "H2",
                link("Intervention beside need", address(PROPORTIONALITY, kept)),
                id="proportionality",
            ),
            node(
                "P",
                "Referrals, children in need and children in care, each beside deprivation: how an "
                "authority lies among those about as deprived as it is.",
            ),
            aria_labelledby="proportionality",
        ),
        node(
            "P",
            link("Put any two figures together", address(SCATTER, kept)),
            ": two indicators, or one and what the place is like.",
        ),
    ]


_ABOUT = (
    "A rank correlation says how far two figures go together over authorities, from −1 (opposite "
    "order) by 0 (no common order) to 1 (the same order). It is about authorities, not about "
    "children or families, and does not say that one brings about the other."
)


def _pair(card: PairCard, state: State) -> Node:
    return node(
        "Section",
        node("H2", link(card["title"], pair_address(card["id"], state)), id=f"pair-{card['id']}"),
        node("P", card["reason"]),
        node("P", correlation_words(card), className="note"),
        aria_labelledby=f"pair-{card['id']}",
    )
