"""Feeds that tell a reader's program of new releases and of changed figures."""

from api.contract import Paths
from dashboard.client import ApiClient
from dashboard.components.code_block import code_block
from dashboard.components.text import section
from dashboard.origin import absolute
from dashboard.page import Node, node


def feeds_section(client: ApiClient, indicator: str, area: str, what: str) -> Node:
    """Return the addresses of the feeds; `what` names the choice, blank where there is none."""
    of_choice = {"indicator": indicator, "area": area}
    changes = absolute(client.address_of(Paths.REVISIONS_FEED, **of_choice))
    return section(
        "feeds",
        "Be told of changes",
        node(
            "P",
            "Feeds in the format Atom. Outlook, Teams, Slack and feed readers take these addresses "
            "and show a line for each release; no account is needed.",
        ),
        node("H3", "Every release"),
        code_block(
            "feed-releases",
            absolute(client.address_of(Paths.RELEASES_FEED)),
            "the address of the feed of releases",
        ),
        node("H3", f"Changed figures: {what}" if what else "Changed figures"),
        code_block("feed-changes", changes, "the address of the feed of changes"),
        None
        if what
        else node("P", "Choose an indicator or an area for a feed of its figures alone."),
    )
