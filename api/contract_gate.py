"""What other programs rely on, in short, and what of it a change would break.

`python -m api.contract_gate` writes docs/schema/api-v1.json. It refuses to drop or change what the
file promises, unless the version of the API changes too; a test holds the file to the code.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from api import contract
from api.openapi import describe
from api.problems import KINDS

FILE: Final = Path(__file__).parent.parent / "docs" / "schema" / "api-v1.json"
REMEDY: Final = (
    "Keep what was promised and add beside it, or raise the version of the API "
    "(VERSION in api/openapi.py) together with its path and say so in CHANGELOG.md"
)

PROMISES_NOTHING: Final = ("object", "any")

Contract = Mapping[str, Any]


def contract_of(description: Contract) -> dict[str, Any]:
    """Return what a description of the API promises: names and types, no words and no examples."""
    schemas = description["components"]["schemas"]
    words = (item for name in contract.__all__ if _is_words(item := getattr(contract, name)))
    return {
        "version": description["info"]["version"],
        "paths": {
            path: {method: _operation(one) for method, one in item.items()}
            for path, item in sorted(description["paths"].items())
        },
        "types": {name: _columns(schema) for name, schema in sorted(schemas.items())},
        "words": {item.__name__: [str(word) for word in item] for item in words},
        "problems": list(KINDS),
    }


def current() -> dict[str, Any]:
    """Return the contract of the code as it is."""
    return contract_of(describe("/api", {}))


def written(found: Contract) -> str:
    """Return a contract as the file has it."""
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def breaks(before: Contract, after: Contract) -> list[str]:
    """Say what a change takes from programs that rely on the contract; nothing in a new version."""
    if before["version"] != after["version"]:
        return []
    return [
        *_each("path", before["paths"], after["paths"], _in_path),
        *_each("type", before["types"], after["types"], _in_type),
        *_each("words of", before["words"], after["words"], _lost_words),
        *(
            f"problem {kind}: is gone"
            for kind in before["problems"]
            if kind not in after["problems"]
        ),
    ]


def main() -> int:
    """Write the file; 1 where that would break what it promises."""
    found = current()
    if FILE.is_file():
        broken = breaks(json.loads(FILE.read_text("utf-8")), found)
        if broken:
            print("\n".join(broken), file=sys.stderr)
            print(f"not written. {REMEDY}", file=sys.stderr)
            return 1
    FILE.write_text(written(found), "utf-8")
    return 0


def _is_words(item: Any) -> bool:
    return isinstance(item, type) and issubclass(item, StrEnum)


def _operation(operation: Contract) -> dict[str, Any]:
    """Return parameters, members of the body, media types and what an answer holds."""
    content = operation["responses"]["200"]["content"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    members = body.get("schema", {}).get("properties", {})
    schema = content.get("application/json", {}).get("schema", {})
    # Where another form of JSON may be asked for, what is answered unasked is promised.
    answer = schema.get("anyOf", [schema])[0].get("properties", {})
    return {
        "parameters": {one["name"]: _parameter(one) for one in operation["parameters"]},
        "body": {name: _type(schema) for name, schema in members.items()},
        "formats": sorted(content),
        "answer": {name: _type(schema) for name, schema in answer.items()},
    }


def _parameter(parameter: Contract) -> dict[str, Any]:
    schema = parameter["schema"]
    item = schema.get("items", schema)
    told = {name: item[name] for name in ("minimum", "maximum") if name in item}
    return {
        "in": parameter["in"],
        "required": parameter["required"],
        "type": f"[{item['type']}]" if schema is not item else item.get("type", "any"),
        "words": item.get("enum", []),
        **told,
    }


def _columns(schema: Contract) -> dict[str, Any]:
    """Return the type of each column, in order; `?` marks one that may be left out."""
    required = schema.get("required", ())
    return {
        f"{name}": _type(column) + ("" if name in required else "?")
        for name, column in schema.get("properties", {}).items()
    }


def _type(schema: Contract) -> str:
    """Return a type in one word or a few."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(sorted({_type(one) for one in schema["anyOf"]}))
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"{{{_type(schema['additionalProperties'])}}}"
    kind = schema.get("type", "any")
    return " | ".join(sorted(kind)) if isinstance(kind, list) else str(kind)


Differ = Callable[[str, Any, Any], Iterable[str]]


def _each(
    what: str, before: Contract, after: Contract, differ: Differ, was: str = "is gone"
) -> Iterator[str]:
    for name, old in before.items():
        place = f"{what} {name}"
        if name not in after:
            yield f"{place}: {was}"
        else:
            yield from differ(place, old, after[name])


def _in_path(place: str, old: Contract, new: Contract) -> Iterator[str]:
    yield from _each(f"{place},", old, new, _in_operation)


def _in_operation(place: str, old: Contract, new: Contract) -> Iterator[str]:
    yield from _each(f"{place}, parameter", old["parameters"], new["parameters"], _in_parameter)
    for name, parameter in new["parameters"].items():
        if name not in old["parameters"] and parameter["required"]:
            yield f"{place}, parameter {name}: is new and required"
    yield from _each(f"{place}, body", old["body"], new["body"], _other_type)
    yield from _each(f"{place}, answer", old["answer"], new["answer"], _other_type)
    yield from (f"{place}, format {f}: is gone" for f in old["formats"] if f not in new["formats"])


def _in_parameter(place: str, old: Contract, new: Contract) -> Iterator[str]:
    if new["required"] and not old["required"]:
        yield f"{place}: has become required"
    for name in ("in", "type"):
        if old[name] != new[name]:
            yield f"{place}: was {old[name]} and is {new[name]}"
    if new["words"]:
        yield from (
            [f"{place}: took any text and takes {new['words']} alone"]
            if not old["words"]
            else _lost_words(place, old["words"], new["words"])
        )
    if new.get("minimum", 0) > old.get("minimum", 0) or (
        "maximum" in new and (new["maximum"] < old.get("maximum", float("inf")))
    ):
        yield f"{place}: takes fewer numbers than it did"


def _in_type(place: str, old: Contract, new: Contract) -> Iterator[str]:
    yield from _each(f"{place}, column", old, new, _other_type)
    kept = [name for name in old if name in new]
    if kept != [name for name in new if name in old]:
        yield f"{place}: its columns stand in another order"


def _other_type(place: str, old: str, new: str) -> Iterator[str]:
    if old != new and old not in PROMISES_NOTHING:
        yield f"{place}: was {old} and is {new}"


def _lost_words(place: str, old: Iterable[str], new: Iterable[str]) -> Iterator[str]:
    kept = set(new)
    yield from (f"{place}: {word} is gone" for word in old if word not in kept)


if __name__ == "__main__":
    sys.exit(main())
