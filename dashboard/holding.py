"""Answers kept for a while, so that a page does not ask twice for what has not changed."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")
BRIEFLY: Final = 1.0
"""Seconds; the API looks as often at what changes without a release."""


def hold(held: OrderedDict[K, T], key: K, value: T, most: int) -> None:
    """Keep a value by its key, the oldest going first."""
    held[key] = value
    while len(held) > most:
        held.popitem(last=False)


@dataclass
class Brief(Generic[T]):
    """The newest answer to one question, asked again after a second."""

    clock: Callable[[], float] = time.monotonic
    _held: tuple[str, float, T] | None = field(default=None)

    async def get(self, key: str, ask: Callable[[], Awaitable[T]]) -> T:
        """Return the answer to a question, which `key` tells from others."""
        if self._held and self._held[0] == key and self.clock() - self._held[1] < BRIEFLY:
            return self._held[2]
        answer = await ask()
        self._held = (key, self.clock(), answer)
        return answer
