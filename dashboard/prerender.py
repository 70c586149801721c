"""Nodes as static HTML, so that a page can be read before, or without, any script."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from dashboard.page import BOOTSTRAP, HTML, Node

_VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_RENAMED: Final = {"className": "class", "htmlFor": "for"}
_LEFT_OUT: Final = frozenset({"children", "key", "n_clicks", "disable_n_clicks"})
_WIDTHS: Final = ("xs", "sm", "md", "lg", "xl")
SVG: Final = "data-svg"
"""The attribute that carries a drawing; a script paints it, and here it is written in place."""

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
        if name not in _LEFT_OUT and name != SVG
    )
    if tag in _VOID:
        return f"<{tag}{attributes}>"
    inside = properties.get(SVG) or to_html(properties.get("children"))
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
