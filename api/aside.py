"""Pools of threads for what takes long, so that short answers need not wait for it.

Work of unknown or small size has a pool of its own; work that is known to be large waits in
another, which takes only so much and begins nothing for a client that has gone.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Semaphore
from typing import Final, ParamSpec, TypeVar

from starlette.requests import Request

from api.conditions import EnoughError
from api.problems import too_busy

LIGHT_THREADS: Final = 4
HEAVY_THREADS: Final = 2
MOST_WAITING: Final = 16
"""Heavy jobs that wait for a thread in one worker; more are refused."""
LIGHT_ROWS: Final = 5_000
"""Up to so many rows work is light: done in a fraction of a second."""

P = ParamSpec("P")
T = TypeVar("T")


def _threads(count: int, name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=count, thread_name_prefix=name)


@dataclass(frozen=True)
class Pools:
    """The threads of one application; they begin when they are first needed."""

    light: ThreadPoolExecutor = field(default_factory=lambda: _threads(LIGHT_THREADS, "light"))
    heavy: ThreadPoolExecutor = field(default_factory=lambda: _threads(HEAVY_THREADS, "heavy"))
    places: Semaphore = field(default_factory=lambda: Semaphore(HEAVY_THREADS + MOST_WAITING))
    """Those of heavy jobs that run or wait."""


async def aside(request: Request, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do work of unknown or small size beside the event loop and return what it gives."""
    pools: Pools = request.app.state.pools
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(pools.light, lambda: work(*args, **kwargs))


async def aside_by_size(
    request: Request, rows: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Do work for so many rows at most beside the event loop, where it keeps nobody waiting.

    Raises ProblemError (503) where too much waits already, EnoughError where the client has gone
    before the work began.
    """
    if rows <= LIGHT_ROWS:
        return await aside(request, work, *args, **kwargs)
    pools: Pools = request.app.state.pools
    if not pools.places.acquire(blocking=False):
        raise too_busy()
    loop = asyncio.get_running_loop()

    def begin() -> T:
        if asyncio.run_coroutine_threadsafe(request.is_disconnected(), loop).result():
            raise EnoughError
        return work(*args, **kwargs)

    job = pools.heavy.submit(begin)
    job.add_done_callback(lambda _: pools.places.release())
    return await asyncio.wrap_future(job)
