"""What made-up authorities say of their figures, and what they sent."""

from dataclasses import replace
from pathlib import Path

from indicators.commentary import (
    FILE_NAME,
    Comment,
    Commentary,
    CommentKind,
    CommentReason,
    write_commentary_file,
)
from indicators.told_beside import Disclosure, ReleasedReturn, Statement
from tests.api import world

GOOD = Comment(
    id="c01",
    version=2,
    indicator="a_share_pct",
    area=world.TOWN,
    period="RY2025",
    breakdown="",
    kind=CommentKind.GOING_WELL,
    reason=CommentReason.PRACTICE_CHANGE,
    text="Teams visit families earlier since 2024, and fewer children come into care.",
    link="https://www.example.org/plan",
    author_role="approver",
    written_on="2025-12-02",
    checked_on="2025-12-05",
)
CONCERN = replace(
    GOOD, id="c02", version=1, period="RY2024", kind=CommentKind.CONCERN, link="",
    text="=SUM(A1) too few foster carers came forward",
)  # fmt: skip
ELSEWHERE = replace(GOOD, id="c03", area=world.MISSING, kind=CommentKind.CONTEXT, link="")
"""On a figure that no release has: nobody may read it."""
COMMENTS = (CONCERN, GOOD, ELSEWHERE)

RETURN = ReleasedReturn(
    authority=world.TOWN,
    collection="CLA",
    period="RY2025",
    version=3,
    source="submission_cla_x06000001_ry2025_v3",
    received_on="2025-10-01",
    signed_off_on="2025-10-03",
    signed_off_by_role="approver",
    accepted_on="2025-10-09",
    accepted_by_role="steward",
    rows_received=190,
)
DISCLOSURE = Disclosure(
    "strict",
    "Counts of authorities are rounded to 5",
    (Statement("small_counts", "Small counts", True, "Counts of 1 to 5 are hidden."),
     Statement("collusion", "Authorities that share what they know", False, "Nobody can.")),
    "The publisher asked for it",
)  # fmt: skip


def write_comments(home: Path, *comments: Comment) -> None:
    """Replace the file of comments as the store does."""
    write_commentary_file(home / FILE_NAME, Commentary("made_up", comments))
