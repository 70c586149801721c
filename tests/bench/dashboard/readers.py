"""Many readers at once: what their browsers ask when they choose something, at a steady rate.

Arrivals do not wait for answers, so that a server that falls behind is seen to. Bounded in time and
count, on loopback only.
"""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

EACH_SECONDS = 10.0
"""How long a reader looks before the next choice."""
_MOST_OPEN = 400


@dataclass(frozen=True)
class Crowd:
    """Readers over some seconds: how many milliseconds each answer took, and how many failed."""

    readers: int
    taken: tuple[float, ...]
    failed: int


def views(indicators: Sequence[str], areas: Sequence[str], count: int, seed: int) -> list[str]:
    """Return addresses as readers choose them: mostly indicators, some profiles and groups."""
    draw = random.Random(seed)
    made = []
    for _ in range(count):
        indicator, area = draw.choice(indicators), draw.choice(areas)
        kinds = (
            f"/indicators/{indicator}?area={area}",
            f"/indicators/{indicator}?area={area}&view=ranked",
            f"/indicators/{indicator}?area={area}&view=trend",
            f"/areas/{area}",
            f"/compare?indicator={indicator}&area={area}",
        )
        made.append(draw.choices(kinds, (4, 2, 2, 1, 1))[0])
    return made


def crowd(base: str, readers: int, seconds: float, addresses: Sequence[str]) -> Crowd:
    """Let so many readers choose once in ten seconds each, for some seconds."""
    if urlsplit(base).hostname != "127.0.0.1":
        msg = "a load is only ever put on this machine"
        raise ValueError(msg)
    return asyncio.run(_crowd(base, readers, seconds, addresses))


async def _crowd(base: str, readers: int, seconds: float, addresses: Sequence[str]) -> Crowd:
    rate = readers / EACH_SECONDS
    taken: list[float] = []
    failed = 0
    limits = httpx.Limits(max_connections=_MOST_OPEN, max_keepalive_connections=_MOST_OPEN)

    async def choose(http: httpx.AsyncClient, address: str) -> None:
        nonlocal failed
        begun = time.perf_counter()
        try:
            answer = await http.post("/_dash-update-component", json=callback(address))
            failed += answer.status_code != httpx.codes.OK
        except httpx.HTTPError:
            failed += 1
        taken.append((time.perf_counter() - begun) * 1000)

    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=20) as http:
        begun = time.perf_counter()
        waiting = set()
        for place in range(int(rate * seconds)):
            due = begun + place / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(choose(http, addresses[place % len(addresses)]))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
        await asyncio.gather(*waiting)
    return Crowd(readers, tuple(taken), failed)


def callback(address: str) -> dict[str, object]:
    """Return what a browser posts when the address changes."""
    path, _, query = address.partition("?")
    said = (("pathname", path), ("search", f"?{query}" if query else ""))
    return {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [{"id": "address", "property": name, "value": value} for name, value in said],
        "changedPropIds": ["address.search"],
    }
