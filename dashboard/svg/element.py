"""Writing SVG: elements as text, attributes and text escaped."""

from collections.abc import Iterable
from functools import cache
from html import escape


def element(tag: str, *content: str, **attributes: str | float | int | None) -> str:
    """Return `<tag …>content</tag>`; content is SVG already, `class_` and `stroke_width` as read.

    Attributes that are None are left out; numbers are written in at most two decimals.
    """
    written = "".join(
        [
            f' {_name(name)}="{_value(value)}"'
            for name, value in attributes.items()
            if value is not None
        ]
    )
    inside = "".join(content)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def text(words: str, x: float, y: float, **attributes: str | float | int | None) -> str:
    """Return a `<text>` element that says these words."""
    return element("text", escape(words), x=x, y=y, **attributes)


def link(address: str, label: str, *content: str, **attributes: str | float | int | None) -> str:
    """Return a link around shapes, named for those who hear and for those who point."""
    title = element("title", escape(label))
    return element("a", title, *content, href=address, aria_label=label, **attributes)


def mark(address: str, label: str, *content: str, **attributes: str | float | int | None) -> str:
    """Return shapes that say their name to those who point, and lead somewhere when chosen.

    For drawings of many small marks: as links, each would be a stop of the keyboard, smaller than a
    finger. A script follows the address; the table beside the drawing holds the same as a link.
    """
    title = element("title", escape(label))
    return element("g", title, *content, data_go=address, **attributes)


def drawing(
    id: str,
    title: str,
    description: str,
    size: tuple[float, float],
    content: Iterable[str],
    *,
    class_: str,
    has_links: bool = False,
) -> str:
    """Return the whole `<svg>`, named by its title and description.

    A drawing with links inside is a group: the children of an image are hidden from assistive
    technology, and links must not be.
    """
    width, height = size
    return element(
        "svg",
        element("title", escape(title), id=f"{id}-title"),
        element("desc", escape(description), id=f"{id}-desc"),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        role="group" if has_links else "img",
        aria_labelledby=f"{id}-title",
        aria_describedby=f"{id}-desc",
        class_=f"drawing {class_}",
        focusable="false",
    )


@cache
def _name(name: str) -> str:
    # viewBox is the one attribute written in camel case, and it has no underscore.
    return name.rstrip("_").replace("_", "-")


def _value(value: str | float | int) -> str:
    if isinstance(value, str):
        return escape(value)
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
