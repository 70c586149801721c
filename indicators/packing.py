"""Packing parts of a file beside the work that makes them: gzip leaves Python's lock."""

import gzip
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_LEVEL: Final = 4
"""Level 6 takes twice as long for files five per cent smaller."""
_MOST_WAITING: Final = 3
"""Parts that may wait to be packed, so that memory stays flat."""


class Packer:
    """Writes a gzip file part by part in a thread of its own; no clock, no name inside."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._packed = gzip.GzipFile(
            filename="", mode="wb", compresslevel=_LEVEL, fileobj=self._file, mtime=0
        )
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[Future[int]] = deque()

    def pack(self, part: bytes) -> None:
        """Take a part; raises what went wrong with an earlier one."""
        if len(self._waiting) >= _MOST_WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._thread.submit(self._packed.write, part))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Pack what waits and close the file; raises what went wrong with any part."""
        try:
            with self._file, self._thread:
                for part in self._waiting:
                    part.result()
                if error is None:
                    self._thread.submit(self._packed.close).result()
        finally:
            self._waiting.clear()
