"""The methods: which pages there are, each with how it begins."""

from dashboard.client import ApiClient
from dashboard.components.about_method import method
from dashboard.components.sources import release_line
from dashboard.components.text import breadcrumbs, heading, lead, section
from dashboard.documents import Document, methods
from dashboard.page import Node, Page, link, node
from dashboard.state import State
from dashboard.words.numbers import plural


async def page(client: ApiClient, state: State) -> Page:
    """Return the list of methods, with the words of every page explained first."""
    release = await client.release(state.release)
    sentence = (
        f"How figures are made and compared: {plural(len(methods()), 'method')}, each with a "
        "worked example that can be repeated by hand."
    )
    return Page(
        title="Methods",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading("Methods"),
            lead(sentence),
            section("all-methods", "All methods", node("Dl", *map(_item, methods().values()))),
            method(),
            section("more", "Beside the methods", _beside()),
            release_line(release.meta),
        ],
    )


def _item(document: Document) -> Node:
    return node(
        "Div",
        node("Dt", link(document.title, f"/methods/{document.name}")),
        node("Dd", document.begins),
        className="document-item",
    )


def _beside() -> Node:
    pages = (
        ("Definitions", "/definitions", "every word, and every indicator: what is counted of what"),
        ("Missing figures", "/missing", "why a figure is missing, and what its signs mean"),
        ("Data sources", "/sources", "every publication, with its dates and licence"),
        ("The API", "/api/docs", "the same figures and methods for programs"),
    )
    items = [node("Li", link(words, address), f": {what}.") for words, address, what in pages]
    return node("Ul", *items, className="bullets")
