"""Sending a file leaves nothing open behind it."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from starlette.types import Message

from api.conditions import EnoughError
from api.file_sending import Chunks


def test_a_file_is_closed_at_once_when_its_reader_wants_no_more() -> None:
    closed = []

    async def chunks() -> AsyncGenerator[bytes]:
        try:
            yield b"one"
            yield b"two"
        finally:
            closed.append(True)

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise EnoughError

    async def at_once() -> list[bool]:
        with pytest.raises(EnoughError):
            await answer.stream_response(send)
        return list(closed)  # before the loop tidies up

    answer = Chunks(chunks(), 200)
    assert asyncio.run(at_once()) == [True]
