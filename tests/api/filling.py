"""Addresses of every resource over the made-up releases: what stands in their braces."""

from typing import Final

from api.resource import Resource
from tests.api import world

PARTS: Final = {"release": world.NEW, "key": "all", **world.IN_PATH}
"""By the name in the braces; a resource with another one needs its line there."""


def filled(resource: Resource, form: str = "", **parts: str) -> str:
    """Return the address of a resource in a format, with its example as the query."""
    path = resource.path.format(**{**resource.path_examples, **PARTS, **parts})
    suffix = f".{form}" if form and form != "json" else ""
    query = f"?{resource.example}" if resource.example else ""
    return f"/api{path}{suffix}{query}"
