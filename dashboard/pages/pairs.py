"""The pairs of indicators that are read together, each with why and with how they go together."""

from api.contract import PairCard
from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, lead
from dashboard.page import Node, Page, link, node
from dashboard.state import State, pair_address
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
            node("P", _ABOUT) if found.data else None,
            *[_pair(card, kept) for card in found.data],
            same_numbers(found.address, "the pairs"),
            release_section(found.meta),
        ],
    )


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
