"""The parts of the standard's document that are made from the catalogue and from the code."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from etl.submissions.calendar import load_calendar
from etl.submissions.manifest import Manifest
from etl.submissions.package import MAX_BYTES, MAX_MEMBERS, MAX_UNPACKED_BYTES
from etl.submissions.privacy import MAX_ROWS
from etl.submissions.strict_json import MAX_DEPTH
from etl.submissions.wire import (
    COLUMNS,
    NOTE_LENGTH,
    STANDARD,
    STANDARD_VERSION,
    STATUSES,
    WITH_NOTE,
    WITHOUT_VALUE,
)
from indicators.measures import Collection, Measure, load_measures

_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
_PART: Final = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


class DataRow(BaseModel):
    """One count, as a row of data.json."""

    model_config = ConfigDict(extra="allow")

    la_code: str
    collection: str
    period_type: str
    period_end: str
    measure: str
    breakdown_type: str
    breakdown: str
    value: int | str | None = Field(
        description="A whole number, its digits as text, or null with status z or x."
    )
    status: str = Field(json_schema_extra={"enum": list(STATUSES)})
    note: str = Field(max_length=NOTE_LENGTH)


class DataFile(BaseModel):
    """A return as data.json; the list of rows alone is taken too."""

    model_config = ConfigDict(extra="forbid")

    standard: str = Field(default=STANDARD, json_schema_extra={"const": STANDARD})
    version: str = Field(default=STANDARD_VERSION, json_schema_extra={"const": STANDARD_VERSION})
    template_id: str = ""
    rows: list[DataRow] = Field(min_length=1)


def data_schema() -> dict[str, Any]:
    """Return the JSON Schema of data.json."""
    return {"$schema": _SCHEMA, **DataFile.model_json_schema(), "title": "Return of counts"}


def manifest_schema() -> dict[str, Any]:
    """Return the JSON Schema of manifest.json; the statement must be made, and must be true."""
    schema = Manifest.model_json_schema()
    schema["required"] = sorted({*schema["required"], "attestations"})
    stated = schema["$defs"]["Attestations"]
    stated["required"] = ["no_child_level_data"]
    stated["properties"]["no_child_level_data"]["const"] = True
    return {"$schema": _SCHEMA, **schema, "title": "Manifest of a return"}


def standard_page(held: str) -> str:
    """Return the document with its made parts as they are now; what people wrote stays."""
    return _PART.sub(lambda m: f"{m[1]}{_PARTS[m[2]]()}\n{m[3]}", held)


def _measures() -> str:
    return "\n\n".join(_collection(c) for c in load_measures().collections.values())


def _collection(collection: Collection) -> str:
    lines = [f"### {collection.collection}: {collection.title} (version {collection.version})"]
    for code, section in collection.sections.items():
        rows = [
            (f"`{name}`", collection.measures[name].title, _how(collection.measures[name]), words)
            for name, words in section.measures.items()
        ]
        head = ("measure", "title", "kind", "how it is counted")
        lines += ["", f"Section `{code}`: {section.title}", "", *_table(head, rows)]
    return "\n".join(lines)


def _how(measure: Measure) -> str:
    lists = (
        f"by `{list_id}`{'' if need == 'required' else ' if you can'}"
        for list_id, need in measure.breakdowns.items()
    )
    facts = (
        measure.unit,
        "on the last day" if measure.measured == "snapshot" else "in the period",
        "" if measure.is_required else "optional",
        *lists,
        f"hidden with `{measure.hidden_with}`" if measure.hidden_with else "",
    )
    return ", ".join(filter(None, facts))


def _lists() -> str:
    parts = []
    for collection in load_measures().collections.values():
        for list_id, listed in collection.code_lists.items():
            kind = "each child in one code" if listed.is_exclusive else "codes may overlap"
            rows = [(f"`{code}`", title) for code, title in listed.codes.items()]
            heading = f"`{list_id}` of {collection.collection}: {listed.title} ({kind})"
            parts.append("\n".join((heading, "", *_table(("code", "meaning"), rows))))
    return "\n\n".join(parts)


def _statuses() -> str:
    rows = [
        (
            f"`{code}`",
            meaning,
            "empty" if code in WITHOUT_VALUE else "given",
            "needed" if code in WITH_NOTE else "if you like",
        )
        for code, meaning in STATUSES.items()
    ]
    return "\n".join(_table(("status", "meaning", "value", "note"), rows))


def _limits() -> str:
    rows = [
        ("size of a file", f"{MAX_BYTES:,} bytes"),
        ("unpacked size of a ZIP or workbook", f"{MAX_UNPACKED_BYTES:,} bytes"),
        ("files or parts in a ZIP or workbook", f"{MAX_MEMBERS:,}"),
        ("rows", f"{MAX_ROWS:,}"),
        ("columns", f"the {len(COLUMNS)} of the standard"),
        ("note", f"{NOTE_LENGTH:,} characters"),
        ("depth of JSON", f"{MAX_DEPTH:,}"),
        ("earliest period", f"ends {load_calendar().first_period_end.isoformat()}"),
    ]
    return "\n".join(_table(("what", "limit"), rows))


def _manifest() -> str:
    return "\n".join(_table(("field", "holds"), list(_fields("", manifest_schema()))))


def _fields(before: str, schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the dotted name and the words of every field; parts of parts follow their whole."""
    definitions = schema.get("$defs", {})

    def walk(prefix: str, part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, field in part["properties"].items():
            target = json.dumps(field)
            inner = next((d for d in definitions if f'/{d}"' in target), "")
            need = "needed" if name in part.get("required", ()) else "optional"
            words = field.get("description", "")
            yield f"`{prefix}{name}`", f"{need}{f': {words}' if words else ''}"
            if inner and name != "sections":
                yield from walk(f"{prefix}{name}.", definitions[inner])

    yield from walk(before, schema)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [tuple(head), tuple("---" for _ in head), *rows]
    return [f"| {' | '.join(map(str, cells))} |" for cells in lines]


_PARTS: Final = {
    "measures": _measures,
    "lists": _lists,
    "statuses": _statuses,
    "limits": _limits,
    "manifest": _manifest,
}
