"""Headings, leads, tags, lists: the plain parts of a page."""

from collections.abc import Iterable, Sequence
from typing import Final

from dashboard.page import Node, link, node

_SHORT_KINDS: Final = {
    "outcome": "Outcome",
    "performance": "Performance",
    "context": "Context",
}
_KINDS: Final = {
    "outcome": "Outcome for children and families",
    "performance": "Performance of services",
    "context": "Context",
}
_STAGES: Final = {
    "help_and_protection": "Help and protection",
    "in_care": "In care",
    "leaving_care": "Leaving care",
    "system": "System",
}


def kind_words(kind: str) -> str:
    """Return what kind of indicator it is, in words."""
    return _KINDS.get(kind, kind)


def kind_short(kind: str) -> str:
    """Return what kind of indicator it is, in a word."""
    return _SHORT_KINDS.get(kind, kind)


def kind_tag(kind: str) -> Node:
    """Return the kind of an indicator as a label in few letters."""
    return tag(kind_short(kind), kind)


def stage_words(stage: str) -> str:
    """Return the stage of a child's way through the system, in words."""
    return _STAGES.get(stage, stage.replace("_", " ").capitalize())


def stage_place(stage: str) -> int:
    """Return where a stage stands among the stages, for sorting."""
    return list(_STAGES).index(stage) if stage in _STAGES else len(_STAGES)


def breadcrumbs(*steps: tuple[str, str]) -> Node:
    """Return the way here: (words, address) for each page above this one."""
    items = [node("Li", link(words, address)) for words, address in steps]
    return node("Nav", node("Ol", *items), className="breadcrumbs", aria_label="Breadcrumb")


def heading(title: str, *tags: Node, caption: str = "") -> Node:
    """Return the one h1 of a page, with a caption above and tags below."""
    return node(
        "Div",
        node("P", caption, className="caption") if caption else None,
        node("H1", title),
        node("P", *tags, className="tags") if tags else None,
        className="page-heading",
    )


def tag(words: str, kind: str = "plain") -> Node:
    """Return a short label; its kind gives the colour, its words say the same."""
    return node("Span", words, className=f"tag tag-{kind}")


def outcome_tag(words: str) -> Node:
    """Return the outcome of a comparison: what differs stands out, whichever way it differs."""
    return tag(words, "plain" if words in {"similar", "cannot compare"} else "differs")


def lead(sentence: str) -> Node:
    """Return the sentence that a page opens with."""
    return node("P", sentence, className="lead-sentence")


def inset(*content: Node) -> Node:
    """Return text that is set apart by a bar at its left."""
    return node("Div", *content, className="inset")


def section(id: str, title: str, *content: Node, level: int = 2) -> Node:
    """Return a section with its heading; links within the page lead to `id`."""
    return node("Section", node(f"H{level}", title, id=id), *content, aria_labelledby=id)


def sentence_case(words: str) -> str:
    """Return words with a capital first letter, the rest as it is."""
    return words[:1].upper() + words[1:]


def bullets(items: Iterable[Node]) -> Node:
    """Return a list with bullets."""
    return node("Ul", *[node("Li", item) for item in items], className="bullets")


def summary_list(rows: Sequence[tuple[str, Node]]) -> Node:
    """Return facts in two columns: what, and what of it. Rows without content are left out."""
    return node(
        "Dl",
        *[
            node("Div", node("Dt", what), node("Dd", content), className="summary-row")
            for what, content in rows
            if content not in (None, "", [])
        ],
        className="summary-list",
    )


def contents(items: Sequence[tuple[str, str]]) -> Node:
    """Return links to the sections of a page: (words, id of the section)."""
    return node(
        "Nav",
        node("H2", "On this page", className="contents-heading"),
        node("Ul", *[node("Li", link(words, f"#{id}")) for words, id in items]),
        className="contents",
        aria_label="On this page",
    )


def hidden(words: str) -> Node:
    """Return words for those who listen."""
    return node("Span", words, className="visually-hidden")


def code(words: str) -> Node:
    """Return the name of a column or file as it is written."""
    return node("Code", words)


def between(nodes: Sequence[Node], words: str) -> list[Node]:
    """Return nodes with words between each two of them."""
    return [piece for n, made in enumerate(nodes) for piece in ([words] if n else []) + [made]]
