"""A bounded load over keep-alive connections on this machine, and how many answers came."""

import multiprocessing
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

_BUFFER = 1 << 18
_HEAD = 1 << 12


@dataclass(frozen=True)
class Round:
    """One round: answers per second and the size of one answer in bytes."""

    per_second: float
    body_bytes: int


def run_round(url: str, seconds: float = 3.0, connections: int = 4) -> Round:
    """Ask for a URL on loopback for so many seconds; raises RuntimeError unless all are 200."""
    parts = urlsplit(url)
    if parts.hostname != "127.0.0.1":
        msg = "a load is only ever put on this machine"
        raise ValueError(msg)
    with multiprocessing.get_context("spawn").Pool(connections) as pool:
        started = [(parts.port, f"{parts.path}?{parts.query}", seconds)] * connections
        counts = pool.starmap(_ask_until, started)
    return Round(sum(count / took for count, took, _ in counts), counts[0][2])


def _ask_until(port: int, target: str, seconds: float) -> tuple[int, float, int]:
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    view = memoryview(bytearray(_BUFFER))
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        size = _answer(connection, request, view)
        begun = time.perf_counter()
        count = 0
        while time.perf_counter() - begun < seconds:
            _answer(connection, request, view)
            count += 1
        return count, time.perf_counter() - begun, size


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
