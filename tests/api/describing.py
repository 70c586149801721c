"""Reading the description of the API strictly: no member that it does not name."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from api.resource import Resource
from tests.api.filling import PARTS

Described = Mapping[str, Any]


def closed(part: Any) -> Any:
    """Return a description in which an object has the members it names and no other.

    The description itself leaves room: columns may be added. Our own bytes have none.
    """
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inner = {name: closed(item) for name, item in part.items()}
    if isinstance(part.get("properties"), dict) and part.get("type") == "object":
        inner.setdefault("additionalProperties", False)
    return inner


def validator_of(described: Described, operation: Described) -> jsonschema_rs.Validator:
    """Return what checks the JSON of an operation against its closed schema."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": described["components"]}
    return jsonschema_rs.validator_for(closed(whole))


def faults(validator: jsonschema_rs.Validator, found: Any) -> list[str]:
    """Say what of an answer is not as described."""
    return [
        f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}"
        for error in validator.iter_errors(found)
    ]


def operations(described: Described, method: str = "get") -> Iterator[tuple[str, Any]]:
    """Give each path that answers a method with JSON, and its operation."""
    for path, item in described["paths"].items():
        found = item.get(method)
        if found and "application/json" in found["responses"]["200"]["content"]:
            yield path, found


def address(path: str, operation: Described) -> str:
    """Return the address of an operation, its path filled with the examples."""
    parts = {one["name"]: one["example"] for one in operation["parameters"] if one["in"] == "path"}
    return f"/api{path.format(**parts)}"


def whole_address(resource: Resource) -> str:
    """Return where a resource answers with everything that the made-up release has for it."""
    return f"/api{resource.path.format(**{**resource.path_examples, **PARTS})}"
