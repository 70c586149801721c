"""How much one fetch may cost, and the clock it runs by."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class FetchLimits:
    """Beyond these an answer is refused, or tried again; sizes in bytes, times in seconds."""

    file_bytes: int = 200_000_000
    json_bytes: int = 20_000_000
    expansion: int = 100
    pages: int = 200
    attempts: int = 4
    longest_wait: float = 120.0
    connect_seconds: float = 10.0
    silent_seconds: float = 60.0
    file_seconds: float = 900.0
    between_requests: float = 1.0


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """The time of day, a stopwatch and a way to wait; tests bring their own."""

    now: Callable[[], datetime] = _now
    stopwatch: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
