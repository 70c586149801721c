"""Which core does what: servers share one, and what asks them has another to itself."""

import os
import shutil
from typing import Final

SERVERS, GENERATOR = 0, -1
"""Places among the cores that we may use."""
_LEAST: Final = 2


def on_core(place: int) -> list[str]:
    """Return what a command is begun with to keep it on one core; nothing where it cannot be."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < _LEAST or not shutil.which("taskset"):
        return []
    return ["taskset", "-c", str(cores[place])]
