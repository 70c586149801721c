"""A bounded load over keep-alive connections on this machine, and how many answers came."""

import multiprocessing
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_BUFFER = 1 << 18
_HEAD = 1 << 12


@dataclass(frozen=True)
class Round:
    """One round: answers per second and the size of one answer in bytes."""

    per_second: float
    body_bytes: int
    seconds: tuple[float, ...] = ()
    """How long each answer took, the quickest first."""

    def latency(self, share: float) -> float:
        """Return the seconds within which that share of the answers came."""
        return self.seconds[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def run_round(
    url: str,
    seconds: float = 3.0,
    connections: int = 4,
    headers: Mapping[str, str] | None = None,
) -> Round:
    """Ask for a URL on loopback for so many seconds; raises RuntimeError for a refusal."""
    parts = urlsplit(url)
    if parts.hostname != "127.0.0.1":
        msg = "a load is only ever put on this machine"
        raise ValueError(msg)
    with multiprocessing.get_context("spawn").Pool(connections) as pool:
        more = "".join(f"{key}: {value}\r\n" for key, value in (headers or {}).items())
        target = f"{parts.path}?{parts.query}"
        counts = pool.starmap(_ask_until, [(parts.port, target, seconds, more)] * connections)
    every = sorted(one for times, _, _ in counts for one in times)
    rate = sum(len(times) / took for times, took, _ in counts)
    return Round(rate, counts[0][2], tuple(every))


def _ask_until(
    port: int, target: str, seconds: float, headers: str
) -> tuple[list[float], float, int]:
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode()
    view = memoryview(bytearray(_BUFFER))
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        size = _answer(connection, request, view)
        begun = last = time.perf_counter()
        times: list[float] = []
        while last - begun < seconds:
            _answer(connection, request, view)
            now = time.perf_counter()
            times.append(now - last)
            last = now
        return times, last - begun, size


def _answer(connection: socket.socket, request: bytes, view: memoryview) -> int:
    """Send one request and read its whole answer; return the body's size.

    As few calls and copies as can be: the two cores are shared with the server, and it is the
    server that is measured.
    """
    connection.sendall(request)
    received = connection.recv_into(view)
    while (end := bytes(view[: min(received, _HEAD)]).find(b"\r\n\r\n")) < 0:
        received += connection.recv_into(view[received:])
    head = bytes(view[:end]).lower()
    if head.startswith(b"http/1.1 304"):
        return 0
    if not head.startswith(b"http/1.1 200"):
        msg = f"the server answered {head[:40]!r}"
        raise RuntimeError(msg)
    size = _body_size(head)
    if size is None:
        return _chunked(connection, bytes(view[end + 4 : received]))
    missing = size - (received - end - 4)
    while missing > 0:
        missing -= connection.recv_into(view, min(missing, _BUFFER), socket.MSG_WAITALL)
    return size


def _body_size(head: bytes) -> int | None:
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return None


def _chunked(connection: socket.socket, body: bytes) -> int:
    """Read until the last, empty chunk; the count of bytes includes the chunk marks."""
    size, tail = len(body), body[-7:]
    while not tail.endswith(b"0\r\n\r\n"):
        part = connection.recv(_BUFFER)
        size += len(part)
        tail = (tail + part)[-7:]
    return size
