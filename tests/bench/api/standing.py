"""Everything that is measured, started and stopped: us with and without a cache, and the peers."""

import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench.api import bare, datasette
from tests.bench.api.cores import SERVERS, on_core
from tests.bench.api.load import Target
from tests.bench.api.store import PLACE_SET
from tests.bench.servers import free_port, serving, wait_for

MANY: Final = "1000000000/minute"
"""Requests are counted as always, but no load of ours is refused."""

SERVED, NO_CACHE, NOTHING_KEPT = "", ", no cache", ", nothing kept"
VARIANTS: Final[Mapping[str, Mapping[str, str]]] = {
    SERVED: {},
    NO_CACHE: {"OUTCOMES_CACHE_BYTES": "0"},
    NOTHING_KEPT: {"OUTCOMES_CACHE_BYTES": "0", "OUTCOMES_KEPT_ROWS": "0"},
}
"""As we are usually; without finished answers; and without the text of single rows either."""


@dataclass
class Standing:
    """The servers that are up, by name: addresses, processes and the lines that started them."""

    folder: Path
    ports: dict[str, int] = field(default_factory=dict)
    processes: dict[str, int] = field(default_factory=dict)
    commands: dict[str, str] = field(default_factory=dict)

    def target(
        self, server: str, path: str, label: str = "", headers: Mapping[str, str] | None = None
    ) -> Target:
        """Return a target after one answer of it, which says how many bytes to expect."""
        url = f"http://127.0.0.1:{self.ports[server]}{path}"
        _, _, body = fetch(url, headers or {})
        return Target(label or server, url, headers or {}, len(body), self.processes[server])


def fetch(url: str, headers: Mapping[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, headers and body of one answer; raises HTTPError for a refusal."""
    request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310 - loopback
            return answer.status, answer.getheaders(), answer.read()
    except urllib.error.HTTPError as answer:
        if answer.code != 304:
            raise
        return answer.code, list(answer.headers.items()), b""


@contextmanager
def standing(folder: Path, homes: Mapping[str, Path], database: Path) -> Iterator[Standing]:
    """Start us over each home, over the first in every variant, and Datasette."""
    first = next(iter(homes.values()))
    with ExitStack() as stack:
        up = Standing(folder)
        for name, home in homes.items():
            variants = VARIANTS if home is first else (SERVED, NO_CACHE)
            for label in variants:
                settings = {**our_settings(home), **VARIANTS[label]}
                _start(stack, up, name + label, our_command(), settings, "/api/health/ready")
        _start(stack, up, "datasette", datasette.command(database), {}, "/-/versions.json")
        yield up


@contextmanager
def bare_server(
    up: Standing,
    answers: Mapping[str, tuple[str, Mapping[str, str]]],
    files: Mapping[str, Path] | None = None,
) -> Iterator[None]:
    """Start a bare server as `bare` that gives the bytes of each answer, a URL with headers."""
    folder = up.folder / "bare"
    folder.mkdir(exist_ok=True)
    for name, file in (files or {}).items():
        bare.put_file(folder, name, file)
    for name, (url, headers) in answers.items():
        fetch(url, headers)  # so that it is kept
        status, told, body = fetch(url, headers)
        bare.put(folder, name, status, told, body)
    with ExitStack() as stack:
        command = [sys.executable, "-m", "tests.bench.api.bare"]
        _start(stack, up, "bare", command, {bare.FOLDER: str(folder)}, bare.READY)
        yield


def our_command() -> list[str]:
    """Return how we are started, but for the port."""
    return [sys.executable, "-m", "outcomes", "up", "--workers", "1", "--port"]


def our_settings(home: Path) -> dict[str, str]:
    """Return the settings of a server over a home folder."""
    return {
        "OUTCOMES_HOME": str(home),
        "OUTCOMES_PLACE_SET": PLACE_SET,
        "OUTCOMES_RATE_LIMIT": MANY,
    }


def _start(
    stack: ExitStack,
    up: Standing,
    name: str,
    command: list[str],
    settings: Mapping[str, str],
    ready: str,
) -> None:
    """Start a server by a command that ends with the option of its port; wait until it answers."""
    port = free_port()
    whole = [*on_core(SERVERS), *command, str(port)]
    process = stack.enter_context(serving(whole, up.folder / "servers.log", settings))
    wait_for(f"http://127.0.0.1:{port}{ready}", process)
    up.ports[name], up.processes[name] = port, process.pid
    told = [f"{key}={value}" for key, value in settings.items()]
    up.commands[name] = " ".join([*told, *whole])
