"""How often something happened by address, in windows of fixed length."""

import time
from collections.abc import Callable
from typing import Final

LEAST_SWEPT: Final = 10_000
"""Addresses from which on those of windows gone by are forgotten now and then."""


class Counts:
    """Counts by address; the window of an address begins with the first that is counted in it.

    The storage of `limits` starts a thread for each hundredth of a second in which it counts,
    which took a fifth of the time of answers that are made in a quarter of a millisecond.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._held: dict[str, tuple[int, float]] = {}
        """By address how many, and the end of its window."""
        self._swept_at = LEAST_SWEPT

    def used(self, address: str) -> int:
        """Return how many were counted in the window of an address."""
        count, end = self._held.get(address, (0, 0.0))
        return count if end > self._clock() else 0

    def add(self, address: str) -> int:
        """Count one more; return how many they are."""
        now = self._clock()
        count, end = self._held.get(address, (0, 0.0))
        if end <= now:
            count, end = 0, now + self._seconds
            self._sweep(now)
        self._held[address] = (count + 1, end)
        return count + 1

    def left(self, address: str) -> float:
        """Return the seconds until the window of an address ends; none where it has none."""
        _, end = self._held.get(address, (0, 0.0))
        return max(0.0, end - self._clock())

    def _sweep(self, now: float) -> None:
        """Forget windows gone by, once there are twice as many as were left the last time."""
        if len(self._held) < self._swept_at:
            return
        self._held = {address: held for address, held in self._held.items() if held[1] > now}
        self._swept_at = max(LEAST_SWEPT, 2 * len(self._held))
