"""Filters of authorities in a form, and the line that says which are in force."""

from dashboard.components import controls
from dashboard.components.text import hidden
from dashboard.page import Node, link, node
from dashboard.state import State, address
from dashboard.views.narrowing import FILTERS, Classes, in_force, narrowing_words, unnarrowed


def filter_fields(state: State, classes: Classes) -> list[Node]:
    """Return a list to choose from for each filter; several values in force stay as one choice."""
    return [
        controls.select(name, words, _options(name, getattr(state, name), classes), value)
        for name, words in FILTERS.items()
        for value in [getattr(state, name)]
    ]


def _options(name: str, value: str, classes: Classes) -> list[controls.Option]:
    held = [("", "Any"), *classes.labels[name].items()]
    if value and value not in classes.labels[name]:
        both = " or ".join(classes.words(name, one) for one in value.split(","))
        held.append((value, both))
    return held


def filter_fold(state: State, classes: Classes) -> Node:
    """Return the filters folded away, with the words of those in force."""
    said = narrowing_words(state, classes)
    return node(
        "Details",
        node(
            "Summary",
            node("Span", "Filter authorities", className="fold-title"),
            node("Span", f" {said}" if said else " by region, type, grade or class"),
        ),
        node("Div", *filter_fields(state, classes), className="fields"),
        className="filter-fold",
    )


def filters_in_force(path: str, state: State, classes: Classes) -> Node:
    """Return the filters in force, each with a link that takes it out; nothing without any."""
    held = in_force(state, classes)
    if not held:
        return None
    chips = [
        node(
            "Li",
            link(
                [one.words, node("Span", " ✕", aria_hidden="true"), hidden(", take this out")],
                address(path, one.without),
                className="chip",
            ),
        )
        for one in held
    ]
    every = node("Li", link("Take all out", address(path, unnarrowed(state))))
    return node(
        "Div",
        node("Span", "Only authorities with", className="chips-title"),
        node("Ul", *chips, every if len(held) > 1 else None),
        className="chips",
    )
