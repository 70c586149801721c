"""How a release protects small counts: its policy, what that protects and what it does not."""

from api.contract import DisclosureCard
from dashboard.components.table import Column, table
from dashboard.components.text import section
from dashboard.page import Node, node
from dashboard.words.numbers import number

DISCLOSURE = "disclosure"
"""The id of the section."""


def disclosure_section(card: DisclosureCard) -> Node:
    """Return what a release says of hidden figures."""
    published = (
        f"Publishers hide {number(card['hidden_by_publishers'])} of the figures in this release. "
        "We show their signs as they are, hide none of their figures again, and work none out."
    )
    if not card["policy"]:
        none = "It holds no return of an authority, so that there is nothing else to protect."
        return section(DISCLOSURE, "Hidden figures", node("P", f"{published} {none}"))
    return section(
        DISCLOSURE,
        "Hidden figures",
        node("P", published),
        node(
            "P",
            "Figures that we work out from authorities’ returns are under the disclosure policy ",
            node("Strong", card["policy"]),
            f": {card['title']}. {_counted(card['hidden'])} hidden.",
        ),
        node("P", f"Why this policy was chosen: {card['reason']}") if card["reason"] else None,
        _statements(card),
    )


def _counted(hidden: int) -> str:
    return {0: "None of them is", 1: "One of them is"}.get(hidden, f"{number(hidden)} of them are")


def _statements(card: DisclosureCard) -> Node:
    if not card["statements"]:
        return None
    columns = [Column("What"), Column("Protected"), Column("What that means")]
    rows = [
        (one["title"], "Yes" if one["is_protected"] else "No", one["says"])
        for one in card["statements"]
    ]
    return table("What the policy protects, and what it does not", columns, rows)
