"""The rows of a selection as columns of codes, a bounded number at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.area_choice import AreaChoice
from api.opened import OpenRelease
from api.rows import Pair, Run, Selection
from indicators.cells import STATUSES, Status

Codes = NDArray[np.int64]

BLOCK_ROWS: Final = 40_000
"""Rows that are worked on together: enough for speed, few enough for flat memory."""

MOST_LAID_OUT: Final = 200
"""Rows of an answer up to which a question that is remembered keeps where they stand."""

NOT_AVAILABLE: Final = STATUSES.index(Status.NOT_AVAILABLE)
NOT_COLLECTED: Final = STATUSES.index(Status.NOT_COLLECTED)

_WHOLE: Final = 0
"""The code of what is not broken down: it sorts before every part."""


@dataclass(frozen=True)
class Block:
    """Rows as columns of codes; `position` is where the cell stands, -1 where there is none."""

    indicator: Codes
    period: Codes
    area: Codes
    breakdown: Codes
    position: Codes
    status: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.position)

    @cached_property
    def is_held(self) -> NDArray[np.bool_]:
        """Whether the release has a cell for a row."""
        return np.asarray(self.position >= 0)

    @cached_property
    def all_held(self) -> bool:
        """Whether it has one for every row."""
        return int(np.count_nonzero(self.is_held)) == len(self.position)

    def part(self, first: int, last: int) -> "Block":
        """Return some of the rows."""
        rows = slice(first, last)
        return Block(
            self.indicator[rows], self.period[rows], self.area[rows],
            self.breakdown[rows], self.position[rows], self.status[rows],
        )  # fmt: skip

    def at(self, places: Sequence[int]) -> "Block":
        """Return the rows at some places, in that order."""
        return Block(
            self.indicator[places], self.period[places], self.area[places],
            self.breakdown[places], self.position[places], self.status[places],
        )  # fmt: skip


def blocks(release: OpenRelease, selection: Selection) -> Iterator[Block]:
    """Give the rows in order, a bounded number at a time; few are found once for all."""
    if selection.most_rows > MOST_LAID_OUT:
        yield from _found(release, selection)
        return
    held: Sequence[Block] | None = selection.laid_out.get("blocks")
    if held is None:
        held = selection.laid_out["blocks"] = tuple(_found(release, selection))
    yield from held


def _found(release: OpenRelease, selection: Selection) -> Iterator[Block]:
    areas = selection.areas
    if not len(areas.codes):
        return
    for run in selection.runs:
        for part in _bounded(run, len(areas.codes)):
            if len(part.pairs) == len(part.breakdowns) == 1:
                block = _block_of_pair(release, part.pairs[0], areas)
            else:
                block = _block(release, part, areas)
            if len(block):
                yield block


def _bounded(run: Run, areas: int) -> Iterator[Run]:
    step = max(1, BLOCK_ROWS // (areas * len(run.breakdowns)))
    if len(run.pairs) <= step:
        yield run
        return
    for first in range(0, len(run.pairs), step):
        yield Run(run.pairs[first : first + step])


def _block(release: OpenRelease, run: Run, areas: AreaChoice) -> Block:
    """Lay out pairs by areas by breakdowns, find their cells, and keep the rows that count."""
    snapshot, index = release.snapshot, release.snapshot.index
    width, breakdowns = len(index.breakdowns), np.asarray(run.breakdowns)
    first = (run.indicators * len(index.periods) + run.periods) * (len(index.areas) * width)
    within = areas.codes[:, np.newaxis] * width + breakdowns
    wanted = first[:, np.newaxis, np.newaxis] + within
    found = np.minimum(np.searchsorted(snapshot.keys, wanted), len(snapshot.keys) - 1)
    is_hit = snapshot.keys[found] == wanted
    status = snapshot.columns["status"][found]
    existed = release.existed[run.periods][:, areas.codes, np.newaxis]
    keep = is_hit & (existed | release.has_content[status])
    is_lacking = existed > is_hit
    if np.count_nonzero(is_lacking):
        is_kept, filler = _filled(release, run.pairs, run.breakdowns, areas)
        keep |= is_lacking & is_kept
        status = np.where(is_hit, status, filler)
        found = np.where(is_hit, found, -1)
    pair_place, area_place, breakdown_place = np.nonzero(keep)
    return Block(
        indicator=run.indicators[pair_place],
        period=run.periods[pair_place],
        area=areas.codes[area_place],
        breakdown=breakdowns[breakdown_place],
        position=found[keep],
        status=status[keep],
    )


@dataclass(frozen=True)
class _Places:
    """For every area its place in one pair and breakdown, as `_block` found it."""

    position: Codes
    status: NDArray[np.int8]
    is_kept: NDArray[np.bool_]
    is_kept_if_named: NDArray[np.bool_]


def _block_of_pair(release: OpenRelease, pair: Pair, areas: AreaChoice) -> Block:
    """Return the rows of one pair and breakdown by looking its areas up."""
    places = release.recall(("places", pair), lambda: _places(release, pair))
    codes = areas.codes
    keep = places.is_kept[codes]
    if areas.named is not None:
        keep |= areas.named[codes] & places.is_kept_if_named[codes]
    kept = codes[keep]
    return Block(
        indicator=np.full(len(kept), pair.indicator),
        period=np.full(len(kept), pair.period),
        area=kept,
        breakdown=np.full(len(kept), pair.breakdowns[0]),
        position=places.position[kept],
        status=places.status[kept],
    )


def _places(release: OpenRelease, pair: Pair) -> _Places:
    """Lay one pair out over all areas, once as if none was named and once as if all were."""
    count = len(release.areas)
    every, named = np.arange(count), np.ones(count, dtype=np.bool_)
    as_named = _block(release, Run((pair,)), AreaChoice(every, named))
    unnamed = _block(release, Run((pair,)), AreaChoice(every))
    position, status = np.full(count, -1), np.full(count, NOT_AVAILABLE, dtype=np.int8)
    position[as_named.area] = as_named.position
    status[as_named.area] = as_named.status
    return _Places(
        position=position,
        status=status,
        is_kept=np.isin(every, unnamed.area),
        is_kept_if_named=np.isin(every, as_named.area),
    )


def _filled(
    release: OpenRelease, pairs: Sequence[Pair], breakdowns: Sequence[int], areas: AreaChoice
) -> tuple[NDArray[np.bool_], NDArray[np.int8]]:
    """Say which rows without a cell are given all the same, and with which status."""
    level = _levels(release, pairs, breakdowns, areas)
    # What a definition declares, it declares of the whole; a part is published where it is held.
    declared = _declared(release, pairs, areas) & (np.asarray(breakdowns) == _WHOLE)
    filler = np.where(level | declared, NOT_AVAILABLE, NOT_COLLECTED).astype(np.int8)
    if areas.named is None:
        return level, filler
    return level | areas.named[areas.codes][:, np.newaxis], filler


def _levels(
    release: OpenRelease, pairs: Sequence[Pair], breakdowns: Sequence[int], areas: AreaChoice
) -> NDArray[np.bool_]:
    """Say by pair, area, breakdown whether the release holds that level at all."""
    kinds = release.kinds[areas.codes]
    rows = [
        [release.level_held(pair.indicator, breakdown)[kinds] for breakdown in breakdowns]
        for pair in pairs
    ]
    return np.asarray(rows, dtype=np.bool_).transpose(0, 2, 1)


def _declared(release: OpenRelease, pairs: Sequence[Pair], areas: AreaChoice) -> NDArray[np.bool_]:
    kinds = release.kinds[areas.codes]
    rows = [release.level_declared(pair.indicator)[kinds] for pair in pairs]
    return np.asarray(rows, dtype=np.bool_).reshape(len(pairs), len(areas.codes), 1)
