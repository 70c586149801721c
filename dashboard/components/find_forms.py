"""The ways in: a line to search with, and the choice of an authority."""

from dashboard.answers import Library
from dashboard.components import controls
from dashboard.page import Node, node
from dashboard.state import State


def find_form(library: Library, state: State) -> Node:
    """Return the form that leads to an authority's page."""
    options = [(area["code"], area["name"]) for area in library.authorities]
    return controls.form(
        "/areas",
        controls.select("code", "Authority", [("", "Choose an authority"), *options], ""),
        controls.kept("release", state.release),
        button="Go",
        label="Find an authority",
        is_enhanced=False,
    )


def search_form(state: State, hint: str = "") -> Node:
    """Return the form that searches the whole service."""
    return controls.form(
        "/search",
        controls.text_field("q", "Indicator, authority or word", state.q, hint),
        controls.kept("release", state.release),
        button="Search",
        label="Search the service",
        is_enhanced=False,
    )


def ways_in(library: Library, state: State) -> Node:
    """Return both forms side by side."""
    hint = "Also LAC, NEET, SSDA903, an old name or a code."
    return node("Div", search_form(state, hint), find_form(library, state), className="ways-in")
