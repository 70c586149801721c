"""Templates: the table of a return with its keys filled in and its values left open."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import orjson

from etl.submissions.code_lists import Scope, sent_scope
from etl.submissions.wire import COLUMNS, STANDARD, STANDARD_VERSION, template_id
from indicators.measures import Key


@dataclass(frozen=True)
class Beside:
    """What a template shows beside what is to be filled in."""

    prior: Mapping[Key, str] = field(default_factory=dict)
    prior_release: str = ""
    due_on: date | None = None


def template_keys(scope: Scope) -> tuple[Key, ...]:
    """Return the keys of the rows of a template, in the order of the measures."""
    return tuple(scope.collection.keys(scope.period))


def current_template_id(scope: Scope) -> str:
    """Return the id of the current template of an authority, collection and period."""
    authority, collection, _, period_end = sent_scope(scope)
    return template_id(scope.collection.version, authority, collection, period_end)


def template_csv(scope: Scope, _: Beside) -> bytes:
    """Return the template as CSV: the ten columns, values and notes empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for key in template_keys(scope):
        writer.writerow((*sent_scope(scope), *key, "", "", ""))
    return out.getvalue().encode()


def template_json(scope: Scope, _: Beside) -> bytes:
    """Return the template as JSON: one object for each row, values null."""
    rows = [
        dict(zip(COLUMNS, (*sent_scope(scope), *key, None, "", ""), strict=True))
        for key in template_keys(scope)
    ]
    held = {
        "standard": STANDARD,
        "version": STANDARD_VERSION,
        "template_id": current_template_id(scope),
        "rows": rows,
    }
    return orjson.dumps(held, option=orjson.OPT_INDENT_2)
