"""Nodes as static HTML, so that a page can be read before, or without, any script."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from dashboard.page import BOOTSTRAP, HTML, Node

_VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_RENAMED: Final = {"className": "class", "htmlFor": "for"}
_WIDTHS: Final = ("xs", "sm", "md", "lg", "xl")
MARKUP: Final = "data-markup"
"""The attribute that carries a drawing or other markup; a script paints it in its element, and
here it is written in place."""
LIVE: Final = "data-live"
"""The attribute of what Dash itself must hold, because a callback reads or fills it."""
_LEFT_OUT: Final = frozenset({"children", "key", "n_clicks", "disable_n_clicks", MARKUP})

Properties = Mapping[str, Any]


def to_html(node: Node) -> str:
    """Return nodes as HTML; texts and attributes are escaped.

    Raises TypeError for a component that has no static form here.
    """
    if isinstance(node, str):
        return escape(node, quote=False)
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, list | tuple):
        return "".join(map(to_html, node))
    if not isinstance(node, Mapping):
        return escape(str(node), quote=False)
    return _component(node)


def _component(node: Mapping[str, Any]) -> str:
    namespace, kind, properties = node["namespace"], node["type"], node["props"]
    if namespace == HTML:
        return _element(kind.lower(), properties)
    write = _PAINTED.get(kind) if namespace == BOOTSTRAP else None
    if write is None:
        msg = f"{namespace}.{kind} has no static form; give it one in {__name__}"
        raise TypeError(msg)
    return write(properties)


def _element(tag: str, properties: Properties) -> str:
    attributes = "".join(
        [
            _attribute(_RENAMED.get(name, name).lower(), value)
            for name, value in properties.items()
            if name not in _LEFT_OUT
        ]
    )
    if tag in _VOID:
        return f"<{tag}{attributes}>"
    inside = properties.get(MARKUP) or to_html(properties.get("children"))
    return f"<{tag}{attributes}>{inside}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    if isinstance(value, str):
        return f' {name}="{escape(value)}"'
    if value is None or value is False:
        return ""
    # Attributes such as `hidden` and `open` are there or not; aria and data say "true".
    if value is True:
        return f' {name}="true"' if "-" in name else f" {name}"
    if isinstance(value, Mapping):
        value = ";".join(f"{_css_name(key)}:{said}" for key, said in value.items())
    return f' {name}="{escape(str(value))}"'


def _css_name(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


def _painted(tag: str, *classes: str | None, properties: Properties) -> str:
    """Write an element with Bootstrap's classes; properties that only made them are left out."""
    kept = {
        name: value
        for name, value in properties.items()
        if name not in {"class_name", "size", *_WIDTHS}
    }
    said = " ".join(filter(None, [properties.get("class_name"), *classes]))
    return _element(tag, {**kept, "className": said})


def _col(properties: Properties) -> str:
    spans = [
        f"col-{properties[width]}" if width == "xs" else f"col-{width}-{properties[width]}"
        for width in _WIDTHS
        if width in properties
    ]
    return _painted("div", *(spans or ["col"]), properties=properties)


def _table(properties: Properties) -> str:
    size = properties.get("size")
    return _painted("table", "table", size and f"table-{size}", properties=properties)


_PAINTED: Final[Mapping[str, Callable[[Properties], str]]] = {
    "Col": _col,
    "Container": lambda properties: _painted("div", "container", properties=properties),
    "Row": lambda properties: _painted("div", "row", properties=properties),
    "Table": _table,
}
"""The Bootstrap components that pages use, each with what it paints."""


def condense(node: Node) -> Node:
    """Return the same page with the parts that no callback touches as markup.

    Dash wraps every component that it paints in a component of its own, at 2 to 3 ms each in the
    browser: a table of a hundred lines as components takes seconds, as markup nothing.
    """
    if isinstance(node, list | tuple):
        return [condense(child) for child in node]
    if not isinstance(node, Mapping) or "children" not in node["props"]:
        return node
    own = {name: value for name, value in node["props"].items() if name != "children"}
    children = node["props"]["children"]
    if _is_live(node) or node["namespace"] != HTML:
        return {**node, "props": {**own, "children": condense(children)}}
    return {**node, "props": {**own, MARKUP: to_html(children)}}


def _is_live(node: Node) -> bool:
    """Say whether anything in a node is live; drawings and texts never are."""
    if isinstance(node, list | tuple):
        return any(map(_is_live, node))
    if not isinstance(node, Mapping):
        return False
    if LIVE in node["props"]:
        return True
    # Tables are long, and nothing in them is live.
    return node["type"] != "Table" and _is_live(node["props"].get("children"))
