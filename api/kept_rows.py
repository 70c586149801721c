"""The text of rows that were asked for lately: the next answer that has them joins them only.

Everybody asks for the same few rows, the latest of each indicator, in ever other choices of areas
and indicators. What is kept is bounded by a number of rows and goes with its release.
"""

from collections.abc import Callable

import numpy as np

from api.blocks import Block, Codes
from api.opened import OpenRelease
from indicators.cells import STATUSES
from indicators.snapshot import cell_key

Make = Callable[[Block], list[bytes]]
"""Writes rows one by one."""


class KeptRows:
    """Texts of rows by what makes a row one row; emptied when there are too many."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held: dict[int, bytes] = {}

    def texts(self, release: OpenRelease, block: Block, make: Make) -> list[bytes]:
        """Return the text of each row, made for those only that are not held."""
        keys: list[int] = _keys(release, block).tolist()
        try:
            return list(map(self.held.__getitem__, keys))
        except KeyError:
            return self._with_new(keys, block, make)

    def _with_new(self, keys: list[int], block: Block, make: Make) -> list[bytes]:
        found = [self.held.get(key) for key in keys]
        places = [place for place, text in enumerate(found) if text is None]
        made = make(block if len(places) == len(found) else block.at(places))
        new = dict(zip(places, made, strict=True))
        self._keep({keys[place]: text for place, text in new.items()})
        return [new[place] if text is None else text for place, text in enumerate(found)]

    def _keep(self, new: dict[int, bytes]) -> None:
        if len(new) > self.most:
            return
        if len(self.held) + len(new) > self.most:
            self.held.clear()
        self.held.update(new)


def _keys(release: OpenRelease, block: Block) -> Codes:
    """Return a number for each row: where its cell stands; below zero for one without a cell."""
    if block.all_held:
        return block.position
    index = release.snapshot.index
    place = cell_key(block.indicator, block.period, block.area, block.breakdown, index)
    without_cell = -1 - (place * len(STATUSES) + block.status)
    return np.where(block.is_held, block.position, without_cell)
