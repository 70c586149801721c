"""Words about what authorities say of their figures."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from api.contract import BREAKDOWN_COLUMNS, TOTAL, CommentRow
from dashboard.words.names import with_article
from dashboard.words.periods import day

KINDS: Final = {"going_well": "Going well", "concern": "Of concern", "context": "Context"}
_REASONS: Final = {
    "system_change": "a change of systems",
    "practice_change": "a change of practice",
    "demand": "demand",
    "definition": "how it is defined",
    "data_quality": "quality of the data",
    "improvement": "work to improve",
    "other": "",
}
_ROLES: Final = {"submitter": "a submitter of its returns", "approver": "who signs its returns off"}


def kind_and_reason(row: CommentRow) -> tuple[str, str]:
    """Return what kind of comment it is, and what it says lies behind the figure."""
    kind = KINDS.get(row["comment_kind"], row["comment_kind"])
    return kind, _REASONS.get(row["comment_reason"], row["comment_reason"])


def who_and_when(row: CommentRow) -> str:
    """Return by whom it was written and when it was checked."""
    role = _ROLES.get(row["author_role"], "")
    by = f" ({role})" if role else ""
    return (
        f"Written by {with_article(row['area_name'])}{by} on {day(row['written_on'])}; "
        f"checked on {day(row['checked_on'])}."
    )


def part_words(row: CommentRow, titles: Mapping[str, Mapping[str, str]]) -> str:
    """Return which part of the figure is meant; blank for all of it."""
    codes = {name: str(row.get(name, TOTAL)) for name in BREAKDOWN_COLUMNS}
    return ", ".join(
        titles.get(name, {}).get(code, f"{name} {code}")
        for name, code in codes.items()
        if code != TOTAL
    )


def site_of(link: str) -> str:
    """Return the site that a link leads to, so that readers know before they follow it."""
    return urlsplit(link).hostname or link
