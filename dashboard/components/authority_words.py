"""The ways from an authority's page to what it says of its figures, and to what it sent."""

from dashboard.components.text import between
from dashboard.page import Node, link, node
from dashboard.report.profile import Profile
from dashboard.state import State, returns_address
from dashboard.words.numbers import plural


def own_words(profile: Profile) -> Node:
    """Return which figures have the authority's own words beside them, and where its returns are.

    Nothing for an authority that has neither written nor sent anything.
    """
    told = {(row["indicator"], row["period"]) for row in profile.comments}
    spoken = [line for line in profile.lines if (line.indicator, line.period) in told]
    ways = [link(line.short_title, f"#{line.indicator}") for line in spoken]
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
