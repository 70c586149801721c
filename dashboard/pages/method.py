"""One method, as its document tells it."""

from dashboard.client import ApiClient
from dashboard.components.text import breadcrumbs, contents, heading
from dashboard.documents import Document, methods
from dashboard.page import Node, Page, link, node
from dashboard.pages.problem import not_found
from dashboard.prerender import MARKUP
from dashboard.state import State


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of a method; one that explains itself where there is none of that name."""
    document = methods().get(state.subject)
    if document is None:
        return not_found()
    return Page(
        title=document.title,
        description=document.begins,
        content=[
            breadcrumbs(("Overview", "/"), ("Methods", "/methods")),
            heading(document.title),
            contents(document.parts) if len(document.parts) > 1 else None,
            node("Div", className="document", **{MARKUP: document.html}),
            _others(document),
        ],
    )


def _others(document: Document) -> Node:
    others = [one for one in methods().values() if one.name != document.name]
    items = [node("Li", link(one.subject, f"/methods/{one.name}")) for one in others]
    return node(
        "Nav",
        node("H2", "Other methods", className="contents-heading"),
        node("Ul", *items),
        className="contents",
        aria_label="Other methods",
    )
