"""Answers that the description of the API shows: what the service itself says, cut short."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from starlette.types import ASGIApp

from api.front import in_process
from api.resource import Resource

SHOWN: Final = 1
"""Items of a list that an example shows."""
LONGEST: Final = 300
"""Characters of a text that it shows."""
NARROWED: Final[Mapping[str, str]] = {"indicator": "indicator", "area": "code"}
"""Parameters with which an example asks for little, where its resource has them, and whose
example they take."""


async def example_answers(
    app: ASGIApp, resources: Iterable[Resource], examples: Mapping[str, str]
) -> Mapping[str, Any]:
    """Ask the service for a short answer of each resource; by path, without those it refuses."""
    transport = httpx.ASGITransport(app=in_process(app))
    found = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://in-process") as client:
        for resource in resources:
            address = example_address(resource, examples)
            if address is not None and resource.method == "GET":
                answer = await client.get(address)
                is_json = "json" in answer.headers.get("content-type", "")
                if answer.status_code == httpx.codes.OK and is_json:
                    found[resource.path] = cut(answer.json())
    return found


def example_address(resource: Resource, examples: Mapping[str, str]) -> str | None:
    """Return where a resource gives a short answer; None where nothing fills its path."""
    if not all(examples.get(part) for part in resource.in_path):
        return None
    few = {
        name: examples[given]
        for name, given in NARROWED.items()
        if name in resource.parameters and examples.get(given)
    }
    return f"{resource.path.format(**examples)}?{urlencode(few)}"


def cut(value: Any) -> Any:
    """Return an answer with its lists and texts cut short; a shape stays what it is."""
    if isinstance(value, list):
        return [cut(item) for item in value[:SHOWN]]
    if isinstance(value, dict):
        return {name: cut(item) for name, item in value.items()}
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}…"
    return value
