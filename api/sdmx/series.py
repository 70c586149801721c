"""The rows of a selection put into series: one indicator at a time, each series by time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.blocks import Block, Codes
from api.columns import ends_of
from api.opened import OpenRelease
from api.row_text import one_by_one
from reference.periods import PeriodKind

KINDS = tuple(PeriodKind)
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Kept:
    """Which rows of each series are wanted; by default all."""

    first: int | None = None
    last: int | None = None
    updated: frozenset[int] | None = field(default=None)
    """Codes of the releases in which a cell may have changed last."""


@dataclass(frozen=True)
class SeriesBlock:
    """The rows of one indicator: as the release holds them, and the order of series and time.

    `order` are positions in `block`; `is_first` says by place in the order where a series begins.
    """

    block: Block
    order: Codes
    is_first: Mask

    @property
    def indicator(self) -> int:
        """The code of the indicator."""
        return int(self.block.indicator[0])

    def __len__(self) -> int:
        return len(self.order)


def series_blocks(
    release: OpenRelease, found: Iterable[Block], kept: Kept = Kept()
) -> Iterator[SeriesBlock]:
    """Give the rows of each indicator that has any, in series."""
    for block in by_indicator(found):
        made = in_series(release, block, kept)
        if len(made):
            yield made


def by_indicator(found: Iterable[Block]) -> Iterator[Block]:
    """Give blocks of all rows of one indicator each; rows come indicator by indicator."""
    held: list[Block] = []
    for block in found:
        for part in one_by_one(block):
            if held and held[0].indicator[0] != part.indicator[0]:
                yield _joined(held)
                held = []
            held.append(part)
    if held:
        yield _joined(held)


def in_series(release: OpenRelease, block: Block, kept: Kept) -> SeriesBlock:
    """Order the rows of one indicator by area, breakdown, kind of period and time."""
    kinds = kinds_of(release)[block.period]
    order = np.lexsort((block.period, kinds, block.breakdown, block.area))
    if kept.updated is not None:
        order = order[_is_updated(release, block, kept.updated)[order]]
    keys = (block.area[order], block.breakdown[order], kinds[order])
    is_first = _begins(keys, len(order))
    if kept.first is not None or kept.last is not None:
        chosen = _at_the_ends(is_first, kept)
        order, is_first = order[chosen], _begins(tuple(k[chosen] for k in keys), int(chosen.sum()))
    return SeriesBlock(block, order, is_first)


def kinds_of(release: OpenRelease) -> Codes:
    """Return by period the place of its kind in KINDS."""
    kinds = [KINDS.index(period.kind) for period in release.snapshot.periods]
    return np.asarray(kinds, dtype=np.int64)


def _joined(blocks: list[Block]) -> Block:
    if len(blocks) == 1:
        return blocks[0]

    def column(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(block, name) for block in blocks])

    return Block(
        indicator=column("indicator"),
        period=column("period"),
        area=column("area"),
        breakdown=column("breakdown"),
        position=column("position"),
        status=column("status"),
    )


def _is_updated(release: OpenRelease, block: Block, updated: frozenset[int]) -> Mask:
    held = ends_of(release, int(block.indicator[0]))
    is_meant = np.asarray([end.updated in updated for end in held.ends], dtype=np.bool_)
    return np.asarray(is_meant[held.of(block)])


def _begins(keys: tuple[Codes, ...], count: int) -> Mask:
    begins = np.zeros(count, dtype=np.bool_)
    begins[:1] = True
    for key in keys:
        begins[1:] |= key[1:] != key[:-1]
    return begins


def _at_the_ends(is_first: Mask, kept: Kept) -> Mask:
    """Say which rows are among the first or the last so many of their series."""
    starts = np.flatnonzero(is_first)
    sizes = np.diff([*starts, len(is_first)])
    place = np.arange(len(is_first)) - np.repeat(starts, sizes)
    from_end = np.repeat(sizes, sizes) - place
    chosen = np.zeros(len(is_first), dtype=np.bool_)
    if kept.first is not None:
        chosen |= place < kept.first
    if kept.last is not None:
        chosen |= from_end <= kept.last
    return chosen
