"""The cells of a figure in parts, laid out by area, as statistics of parts want them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.area_choice import AreaChoice
from api.blocks import Block, blocks
from api.columns import OK, Columns
from api.opened import OpenRelease
from api.part_choice import WHOLE, Divided
from api.rows import Pair, Selection
from indicators.arithmetic import Numbers
from indicators.cells import STATUSES, Status
from indicators.comparison import can_test
from indicators.inequalities import Parts, shares_denominator
from indicators.model import Indicator

NOT_RECORDED: Final = frozenset({"U", "NK"})
"""Codes of those of whom nothing is recorded: no group of children, so no end of a gap."""

_WITHHELD: Final = [
    STATUSES.index(status)
    for status in (
        Status.LOW, Status.SUPPRESSED, Status.UNRELIABLE_WITHHELD, Status.WITHDRAWN
    )
]  # fmt: skip
_NUMBERS: Final = ("value", "numerator", "denominator")
_LIMITS: Final = ("ci_lower", "ci_upper")

Grid = NDArray[np.int64]
"""For each area (rows), the place of total and parts (columns) in a block, -1 where none is."""


@dataclass(frozen=True)
class Held:
    """The cells of a figure in parts: a row for each area; the first column is the total."""

    divided: Divided
    indicator: Indicator
    block: Block
    areas: NDArray[np.int64]
    grid: Grid
    numbers: Mapping[str, Numbers]

    def status(self) -> NDArray[np.int64]:
        """Return the status of total and parts, -1 where there is no row."""
        return np.where(self.grid >= 0, self.block.status[self.grid], -1).astype(np.int64)

    def laid_out(self, column: Numbers) -> Numbers:
        """Return a column of the block, a row for each area."""
        return np.where(self.grid >= 0, column[self.grid], np.nan)


def held_in_parts(release: OpenRelease, divided: Divided, areas: AreaChoice) -> Held | None:
    """Return the cells of total and parts; None where the areas have none."""
    wanted = (WHOLE, *divided.parts)
    pair = Pair(divided.indicator, divided.period, tuple(sorted(wanted)))
    found = list(blocks(release, Selection((pair,), areas, ())))
    if not found:
        return None
    (block,) = found
    codes, rows = np.unique(block.area, return_inverse=True)
    places = {code: place for place, code in enumerate(wanted)}
    grid = np.full((len(codes), len(wanted)), -1, dtype=np.int64)
    grid[rows, [places[code] for code in block.breakdown.tolist()]] = np.arange(len(block))
    columns = Columns(release, block)
    numbers = {name: columns.numbers(name) for name in _NUMBERS}
    numbers |= {name: columns.limits(name) for name in _LIMITS}
    indicator = release.snapshot.indicators[divided.indicator]
    return Held(divided, indicator, block, codes, grid, numbers)


def parts_of(release: OpenRelease, held: Held) -> Parts:
    """Return the counts that can be relied on: a cell with an interval is one whose counts fit."""
    status = held.status()
    is_ok = status == OK
    fits = np.isfinite(held.laid_out(held.numbers["ci_lower"])) | (not can_test(held.indicator))
    top, bottom = (
        np.where(is_ok & fits, held.laid_out(held.numbers[name]), np.nan) for name in _NUMBERS[1:]
    )
    edition = np.where(held.grid >= 0, _editions(release, held.block)[held.grid], -1)
    breakdowns = release.snapshot.index.breakdowns
    codes = [getattr(breakdowns[part], held.divided.column) for part in held.divided.parts]
    return Parts(
        is_ok=is_ok[:, 1:],
        is_withheld=np.isin(status[:, 1:], _WITHHELD),
        top=top[:, 1:],
        bottom=bottom[:, 1:],
        total_is_ok=is_ok[:, :1],
        total_value=held.laid_out(held.numbers["value"])[:, :1],
        total_top=top[:, :1],
        total_bottom=bottom[:, :1],
        is_other_edition=edition[:, 1:] != edition[:, :1],
        is_group=np.asarray([code not in NOT_RECORDED for code in codes], dtype=np.bool_),
    )


def _editions(release: OpenRelease, block: Block) -> NDArray[np.int64]:
    """Return a number for the edition that each cell is from, -1 where there is none.

    Tables of one publisher and edition agree with each other; later ones revise.
    """
    sources = release.snapshot.sources
    known = sorted({(source.publisher, source.vintage) for source in sources})
    of_source = np.asarray(
        [*(known.index((source.publisher, source.vintage)) for source in sources), -1]
    )
    source = np.where(block.is_held, release.snapshot.columns["source"][block.position], -1)
    return of_source[source]


def is_shared(release: OpenRelease, divided: Divided) -> bool:
    """Say whether the parts are counted over the total's denominator, from every area's cells."""
    return release.recall(("shares denominator", divided), lambda: _shares(release, divided))


def _shares(release: OpenRelease, divided: Divided) -> bool:
    held = held_in_parts(release, divided, AreaChoice(np.arange(len(release.areas))))
    if held is None:
        return False
    bottom = held.laid_out(held.numbers["denominator"])
    return shares_denominator(bottom[:, 1:], bottom[:, :1])
