"""Links of a page that shows a release of the reader's choice lead to pages of the same release."""

from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from dashboard.page import Node

_ELSEWHERE: Final = ("/api", "/assets/", "/releases")
"""Addresses that name their release in another way, or have none."""


def pinned(content: Node, release: str) -> Node:
    """Return the content with the release in each link to a page of ours that names none."""
    if isinstance(content, list | tuple):
        return [pinned(part, release) for part in content]
    if not isinstance(content, dict):
        return content
    props: dict[str, Any] = dict(content["props"])
    if content["type"] == "A" and "href" in props:
        props["href"] = with_release(props["href"], release)
    if "children" in props:
        props["children"] = pinned(props["children"], release)
    return {**content, "props": props}


def with_release(address: str, release: str) -> str:
    """Return the address of a page of ours with the release; any other address as it is."""
    if not address.startswith("/") or address.startswith(("//", *_ELSEWHERE)):
        return address
    place, mark, part = address.partition("#")
    path, _, query = place.partition("?")
    if "release" in parse_qs(query):
        return address
    more = urlencode({"release": release})
    return f"{path}?{f'{query}&' if query else ''}{more}{mark}{part}"
