"""What an answer may cost, and the refusal that says how large it is and which file holds it all.

`refuse_beyond(asked, count, most, what="rows", held_by="JSON")` raises the problem where `count`
is above `most`; call it before anything is made, with an estimate that is never too low. So does
`refuse_work(asked, count, fewer)` for rows that are worked out: there the work is the cost, so
that no other format helps.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from api.asking import RELEASES_PATH, Asked
from api.contract import MOST_JSON_ROWS
from api.problems import ProblemError
from indicators.export import OBSERVATIONS_CSV, OBSERVATIONS_PARQUET
from indicators.practice import RELEASE_PREFIX, is_practice_release

MOST_CELLS: Final = 1_000_000
"""Cells of a cube (JSON-stat, SDMX), which is laid out whole in memory."""
MOST_SHEET_ROWS: Final = 1_048_000
"""Rows of one sheet of a workbook, less room for its heading and notes."""
MOST_SORTED_ROWS: Final = 1_000_000
"""Rows that are put in another order, joined from several selections or laid out wide."""
MOST_COMPUTED_ROWS: Final = 100_000
"""Rows that are worked out for one answer, whatever its format."""

MOST_ROWS: Final = {"json": MOST_JSON_ROWS, "xlsx": MOST_SHEET_ROWS}
"""By format, where it has a limit; all others are given whatever their length."""


def refuse_beyond(
    asked: Asked, count: int, most: int, what: str = "rows", held_by: str = "JSON"
) -> None:
    """Raise ProblemError where an answer would be larger than its format holds.

    In: how many rows (or cells: `what`) it would have at most, and how many `held_by` holds.
    The problem names both, the files of the whole release, and this question as CSV.
    """
    if count <= most:
        return
    files = bulk_files(asked)
    raise ProblemError(
        400,
        "too-large",
        f"the answer would have up to {count:,} {what}; {held_by} is given for at most {most:,}. "
        f"Take the whole release as a file ({files[0]}), this question as CSV "
        f"({asked.url('csv')}), or ask for less: fewer of indicator=, area= and period=",
        parameter="format",
        suggestions=[*files, asked.url("csv")],
        more={what: count, f"most_{what}": most},
    )


def refuse_work(asked: Asked, count: int, fewer: str) -> None:
    """Raise ProblemError where more rows would be worked out than are for one answer.

    In: how many they would be at most, and which parameters make them fewer.
    """
    if count <= MOST_COMPUTED_ROWS:
        return
    files = bulk_files(asked)
    raise ProblemError(
        400,
        "too-large",
        f"the answer would have up to {count:,} rows, each worked out for it; at most "
        f"{MOST_COMPUTED_ROWS:,} are, in any format. Take all figures of the release as a file "
        f"({files[0]}), or ask for less: fewer of {fewer}",
        parameter="area",
        suggestions=files,
        more={"rows": count, "most_rows": MOST_COMPUTED_ROWS},
    )


def bulk_files(asked: Asked) -> Sequence[str]:
    """Return the addresses of the files with every figure of the release asked."""
    mark = RELEASE_PREFIX if is_practice_release(asked.release.id) else ""
    folder = f"{RELEASES_PATH}{quote(asked.release.id)}/files"
    return [f"{folder}/{mark}{name}" for name in (OBSERVATIONS_CSV, OBSERVATIONS_PARQUET)]
