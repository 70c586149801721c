"""Comments as rows beside the figures of one release, for answers and for files."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from indicators.cells import BREAKDOWN_COLUMNS
from indicators.commentary import Comment, read_breakdown
from indicators.export_rows import csv_line
from indicators.snapshot import Snapshot

COMMENT_COLUMNS: Final = (
    "release",
    "indicator",
    "area_code",
    "area_name",
    "period",
    *BREAKDOWN_COLUMNS,
    "comment_id",
    "comment_version",
    "comment_kind",
    "comment_reason",
    "text",
    "link",
    "author_role",
    "written_on",
    "checked_on",
)
FILE_NAME: Final = "commentary.csv"


def comments_held(snapshot: Snapshot, comments: Iterable[Comment]) -> list[Comment]:
    """Return the comments whose figure a release has, in the order of its figures.

    What a release does not have, nobody may learn of from a comment.
    """
    held = [
        (row, place, comment)
        for place, comment in enumerate(comments)
        if (row := _row_of(snapshot, comment)) >= 0
    ]
    return [comment for _, _, comment in sorted(held, key=lambda one: one[:2])]


def comment_rows(
    snapshot: Snapshot, release: str, comments: Iterable[Comment]
) -> list[dict[str, Any]]:
    """Return comments as plain rows with COMMENT_COLUMNS."""
    return [_row(snapshot, release, comment) for comment in comments]


def write_comments(folder: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """Write comments as a file; no field begins with what a spreadsheet runs."""
    path = folder / FILE_NAME
    lines = [csv_line(COMMENT_COLUMNS)]
    lines += [csv_line(row[name] for name in COMMENT_COLUMNS) for row in rows]
    path.write_bytes("".join(lines).encode())
    return path


def _row_of(snapshot: Snapshot, comment: Comment) -> int:
    """Return where the figure of a comment stands among the cells, -1 for nowhere."""
    indicator = snapshot.indicator_codes.get(comment.indicator)
    period = snapshot.period_codes.get(comment.period)
    area = snapshot.area_codes.get(comment.area)
    breakdown = snapshot.breakdown_codes.get(read_breakdown(comment.breakdown))
    if indicator is None or period is None or area is None or breakdown is None:
        return -1
    return int(snapshot.positions(indicator, period, [area], breakdown)[0])


def _row(snapshot: Snapshot, release: str, comment: Comment) -> dict[str, Any]:
    codes = read_breakdown(comment.breakdown).codes
    return {
        "release": release,
        "indicator": comment.indicator,
        "area_code": comment.area,
        "area_name": snapshot.places.area(comment.area).name,
        "period": comment.period,
        **dict(zip(BREAKDOWN_COLUMNS, codes, strict=True)),
        "comment_id": comment.id,
        "comment_version": comment.version,
        "comment_kind": comment.kind.value,
        "comment_reason": comment.reason.value,
        "text": comment.text,
        "link": comment.link,
        "author_role": comment.author_role,
        "written_on": comment.written_on,
        "checked_on": comment.checked_on,
    }
