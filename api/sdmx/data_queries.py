"""A query for data: its parameters, read and checked, and the rows that it means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from api.asking import AS_OF, RELEASE
from api.blocks import blocks
from api.opened import OpenRelease
from api.parameters import Parameter, Query, described
from api.registry import State
from api.rows import Selection, select
from api.sdmx.data_messages import FLAT
from api.sdmx.errors import NOT_IMPLEMENTED, SdmxError, syntax
from api.sdmx.keys import Asking, as_query, check_flow, check_provider, read_key, read_times
from api.sdmx.names import DIMENSIONS, TIME
from api.sdmx.row_writing import Shape
from api.sdmx.series import Kept, SeriesBlock, series_blocks
from api.sdmx.times import span_of


def _one(name: str, text: str, example: str = "") -> Parameter:
    return Parameter(name, text, example, is_list=False)


SHARED: Final = described((RELEASE, AS_OF))
START: Final = _one(
    "startPeriod",
    "Only periods that end on or after the first day of this year, quarter, month or day; or an id "
    "such as `RY2020`, which stands for its last day.",
    "2020",
)
END: Final = _one(
    "endPeriod", "Only periods that end on or before the last day of this time.", "2025"
)
DETAILS: Final[Mapping[str, tuple[bool, bool]]] = {
    "full": (True, True),
    "dataonly": (True, False),
    "serieskeysonly": (False, False),
    "nodata": (False, True),
}
"""Whether observations and whether attributes are wanted."""
PARAMETERS: Final[Mapping[str, Parameter]] = {
    **described(
        (
            START,
            END,
            _one("firstNObservations", "Of each series only so many of its first.", "1"),
            _one("lastNObservations", "Of each series only so many of its last.", "1"),
            _one("detail", "`full` (the default), `dataonly`, `serieskeysonly` or `nodata`.",
                 "dataonly"),
            _one("dimensionAtObservation", f"`{TIME}` (the default): observations in series; or "
                 f"`{FLAT}`: each stands alone.", FLAT),
            _one("updatedAfter", "Only figures changed by a release published after this time.",
                 "2020-01-01"),
            _one("includeHistory", "Only `false`; ask each release with `release=` instead.",
                 "false"),
        )
    ),
    **SHARED,
}  # fmt: skip


@dataclass(frozen=True)
class DataQuery:
    """One query for data of one release."""

    release: OpenRelease
    selection: Selection
    kept: Kept
    shape: Shape

    def rows(self) -> Iterator[SeriesBlock]:
        """Give the rows in series, indicator by indicator."""
        return series_blocks(self.release, blocks(self.release, self.selection), self.kept)


def read_data_query(
    release: OpenRelease, state: State, path: tuple[str, ...], query: Query
) -> DataQuery:
    """Read `FLOW/KEY/PROVIDER` and the parameters; raises SdmxError."""
    asking = read_asking(release, path, query)
    shape = _shape(query)
    kept = Kept(
        first=_count(query, "firstNObservations"),
        last=_count(query, "lastNObservations"),
        updated=updated_codes(release, state, query.one("updatedAfter")),
    )
    if (query.one("includeHistory") or "false") != "false":
        text = "includeHistory: versions are not told apart in one answer; ask with release="
        raise SdmxError(NOT_IMPLEMENTED, text)
    return DataQuery(release, select(release, as_query(release, asking)), kept, shape)


def read_asking(release: OpenRelease, path: tuple[str, ...], query: Query) -> Asking:
    """Read `FLOW/KEY/PROVIDER` and the times; raises SdmxError."""
    if not path or len(path) > 3:
        raise syntax("write data/FLOW/KEY/PROVIDER; KEY and PROVIDER may be left out")
    check_flow(path[0])
    check_provider(path[2] if len(path) > 2 else "all")
    return Asking(read_key(release, path[1] if len(path) > 1 else ""), *read_times(query))


def updated_codes(release: OpenRelease, state: State, after: str | None) -> frozenset[int] | None:
    """Return the codes of the releases published after a time; None where none is given.

    A release that is listed no more counts as published when the one that holds it was.
    """
    if after is None:
        return None
    moment = _moment(after)
    published = {one.id: one.published_at for one in state.releases}
    return frozenset(
        code
        for code, id in enumerate(release.snapshot.index.releases)
        if _moment(published.get(id, release.published_at)) > moment
    )


def _moment(text: str) -> datetime:
    """Return a time with its zone; a day stands for its beginning. Raises SdmxError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        day = span_of("updatedAfter", text)[0]
        moment = datetime.combine(day, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _count(query: Query, name: str) -> int | None:
    text = query.one(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 10):
        raise syntax(f"{name}: '{text[:40]}' is not a whole number above zero")
    return int(text)


def _shape(query: Query) -> Shape:
    detail = query.one("detail") or "full"
    if detail not in DETAILS:
        raise syntax(f"detail: '{detail[:40]}' is none of {', '.join(DETAILS)}")
    has_rows, has_attributes = DETAILS[detail]
    return Shape(has_rows, has_attributes, _is_flat(query, has_rows=has_rows))


def _is_flat(query: Query, *, has_rows: bool) -> bool:
    at = query.one("dimensionAtObservation") or TIME
    if at == TIME:
        return False
    if at == FLAT:
        if not has_rows:
            text = f"dimensionAtObservation: without observations there are series only; use {TIME}"
            raise syntax(text)
        return True
    if at in {one.id for one in DIMENSIONS}:
        text = f"dimensionAtObservation: only {TIME} and {FLAT} are given, not {at}"
        raise SdmxError(NOT_IMPLEMENTED, text)
    raise syntax(f"dimensionAtObservation: '{at[:40]}' is no dimension; use {TIME} or {FLAT}")
