"""The ways from an authority's page to what it says of its figures, and to what it sent."""

from dashboard.components.authority_figures import Profile
from dashboard.components.text import between
from dashboard.page import Node, link, node
from dashboard.state import State, returns_address
from dashboard.words.numbers import plural


def own_words(profile: Profile) -> Node:
    """Return which figures have the authority's own words beside them, and where its returns are.

    Nothing for an authority that has neither written nor sent anything.
    """
    spoken = [row for row in profile.rows if profile.said(row)]
    ways = [link(row["short_title"], f"#{row['indicator']}") for row in spoken]
    count = plural(len(spoken), "figure")
    return [
        node("P", f"Its own words stand beside {count}: ", *between(ways, ", "), ".")
        if spoken
        else None,
        node("P", link("What happened to what it sent", _returns(profile)))
        if profile.area["returns"]
        else None,
    ]


def _returns(profile: Profile) -> str:
    return returns_address(profile.area["code"], State(release=profile.state.release))
