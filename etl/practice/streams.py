"""Seeded draws: each quantity of each authority has its own stream, so nothing reshuffles another.

A stream is drawn from year after year; more years leave the earlier ones as they are.
"""

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Shares = tuple[float, ...]


def stream(*names: str) -> np.random.Generator:
    """Return the stream of some names: the same names give the same draws every time."""
    digest = sha256("|".join(names).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


class Draws:
    """All draws of one authority, by the name of what is drawn."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self._streams: dict[str, np.random.Generator] = {}

    def of(self, name: str) -> np.random.Generator:
        """Return the stream of one quantity."""
        if name not in self._streams:
            self._streams[name] = stream(*self._names, name)
        return self._streams[name]

    def count(self, name: str, mean: float, closeness: float = 1_000) -> int:
        """Draw a count around its mean: a little more loosely than chance alone would."""
        own = self.of(name).gamma(closeness, mean / closeness) if mean > 0 else 0.0
        return int(self.of(name).poisson(own))

    def part(self, name: str, whole: int, share: float) -> int:
        """Draw how many of a whole belong to a part."""
        return int(self.of(name).binomial(whole, min(max(share, 0.0), 1.0)))

    def split(
        self, name: str, whole: int, shares: Shares, closeness: float | None = None
    ) -> list[int]:
        """Draw parts that add up to the whole; `closeness` lets the shares themselves vary."""
        own: NDArray[np.float64] = np.array(shares) / sum(shares)
        if closeness is not None:
            own = self.of(name).dirichlet(own * closeness)
        return [int(count) for count in self.of(name).multinomial(whole, own)]
