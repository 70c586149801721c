"""Which counts of one return must be hidden, so that none of one to five can be worked out.

First the small counts themselves; then, while a sum would give a hidden one away, the next
smallest count beside it. Zeros stay visible: nobody is described by them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indicators.measures import Identity, Key

Span = tuple[int, int]
"""Least and most that a reader can know a hidden count to be."""

UNKNOWN: Final[Span] = (0, 1_000_000_000)


@dataclass(frozen=True)
class Rows:
    """The counts of one return and the sums that hold between them.

    `tied` maps a count to the one it is hidden with; `public` are known from elsewhere, so
    hiding them would not help; `withheld` are not shown for another reason.
    """

    counts: Mapping[Key, int]
    identities: Sequence[Identity]
    tied: Mapping[Key, Key] = field(default_factory=dict)
    public: frozenset[Key] = frozenset()
    withheld: frozenset[Key] = frozenset()

    @property
    def sums(self) -> tuple[Identity, ...]:
        """The sums of which every count was sent; of the others nothing follows."""
        return tuple(i for i in self.identities if all(key in self.counts for key in i.keys))


def hidden_counts(rows: Rows, smallest_shown: int) -> dict[Key, Span]:
    """Return the counts to hide, each with what a reader can still know of it."""
    hidden = {k: (1, smallest_shown - 1) for k, n in rows.counts.items() if 0 < n < smallest_shown}
    hidden.update(dict.fromkeys(rows.withheld, UNKNOWN))
    while (weak := _weak_sum(rows, hidden, smallest_shown)) is not None:
        identity, partner = weak
        hidden[partner] = _span(rows, identity, partner, hidden)
    hidden.update({k: UNKNOWN for k, other in rows.tied.items() if other in hidden})
    return hidden


def _weak_sum(
    rows: Rows, hidden: Mapping[Key, Span], smallest_shown: int
) -> tuple[Identity, Key] | None:
    """Return a sum that gives a hidden count away, and the count to hide beside it."""
    solved = _solved(rows, hidden)
    for identity in rows.sums:
        inside = [key for key in identity.keys if key in hidden]
        is_alone = any(key in solved for key in inside)
        if inside and (is_alone or _is_narrow(rows, identity, inside, smallest_shown)):
            partner = _partner(rows, identity, hidden)
            if partner is not None:
                return identity, partner
    return None


def _is_narrow(rows: Rows, identity: Identity, inside: Sequence[Key], smallest_shown: int) -> bool:
    """Say whether hidden parts of a visible whole are together a small count again."""
    left = sum(rows.counts.get(key, smallest_shown) for key in inside)
    return identity.whole not in inside and left < smallest_shown


def _partner(rows: Rows, identity: Identity, hidden: Mapping[Key, Span]) -> Key | None:
    """Return the smallest visible part that is not zero; the whole only if no part is left."""
    for keys in (identity.parts, (identity.whole,)):
        able = [k for k in keys if k not in hidden and k not in rows.public and rows.counts[k] > 0]
        if able:
            return min(able, key=lambda key: rows.counts[key])
    return None


def _span(rows: Rows, identity: Identity, partner: Key, hidden: Mapping[Key, Span]) -> Span:
    """Return what the other hidden counts of a sum leave open for one more."""
    sign = {key: 1 if key == identity.whole else -1 for key in identity.keys}
    value = rows.counts[partner]
    least = most = value
    for key in identity.keys:
        if key != partner and key in hidden:
            low, high = (bound - rows.counts[key] for bound in hidden[key])
            ends = sorted(-sign[partner] * sign[key] * change for change in (low, high))
            least, most = least + ends[0], most + ends[1]
    return (max(least, 0), most)


def _solved(rows: Rows, hidden: Iterable[Key]) -> frozenset[Key]:
    """Return the hidden counts that the sums, taken together, leave only one value for."""
    names = sorted(hidden)
    place = {key: number for number, key in enumerate(names)}
    lines = [
        [(1 if key == identity.whole else -1, place[key]) for key in identity.keys if key in place]
        for identity in rows.sums
    ]
    filled = [line for line in lines if line]
    if not filled:
        return frozenset()
    matrix = np.zeros((len(filled), len(names)))
    for number, line in enumerate(filled):
        for sign, column in line:
            matrix[number, column] += sign
    return frozenset(names[column] for column in _determined(matrix))


def _determined(matrix: NDArray[np.float64]) -> list[int]:
    """Return the columns whose unknown is fixed by the equations: no solution direction moves it.

    The null space is read off the singular values; a column of zeros in it cannot vary.
    """
    _, values, directions = np.linalg.svd(matrix)
    rank = int((values > 1e-9).sum())
    free = directions[rank:]
    touched = (np.abs(matrix) > 0).any(axis=0)
    moves = (np.abs(free) > 1e-9).any(axis=0) if len(free) else np.zeros(matrix.shape[1], bool)
    return [int(column) for column in np.flatnonzero(touched & ~moves)]
