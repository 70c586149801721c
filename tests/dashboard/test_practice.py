"""Every page over made-up figures says so in its first HTML and in its title; no other does."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from starlette.testclient import TestClient

from dashboard.practice import PracticeWatch
from tests.dashboard.conftest import dashboard_server
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.reading import PATHS

BANNER = "Every place and every figure here is made up."
MARK = {"X-Data-Kind": "practice"}
OTHERS = ["/nowhere", "/indicators/none_such", "/about", "/areas"]


class PracticeApi(FakeApi):
    """The canned answers, marked as those of a practice store are."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = super().__call__(request)
        answer.headers.update(MARK)
        return answer


@pytest.mark.unmeasured
@pytest.mark.parametrize("address", [*PATHS, *OTHERS])
def test_every_page_of_practice_says_so(address: str) -> None:
    # A new server each: a page that asks for nothing must know it all the same.
    with TestClient(dashboard_server(PracticeApi())) as web:
        text = web.get(address).text
    assert BANNER in text
    assert "<title>PRACTICE: " in text
    assert "Figures are copied from published statistics" not in text


@pytest.mark.parametrize("address", ["/", "/nowhere"])
def test_no_other_page_does(address: str) -> None:
    with TestClient(dashboard_server(FakeApi())) as web:
        text = web.get(address).text
    assert BANNER not in text
    assert "PRACTICE" not in text
    assert "Figures are copied from published statistics" in text


def test_an_api_that_gives_no_answer_is_asked_again_the_next_time() -> None:
    answers: Iterator[httpx.Response | httpx.ConnectError] = iter(
        [httpx.ConnectError("no route"), httpx.Response(200, headers=MARK)]
    )

    def answer(_: httpx.Request) -> httpx.Response:
        given = next(answers)
        if isinstance(given, Exception):
            raise given
        return given

    http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://x")
    watch = PracticeWatch(http)
    assert not asyncio.run(watch.is_practice())
    assert asyncio.run(watch.is_practice())


def test_a_failure_of_what_stands_between_takes_no_mark_away() -> None:
    answers = iter([httpx.Response(200, headers=MARK), httpx.Response(502)])
    transport = httpx.MockTransport(lambda _: next(answers))

    async def kinds() -> list[bool]:
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
            watch = PracticeWatch(http)
            await http.get("/a")
            first = await watch.is_practice()
            await http.get("/b")
            return [first, await watch.is_practice()]

    assert asyncio.run(kinds()) == [True, True]
