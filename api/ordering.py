"""The order of rows: that of their keys, unless the reader wants another."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.blocks import Block
from api.columns import OK
from api.opened import OpenRelease
from api.parameters import Parameter, Query, one_of
from api.problems import bad_value, unknown_value
from api.row_filters import key_of, taken
from indicators.shown_numbers import without_noise

BY_KEY: Final = "key"
ORDERS: Final = (BY_KEY, "period", "-period", "value", "-value", "area", "-area")
ORDER: Final = Parameter(
    "order",
    "`period`, `value`, `area`, each with `-` before it for the other way round; rows without a "
    "value come last either way. What is equal stands by `key`, the default: indicator, period, "
    "area, breakdown.",
    "-value",
    form=one_of(*ORDERS),
)


def read_order(query: Query) -> tuple[str, ...]:
    """Return what to sort by, nothing for the order of keys; raises ProblemError."""
    words = query.all("order")
    for word in words:
        if word not in ORDERS:
            raise unknown_value("order", word, ORDERS, "an order", f"use {', '.join(ORDERS)}")
    names = [word.removeprefix("-") for word in words]
    if len(set(names)) < len(names):
        raise bad_value("order", f"{', '.join(words)} sorts twice by one thing; name it once")
    before_key = words[: words.index(BY_KEY)] if BY_KEY in words else words
    return tuple(before_key)


def ordered(release: OpenRelease, block: Block, order: tuple[str, ...]) -> Block:
    """Return the rows sorted; equal ones by key, so that pages never overlap."""
    ranks = [_ranks(release, block, word) for word in order]
    # The last is the first to sort by.
    return taken(block, np.lexsort((key_of(release, block), *reversed(ranks))))


def _ranks(release: OpenRelease, block: Block, word: str) -> NDArray[np.float64]:
    """Return numbers that rise in the order wanted."""
    sign = -1.0 if word.startswith("-") else 1.0
    name = word.removeprefix("-")
    if name == "area":
        return np.asarray(sign * block.area, dtype=np.float64)
    if name == "period":
        ends = np.asarray([period.end.toordinal() for period in release.snapshot.periods])
        return np.asarray(sign * ends[block.period])
    values = release.snapshot.columns["value"][np.maximum(block.position, 0)]
    # Only what is shown sorts: the place of a hidden value would tell of it.
    shown = np.where(block.is_held & (block.status == OK), sign * values, np.inf)
    return np.asarray(np.where(np.isnan(shown), np.inf, without_noise(shown)))
