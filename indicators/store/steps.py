"""Named points of receiving, loading and publishing, at which a test may end the process.

`reached` does nothing in service. Tests set a watcher that exits or fails at one point, to show
that whatever happens between two points, nothing is lost, doubled or half published.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

Watcher = Callable[[str], None]

_WATCHERS: Final[list[Watcher]] = []


def reached(point: str) -> None:
    """Tell whoever watches that a point was reached; `point` is like `publish:committed`."""
    for watcher in _WATCHERS:
        watcher(point)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Have every point told to a watcher, inside a `with` block."""
    _WATCHERS.append(watcher)
    try:
        yield
    finally:
        _WATCHERS.remove(watcher)
