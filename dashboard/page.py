"""What a page is, and the nodes it is built from.

Nodes are Dash components in the form in which Dash sends them to the browser: plain dicts. A page
holds some two thousand; as objects of Dash's classes they would cost 65 ms to build and write, as
dicts they cost 1 ms. A test builds every node with Dash's own class and compares.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

Node = Any
"""A component as a dict, a text, a number, None, or a list of these."""

HTML: Final = "dash_html_components"
BOOTSTRAP: Final = "dash_bootstrap_components"


@dataclass(frozen=True)
class Page:
    """A page as it is painted and as it is written into the first HTML.

    `description` is one plain sentence: the most important thing the page says. `redirect` is the
    address to show instead, if any. `area` is code and name of the authority that it is about.
    """

    title: str
    description: str
    content: Node
    status: int = 200
    redirect: str = ""
    area: tuple[str, str] | None = None


def node(kind: str, *children: Node, **properties: Any) -> dict[str, Any]:
    """Return a component of dash.html, such as P or Table, with its children and properties.

    `data_x` and `aria_x` are written with a hyphen; properties that are None are left out.
    """
    return _component(HTML, kind, children, properties)


def bootstrap(kind: str, *children: Node, **properties: Any) -> dict[str, Any]:
    """Return a component of dash_bootstrap_components."""
    return _component(BOOTSTRAP, kind, children, properties)


def link(words: Node, address: str, **properties: Any) -> dict[str, Any]:
    """Return a link; addresses of our own pages are followed without loading a new document."""
    return node("A", words, href=address, **properties)


def _component(
    namespace: str, kind: str, children: tuple[Node, ...], properties: Mapping[str, Any]
) -> dict[str, Any]:
    given = {_name(key): value for key, value in properties.items() if value is not None}
    if children:
        # Dash paints a list of children, but no list within that list.
        given["children"] = list(_flat(children))
    return {"props": given, "type": kind, "namespace": namespace}


def _flat(children: Iterable[Node]) -> Iterator[Node]:
    for child in children:
        if isinstance(child, list | tuple):
            yield from _flat(child)
        elif child is not None:
            yield child


@cache
def _name(key: str) -> str:
    return key.replace("_", "-", 1) if key.startswith(("data_", "aria_")) else key
