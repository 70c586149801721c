"""What authorities say of their figures, and what became of what they sent."""

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on


class CommentRow(TypedDict):
    """One comment of an authority on one of its figures, in /commentary.

    It was read and accepted by a steward of the service; it is no part of the release. A new
    version takes the place of the one before.
    """

    release: str
    indicator: str
    area_code: str
    area_name: str
    period: str
    sex: str
    age: str
    ethnicity: str
    need: str
    placement: str
    reason: str
    role: str
    school_phase: str
    comment_id: str
    comment_version: int
    comment_kind: str
    comment_reason: str
    text: str
    link: str
    author_role: str
    written_on: str
    checked_on: str


class ReturnRow(TypedDict):
    """One return of an authority that a release holds, in /areas/{code}/returns.

    `figures_shown` and `figures_hidden` count the cells of the release that come from it.
    """

    release: str
    area_code: str
    area_name: str
    collection: str
    period: str
    version: int
    source: str
    received_on: str
    signed_off_on: str
    signed_off_by_role: str
    accepted_on: str
    accepted_by_role: str
    rows_received: int
    figures_shown: int
    figures_hidden: int
    figures_other: int
    title: str
    indicators: list[str]
