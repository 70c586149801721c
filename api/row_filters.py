"""The rows of a question: those of its selections that it keeps, joined, in the order it wants."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.blocks import Block, blocks
from api.columns import OK
from api.opened import OpenRelease
from api.row_choice import EVERY_ROW, RowChoice
from api.row_text import one_by_one
from api.rows import Selection
from indicators.snapshot import cell_key

Marks = NDArray[np.bool_]

COLUMNS: Final = ("indicator", "period", "area", "breakdown", "position", "status")


def rows_kept(release: OpenRelease, selection: Selection) -> Iterator[Block]:
    """Give the rows of a selection that it keeps, in the order of their keys."""
    found = blocks(release, selection)
    return found if selection.keeps == EVERY_ROW else _kept(release, found, selection.keeps)


def joined_rows(release: OpenRelease, found: Iterable[Block]) -> Iterator[Block]:
    """Give the rows of several selections as one block, each row once, in the order of keys."""
    whole = concatenated(found)
    if whole is not None:
        keys = key_of(release, whole)
        yield taken(whole, np.unique(keys, return_index=True)[1])


def key_of(release: OpenRelease, block: Block) -> NDArray[np.int64]:
    """Return what makes each row one row, and sorts it."""
    index = release.snapshot.index
    return cell_key(block.indicator, block.period, block.area, block.breakdown, index)


def concatenated(found: Iterable[Block]) -> Block | None:
    """Return blocks as one; None for no rows."""
    parts = [block for block in found if len(block)]
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    return Block(*(np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS))


def taken(block: Block, places: NDArray[np.int64] | Marks) -> Block:
    """Return some rows of a block, by place or mark, in the order given."""
    return Block(*(getattr(block, name)[places] for name in COLUMNS))


def flags_of(release: OpenRelease, block: Block) -> NDArray[np.int64]:
    """Return the flags of each row as bits, none where there is no cell."""
    held = release.snapshot.columns["flags"][np.maximum(block.position, 0)]
    return np.where(block.is_held, held, 0).astype(np.int64)


def _kept(release: OpenRelease, found: Iterable[Block], choice: RowChoice) -> Iterator[Block]:
    passed = (taken(block, _marks(release, block, choice)) for block in found)
    if choice.last_with_data is None:
        yield from (block for block in passed if len(block))
        return
    parts = chain.from_iterable(one_by_one(block) for block in passed if len(block))
    for _, run in groupby(parts, key=lambda part: int(part.indicator[0])):
        block = concatenated(run)
        if block is not None and len(last := _last_with_data(release, block, choice)):
            yield last


def _marks(release: OpenRelease, block: Block, choice: RowChoice) -> Marks:
    keep = np.ones(len(block), dtype=np.bool_)
    if choice.statuses is not None:
        keep &= np.isin(block.status, list(choice.statuses))
    if choice.flags is not None:
        flags = flags_of(release, block)
        keep &= ((flags & choice.flags) > 0) | (choice.is_unflagged & (flags == 0))
    return keep


def _last_with_data(release: OpenRelease, block: Block, choice: RowChoice) -> Block:
    """Return of one indicator's rows the last few with a figure of each area and breakdown."""
    width = len(release.snapshot.index.breakdowns)
    figures = np.flatnonzero(block.status == OK)
    series = block.area[figures] * width + block.breakdown[figures]
    newest_first = np.lexsort((-block.period[figures], series))
    sorted_series = series[newest_first]
    begins = np.searchsorted(sorted_series, sorted_series)
    age = np.arange(len(sorted_series)) - begins
    kept = figures[newest_first[age < (choice.last_with_data or 0)]]
    return taken(block, np.sort(kept))


def areas_without(found: Sequence[Block], selection: Selection) -> NDArray[np.int64]:
    """Return the areas of a selection that have no row."""
    areas = [block.area for block in found] or [np.empty(0, dtype=np.int64)]
    return np.setdiff1d(selection.areas.codes, np.concatenate(areas))
