"""Long work beside the event loop: small work never waits for it, and it has bounds of its own."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from api.aside import HEAVY_THREADS, LIGHT_ROWS, MOST_WAITING, Pools, aside, aside_by_size
from api.conditions import EnoughError
from api.problems import ProblemError
from tests.api.conftest import client_for

SMALL = "/api/v1/comparisons?area=authority&with=england"
LARGE = LIGHT_ROWS + 1


def a_request(pools: Pools, *, is_gone: bool = False) -> Any:
    """Return a request as far as pools look at it."""

    async def is_disconnected() -> bool:
        return is_gone

    app = SimpleNamespace(state=SimpleNamespace(pools=pools))
    return SimpleNamespace(app=app, is_disconnected=is_disconnected)


@contextmanager
def at_work(pools: Pools) -> Iterator[None]:
    """Keep every heavy thread at work."""
    end = Event()
    for _ in range(HEAVY_THREADS):
        pools.heavy.submit(end.wait, 20)
    try:
        yield
    finally:
        end.set()


def test_small_work_does_not_wait_for_large() -> None:
    pools = Pools()

    async def ask() -> tuple[str, str]:
        request = a_request(pools)
        unsized = aside(request, lambda: "unsized")
        sized = aside_by_size(request, LIGHT_ROWS, lambda: "small")
        return await asyncio.wait_for(unsized, 5), await asyncio.wait_for(sized, 5)

    with at_work(pools):
        assert asyncio.run(ask()) == ("unsized", "small")


def test_a_small_question_is_answered_while_large_ones_are_worked_on(home: Path) -> None:
    client = client_for(home)
    pools: Pools = client.app.routes[0].app.state.pools  # type: ignore[attr-defined]
    with at_work(pools):
        assert client.get(SMALL).status_code == 200


def test_large_work_gives_what_it_made_and_what_it_raised() -> None:
    request = a_request(Pools())
    assert asyncio.run(aside_by_size(request, LARGE, max, 3, 4)) == 4
    with pytest.raises(ZeroDivisionError):
        asyncio.run(aside_by_size(request, LARGE, divmod, 1, 0))


def test_large_work_is_not_begun_for_a_client_that_has_gone() -> None:
    begun = Event()
    request = a_request(Pools(), is_gone=True)
    with pytest.raises(EnoughError):
        asyncio.run(aside_by_size(request, LARGE, begun.set))
    assert not begun.is_set()


def test_only_so_much_large_work_waits_and_places_come_free_again() -> None:
    pools = Pools()
    request = a_request(pools)

    async def ask() -> tuple[int, ProblemError]:
        end = Event()
        taken = HEAVY_THREADS + MOST_WAITING
        jobs = [
            asyncio.create_task(aside_by_size(request, LARGE, end.wait, 20)) for _ in range(taken)
        ]
        await asyncio.sleep(0.05)
        with pytest.raises(ProblemError) as refused:
            await aside_by_size(request, LARGE, end.wait, 20)
        jobs[-1].cancel()
        end.set()
        done = await asyncio.gather(*jobs, return_exceptions=True)
        await asyncio.sleep(0.05)
        await aside_by_size(request, LARGE, end.wait, 20)
        return done.count(True), refused.value

    count, problem = asyncio.run(ask())
    assert count == HEAVY_THREADS + MOST_WAITING - 1
    assert (problem.status, problem.kind) == (503, "busy")
    assert int(problem.response().headers["retry-after"]) > 0


def test_a_large_question_beyond_what_may_wait_is_told_to_come_back(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(home)
    pools: Pools = client.app.routes[0].app.state.pools  # type: ignore[attr-defined]
    for _ in range(HEAVY_THREADS + MOST_WAITING):
        pools.places.acquire()
    monkeypatch.setattr("api.aside.LIGHT_ROWS", 0)
    refused = client.get(SMALL)
    assert (refused.status_code, refused.json()["type"]) == (503, "/api/docs#busy")
    assert int(refused.headers["retry-after"]) > 0
