"""Nodes as static HTML, so that a page can be read before, or without, any script."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from dashboard.page import BOOTSTRAP, HTML, Node

_VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_RENAMED: Final = {"className": "class", "htmlFor": "for"}
_LEFT_OUT: Final = frozenset({"children", "key", "n_clicks", "disable_n_clicks"})
_WIDTHS: Final = ("xs", "sm", "md", "lg", "xl")
MARKUP: Final = "data-markup"
"""The attribute that carries a drawing or other markup; a script paints it in its element, and
here it is written in place."""
LIVE: Final = "data-live"
"""The attribute of what Dash itself must hold, because a callback reads or fills it."""

Properties = Mapping[str, Any]


def to_html(node: Node) -> str:
    """Return nodes as HTML; texts and attributes are escaped.

    Raises TypeError for a component that has no static form here.
    """
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
        _attribute(_RENAMED.get(name, name).lower(), value)
        for name, value in properties.items()
        if name not in _LEFT_OUT and name != MARKUP
    )
    if tag in _VOID:
        return f"<{tag}{attributes}>"
    inside = properties.get(MARKUP) or to_html(properties.get("children"))
    return f"<{tag}{attributes}>{inside}</{tag}>"


def _attribute(name: str, value: Any) -> str:
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
        if name not in {"class_name", "size", "options", "value", *_WIDTHS}
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


def _select(properties: Properties) -> str:
    options = [
        {
            "namespace": HTML,
            "type": "Option",
            "props": {
                "value": option["value"],
                "selected": option["value"] == properties.get("value"),
                "children": option["label"],
            },
        }
        for option in properties.get("options", ())
    ]
    return _painted("select", "form-select", properties={**properties, "children": options})


_PAINTED: Final[Mapping[str, Callable[[Properties], str]]] = {
    "Col": _col,
    "Container": lambda properties: _painted("div", "container", properties=properties),
    "Row": lambda properties: _painted("div", "row", properties=properties),
    "Select": _select,
    "Table": _table,
}
"""The Bootstrap components that pages use, each with what it paints."""


def condense(node: Node) -> Node:
    """Return the same page with the parts that no callback touches as markup.

    Dash wraps every component that it paints in a component of its own, at 2 to 3 ms each in the
    browser: a table of a hundred lines as components takes seconds, as markup nothing.
    """
    return _condensed(node)[0]


def _condensed(node: Node) -> tuple[Node, bool]:
    """Return the condensed node, and whether anything in it is live."""
    if isinstance(node, list | tuple):
        parts = [_condensed(child) for child in node]
        return [part for part, _ in parts], any(is_live for _, is_live in parts)
    if not isinstance(node, Mapping):
        return node, False
    properties = node["props"]
    children, has_live = _condensed(properties.get("children"))
    is_live = has_live or node["type"] == "Select" or LIVE in properties
    if is_live or node["namespace"] != HTML or not isinstance(children, list):
        return _with(node, {"children": children}), is_live
    own = {name: value for name, value in properties.items() if name != "children"}
    return {**node, "props": {**own, MARKUP: to_html(properties["children"])}}, False


def _with(node: Mapping[str, Any], changes: Properties) -> dict[str, Any]:
    kept = {name: value for name, value in changes.items() if value is not None}
    return {**node, "props": {**node["props"], **kept}}
