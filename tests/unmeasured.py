"""Running without the tracer of coverage what only repeats, at length, what other tests measure.

The tracer makes all code about twice as slow, libraries too. What is left out here can only lower
the figure that `make test` asks for.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from coverage import Coverage


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure nothing as long as the block lasts, nor in threads that it starts."""
    running = Coverage.current()
    if running is None:
        yield
        return
    running.stop()
    try:
        yield
    finally:
        running.start()
