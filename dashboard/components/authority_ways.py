"""The links that rows, lists and the table of an authority's page share."""

from typing import Final

from dashboard.components.sources import figure_source_link
from dashboard.page import Node, link
from dashboard.report.line import Line
from dashboard.report.profile import Profile
from dashboard.state import State, authority_address, indicator_address
from dashboard.words.differences import short_reason

CANNOT_COMPARE: Final = "cannot-compare"
"""The id of the part that says why some figures cannot be compared."""


def way(line: Line, profile: Profile) -> Node:
    """Return the link to the page of an indicator, with this area chosen."""
    state = profile.state
    chosen = State(area=profile.area["code"], release=state.release, model=state.model)
    return link(line.short_title, indicator_address(line.indicator, chosen))


def source_way(line: Line, profile: Profile) -> Node:
    """Return the way to where a figure comes from."""
    return figure_source_link(
        line.source, line.indicator, profile.area["code"], line.period, profile.state.release
    )


def reason_way(reason: str) -> Node:
    """Return `cannot compare` with the reason in a word or three, as a link to the sentence."""
    words = f"cannot compare: {short_reason(reason)}"
    return link(words, f"#{CANNOT_COMPARE}", className="reason-link")


def page_address(profile: Profile, **choices: str) -> str:
    """Return the address of the same page with other choices."""
    state = profile.state.changed(subject="", **choices)
    return authority_address(profile.area["code"], state)
