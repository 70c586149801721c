"""What the service allows and promises: rates, sizes, freshness, stability, notice."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from limits import RateLimitItem

from api.answers import FOR_EVER, PINNED, SHORT_LIVED
from api.contract import MOST_JSON_ROWS
from api.cost import MOST_CELLS, MOST_COMPUTED_ROWS, MOST_SHEET_ROWS, MOST_SORTED_ROWS
from api.cursors import MOST_LIMIT
from api.limiting import NOT_COUNTED
from api.neighbour_models import MOST as MOST_NEIGHBOURS
from api.posted import MOST_ALTERNATIVES, MOST_BYTES
from api.problems import MOST_PATH, MOST_QUERY
from api.registry import LOOK_EVERY
from api.resource import Resource
from api.service_cards import resource_card

NOTICE_MONTHS: Final = 12
"""Months from the day something is marked as deprecated to the day it may go."""

PROMISES: Final = (
    "Addresses, parameters, columns, ids and codes keep their meaning within version 1; new ones "
    "may be added at any time, and in any place. Ignore what you do not know.",
    "Columns of a row keep their order; new ones come at the end.",
    "An answer of one release stays the same for good, but for figures that must be withheld "
    "later: they become null with their reason, and the tag (ETag) of the answer changes.",
    "Ids of indicators are never used again for something else. What is counted changes only with "
    "`definition_version`, and /indicators/{id}/versions says how.",
    "What is to go is marked with Deprecation and Sunset headers, with a link to what takes its "
    f"place, at least {NOTICE_MONTHS} months before.",
    "Links and cursors are to be followed, not built or taken apart.",
)
_FILES: Final = "take the files of the release, /releases/{release}/files"
_COMPUTED: Final = "inequalities, exceptions, trends or rankings, in any format"
_FEWER: Final = f"ask for fewer of indicator=, area=, period= and with=, or {_FILES}"
_BULK: Final = (
    ("json_rows", MOST_JSON_ROWS, "rows", "an answer in JSON", f"take CSV, or {_FILES}"),
    ("sheet_rows", MOST_SHEET_ROWS, "rows", "an answer in XLSX", f"take CSV, or {_FILES}"),
    ("cube_cells", MOST_CELLS, "cells", "an answer in JSON-stat or SDMX", "ask for less"),
    ("sorted_rows", MOST_SORTED_ROWS, "rows", "an answer in another order or shape", _FILES),
    ("computed_rows", MOST_COMPUTED_ROWS, "rows", _COMPUTED, _FEWER),
    ("page_rows", MOST_LIMIT, "rows", "a page (`limit=`)", "follow the link to the next page"),
    ("neighbours", MOST_NEIGHBOURS, "authorities", "an own set (`by=`)", "ask for fewer"),
)
_PROBLEMS: Final = {"page_rows": "bad-value", "neighbours": "bad-value"}


def limits_card(limit: RateLimitItem | None, resources: Iterable[Resource]) -> dict[str, Any]:
    """Return all limits and promises; `limit` None for no limit of requests."""
    return {
        "limits": list(_limits(limit)),
        "window_seconds": limit.get_expiry() if limit else None,
        "not_counted": list(NOT_COUNTED),
        "new_release_seconds": round(2 * LOOK_EVERY),
        "freshness": [
            _freshness("answers of the latest release", SHORT_LIVED, "ask again after a minute"),
            _freshness("answers that name their release", PINNED, "ask again after a day"),
            _freshness("files by digest", FOR_EVER, "never ask again"),
        ],
        "promises": list(PROMISES),
        "notice_months": NOTICE_MONTHS,
        "deprecated": [resource_card(one) for one in resources if one.deprecated],
    }


def _limits(limit: RateLimitItem | None) -> Iterator[dict[str, Any]]:
    instead = f"wait as long as Retry-After says, send If-None-Match, or {_FILES}"
    yield _row("requests", limit.amount if limit else None, "requests in one window",
               "one address", "too-many-requests", instead)  # fmt: skip
    for id, most, of, applies_to, instead in _BULK:
        yield _row(id, most, of, applies_to, _PROBLEMS.get(id, "too-large"), instead)
    yield _row("path_characters", MOST_PATH, "characters", "the path of an address",
               "address-too-long", "ask for less")  # fmt: skip
    yield _row("query_characters", MOST_QUERY, "characters", "the query of an address",
               "address-too-long", "post the query, or ask for less")  # fmt: skip
    yield _row("body_bytes", MOST_BYTES, "bytes", "the body of a question that is posted",
               "body-too-large", "ask in parts")  # fmt: skip
    yield _row("alternatives", MOST_ALTERNATIVES, "objects", "`any` of a body",
               "malformed", "ask in parts")  # fmt: skip


def _row(
    id: str, value: int | None, of: str, applies_to: str, problem: str, instead: str
) -> dict[str, Any]:
    return {
        "id": id,
        "value": value,
        "of": of,
        "applies_to": applies_to,
        "problem": problem,
        "instead": instead,
    }


def _freshness(of: str, cache_control: str, says: str) -> dict[str, str]:
    return {"of": of, "cache_control": cache_control, "says": says}
