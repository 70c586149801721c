"""Which of the rows of a selection a query keeps: by status, flags, and how recent they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.parameters import Parameter, Query, described, one_of, read_whole, whole
from api.problems import unknown_value
from indicators.cells import FLAGS, STATUSES, Status, flag_bits

MOST_RECENT: Final = 200
NO_FLAGS: Final = "none"
LAST, LAST_WITH_DATA = "last", "last_with_data"

PARAMETERS: Final[Mapping[str, Parameter]] = described(
    (
        Parameter(
            LAST,
            "The last so many periods of each indicator that have any row: of those that `period` "
            "names, else of all. With it, `period=latest` means the periods up to the latest.",
            "5",
            is_list=False,
            form=whole(1, MOST_RECENT),
        ),
        Parameter(
            LAST_WITH_DATA,
            "For each indicator, area and breakdown the last so many rows with a figure (status "
            "`ok`), among the periods that `period` and `last` leave (without them: all) and the "
            "rows that other parameters keep. An area without any figure has no row.",
            "1",
            is_list=False,
            form=whole(1, MOST_RECENT),
        ),
        Parameter(
            "status",
            f"Only rows of these statuses: {', '.join(f'`{status}`' for status in STATUSES)}.",
            "ok",
            form=one_of(*STATUSES),
        ),
        Parameter(
            "flags",
            f"Only rows with any of these flags: {', '.join(f'`{flag}`' for flag in FLAGS)}; or "
            f"`{NO_FLAGS}`, those without one.",
            NO_FLAGS,
            form=one_of(*FLAGS, NO_FLAGS),
        ),
    )
)


@dataclass(frozen=True)
class RowChoice:
    """What a row must be to be kept; codes and bits as in the cells."""

    statuses: frozenset[int] | None = None
    flags: int | None = None
    is_unflagged: bool = False
    """Whether rows without a flag are kept, where flags are asked for."""
    last_with_data: int | None = None


EVERY_ROW: Final = RowChoice()


def read_row_choice(query: Query) -> RowChoice:
    """Read `status`, `flags` and `last_with_data`; raises ProblemError for an unknown word."""
    statuses, flags = query.all("status"), query.all("flags")
    recent = read_count(query, LAST_WITH_DATA)
    if not (statuses or flags or recent):
        return EVERY_ROW
    for name in statuses:
        if name not in list(Status):
            advice = f"use {', '.join(STATUSES)}"
            raise unknown_value("status", name, STATUSES, "a status", advice)
    for name in flags:
        if name not in {*FLAGS, NO_FLAGS}:
            advice = f"use {', '.join((*FLAGS, NO_FLAGS))}"
            raise unknown_value("flags", name, (*FLAGS, NO_FLAGS), "a flag", advice)
    return RowChoice(
        statuses=frozenset(STATUSES.index(Status(s)) for s in statuses) if statuses else None,
        flags=flag_bits(set(flags) - {NO_FLAGS}) if flags else None,
        is_unflagged=NO_FLAGS in flags,
        last_with_data=recent,
    )


def read_count(query: Query, name: str) -> int | None:
    """Return how many of the most recent are asked for; raises ProblemError for no such number."""
    text = query.one(name)
    if text is None:
        return None
    return read_whole(name, text, MOST_RECENT, ["1"])


def counts_back(query: Query) -> bool:
    """Say whether a query counts back from the most recent, and so means all periods."""
    return LAST in query or LAST_WITH_DATA in query
