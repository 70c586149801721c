"""How the description of the API tells of a question that is sent as a body."""

from collections.abc import Mapping
from typing import Any, Final

from api import rows
from api.parameters import Parameter
from api.posted import ANY, MOST_ALTERNATIVES, MOST_BYTES

BODY_STATUSES: Final = {
    "413": f"The body has more than {MOST_BYTES:,} bytes.",
    "422": "The body is not JSON of this form; `pointer` says where.",
}


def request_body(body: Mapping[str, Parameter], examples: Mapping[str, str]) -> dict[str, Any]:
    """Return the description of a body; in: its members, and ids that the release holds."""
    of_rows = {name: _member(one) for name, one in body.items() if name in rows.PARAMETERS}
    alternative = {
        "type": "object",
        "description": "One choice of rows.",
        "properties": of_rows,
        "additionalProperties": False,
    }
    return {
        "required": True,
        "description": "The names of the query of `/v1/observations`, with lists where it takes "
        f"commas. `{ANY}` lists choices of rows: a row of any of them is given, once. What chooses "
        "rows beside it holds for all of them.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        **{name: _member(one) for name, one in body.items()},
                        ANY: {
                            "type": "array",
                            "description": "Choices of rows, joined by or.",
                            "minItems": 1,
                            "maxItems": MOST_ALTERNATIVES,
                            "items": alternative,
                        },
                    },
                    "additionalProperties": False,
                },
                "examples": _examples(examples),
            }
        },
    }


def _member(parameter: Parameter) -> dict[str, Any]:
    one: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "integer"}]}
    if parameter.name in {"bom", "count"}:
        one["anyOf"].append({"type": "boolean"})
    if parameter.is_list:
        items = {"anyOf": [{"type": "string"}, {"type": "integer"}]}
        one["anyOf"].append({"type": "array", "minItems": 1, "items": items})
    return {**one, "description": parameter.text}


def _examples(examples: Mapping[str, str]) -> dict[str, Any]:
    """Return bodies that this release answers."""
    indicator, code = examples.get("indicator", ""), examples.get("code", "")
    if not (indicator and code):
        return {}
    return {
        "list": {
            "summary": "Long lists, some columns, the latest figures first",
            "value": {
                "indicator": [indicator],
                "area": [code, examples["other"], "region"],
                "last": 3,
                "order": ["-period", "value"],
                "fields": ["area_name", "period", "value", "status"],
                "labels": "both",
            },
        },
        ANY: {
            "summary": "Two choices of rows in one answer",
            "value": {
                "indicator": indicator,
                ANY: [
                    {"area": code, "period": "all"},
                    {"area": f"neighbours:{code}", "period": "latest", "status": ["ok"]},
                ],
            },
        },
    }
