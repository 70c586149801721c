"""A small pool of threads for long work, so that short answers need not wait for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from starlette.requests import Request

THREADS: Final = 4

P = ParamSpec("P")
T = TypeVar("T")


def make_pool() -> ThreadPoolExecutor:
    """Return a pool; its threads begin when they are first needed."""
    return ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="heavy")


async def aside(request: Request, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do long work in the pool of the application and return what it gives."""
    pool: ThreadPoolExecutor = request.app.state.heavy
    return await asyncio.get_running_loop().run_in_executor(pool, lambda: work(*args, **kwargs))
