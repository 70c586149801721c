"""Drawings in a page, and the links to the same numbers beside each."""

from dashboard.asking import csv_address
from dashboard.components.text import section
from dashboard.page import Node, link, node
from dashboard.prerender import MARKUP


def drawing(svg: str, class_name: str = "", *, scrolled_as: str = "") -> Node:
    """Return the place in which a script paints a drawing.

    `scrolled_as` names a place that is moved sideways where it is narrow: the keyboard must reach
    it.
    """
    classes = f"drawing-place {class_name}".strip()
    reached = {"tabIndex": "0", "role": "region", "aria_label": scrolled_as} if scrolled_as else {}
    return node("Div", className=classes, **reached, **{MARKUP: svg})


def same_numbers(
    address: str, what: str, *, tabular: str = "", has_csv: bool = True, with_sources: str = ""
) -> Node:
    """Return links to the numbers behind a chart: as a file for spreadsheets, and from the API.

    `tabular` is the address of the same numbers as rows, where the answer has parts within parts;
    `with_sources` that of a table in which each figure leads to where it comes from.
    """
    answer = link(f"API answer for {what}", address)
    file = link(f"CSV of {what}", csv_address(tabular or address))
    links = [file, _dot(), answer] if has_csv else [answer]
    if with_sources:
        links += [_dot(), link("Table with sources", with_sources)]
    return node("P", "The same numbers: ", links, className="same-numbers")


def _dot() -> Node:
    return node("Span", " · ", aria_hidden="true")


def skippable(id: str, title: str, after: str, *content: Node) -> Node:
    """Return a section of many links with a link before it that leads past them."""
    return section(
        id, title, link(f"Skip {title.lower()}", f"#{after}", className="skip-part"), *content
    )
