"""The views of a page, as links of which one is current."""

from collections.abc import Sequence

from dashboard.page import Node, link, node


def views(items: Sequence[tuple[str, str, str]], current: str, label: str = "Views") -> Node:
    """Return the views: (name, words, address) of each; `current` names the one that is shown."""
    return node(
        "Nav",
        node(
            "Ul",
            *[
                node("Li", link(words, address, aria_current="page" if name == current else None))
                for name, words, address in items
            ],
        ),
        className="views",
        aria_label=label,
    )
