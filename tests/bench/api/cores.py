"""Which core does what: servers share one, and what asks them has another to itself."""

import os
import shutil
from collections.abc import Sequence
from functools import cache
from typing import Final

SERVERS, GENERATOR = 0, -1
"""Places among the cores that we may use."""
_LEAST: Final = 2


def on_core(place: int) -> list[str]:
    """Return what a command is begun with to keep it on one core; nothing where it cannot be."""
    if len(_cores()) < _LEAST or not shutil.which("taskset"):
        return []
    return ["taskset", "-c", str(_cores()[place])]


def ask_from_own_core() -> None:
    """Keep this process, which asks for long answers itself, off the core of the servers."""
    if len(_cores()) >= _LEAST:
        os.sched_setaffinity(0, {_cores()[GENERATOR]})


@cache
def _cores() -> Sequence[int]:
    return sorted(os.sched_getaffinity(0))
