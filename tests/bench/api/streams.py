"""Streams and files: whether memory stays flat, and whether a file comes as fast as it is read."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench.api.load import Target, read_once

_SAMPLE_SECONDS: Final = 0.01
_READ: Final = 1 << 20


@dataclass
class Watched:
    """What a process holds in memory of its own, in megabytes: before, and at most since."""

    before: float
    peak: float
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def growth(self) -> float:
        """The megabytes that came on top."""
        return self.peak - self.before


@contextmanager
def watched(process: int) -> Iterator[Watched]:
    """Look at a process's own memory, not that of mapped files, for as long as the block lasts."""
    found = Watched(own_megabytes(process), 0)
    found.peak = found.before

    def look() -> None:
        while not found._stop.wait(_SAMPLE_SECONDS):
            found.peak = max(found.peak, own_megabytes(process))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield found
    finally:
        found._stop.set()
        looking.join()


def own_megabytes(process: int) -> float:
    """Return the resident memory of a process that is not of a mapped file."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith("RssAnon:"))
    return int(line.split()[1]) / 1000


@dataclass(frozen=True)
class Streamed:
    """One stream, read to its end without keeping it."""

    megabytes: float
    seconds: float
    growth: float
    """Megabytes of memory that the server took on top meanwhile."""


def stream(target: Target) -> Streamed:
    """Read a stream and watch the server meanwhile; raises RuntimeError unless it is whole."""
    with watched(target.process) as memory:
        status, size, seconds = read_once(target)
    if status != 200:
        msg = f"{target.label}: status {status}"
        raise RuntimeError(msg)
    return Streamed(size / 1e6, seconds, memory.growth)


def forget(path: Path) -> None:
    """Have the system forget what it holds of a file, so that the disk is read."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def plain_read(path: Path) -> float:
    """Return the megabytes a second of merely reading a file."""
    size, begun = 0, time.perf_counter()
    with path.open("rb", buffering=0) as file:
        while part := file.read(_READ):
            size += len(part)
    return size / 1e6 / (time.perf_counter() - begun)
