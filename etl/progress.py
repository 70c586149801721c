"""How far long work has come: a bar on a terminal, now and then a plain line elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and a word for the step that is next."""

_SECONDS_BETWEEN_LINES: Final = 2.0


@contextmanager
def shown(title: str, stream: TextIO | None = None) -> Iterator[Progress]:
    """Give a function that shows progress on a stream, by default the error output."""
    out = sys.stderr if stream is None else stream
    if out.isatty():
        with _bar(title, out) as step:
            yield step
    else:
        yield _lines(title, out, time.monotonic)


@contextmanager
def _bar(title: str, out: TextIO) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(file=out), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def step(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{title} {name}".strip())

        yield step


def _lines(title: str, out: TextIO, clock: Callable[[], float]) -> Progress:
    """Return a function that writes a line every two seconds, so that logs stay short."""
    last = clock()

    def step(done: int, total: int, name: str) -> None:
        nonlocal last
        now = clock()
        if now - last >= _SECONDS_BETWEEN_LINES and done < total:
            last = now
            out.write(f"{title}: {done} of {total}, next {name}\n")
            out.flush()

    return step
