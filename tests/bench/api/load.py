"""A load from this machine on one server of it: by wrk for short answers, by threads for long ones.

wrk (a Debian package) takes so little of a processor that the server is what is measured. Where
it is not installed, the processes of `tests.bench.load` ask: they keep up with Datasette and
with what we make anew, but not with a bare server, so a share of the bare server is then too
kind to us; the report says which one asked.
"""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.bench import load as python_load
from tests.bench.api.cores import GENERATOR, on_core

CONNECTIONS: Final = 16
_LATENCIES: Final = Path(__file__).with_name("latencies.lua")
_TIMEOUT: Final = 300
_BUFFER: Final = 1 << 20


@dataclass(frozen=True)
class Target:
    """What is asked for, and under which name it is reported."""

    label: str
    url: str
    headers: Mapping[str, str]
    bytes: int
    process: int
    """The server's."""


@dataclass(frozen=True)
class Round:
    """One round: answers per second, and what one took in seconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    work: float
    """Of the server's processor: hardly depends on what else the machine does meanwhile."""


def generator() -> str:
    """Say what asks."""
    return "wrk" if shutil.which("wrk") else "tests/bench/load.py (wrk is not installed)"


def wrk_command(target: Target, seconds: float) -> list[str]:
    """Return the command line of wrk."""
    headers = [part for key, value in target.headers.items() for part in ("-H", f"{key}: {value}")]
    return [
        *on_core(GENERATOR), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s",
        f"--timeout={_TIMEOUT}s", f"--script={_LATENCIES}", *headers, target.url,
    ]  # fmt: skip


def run_round(target: Target, seconds: float) -> Round:
    """Ask for so many seconds; raises RuntimeError if anything was refused or broke off."""
    _check_local(target)
    if not shutil.which("wrk"):
        return _by_processes(target, seconds)
    before = worked(target.process)
    done = subprocess.run(
        wrk_command(target, seconds), check=True, capture_output=True, text=True
    ).stdout
    told = next((line for line in done.splitlines() if line.startswith("RESULT ")), None)
    if told is None:
        msg = f"wrk told nothing of {target.label}: {done}"
        raise RuntimeError(msg)
    answers, micros, p50, p95, p99, errors = (float(part) for part in told.split()[1:])
    if errors or not answers:
        msg = f"{target.label}: {errors:.0f} of {answers:.0f} answers were refused or broke off"
        raise RuntimeError(msg)
    work = (worked(target.process) - before) / answers
    return Round(answers / micros * 1e6, p50 / 1e6, p95 / 1e6, p99 / 1e6, work)


def _by_processes(target: Target, seconds: float) -> Round:
    before = worked(target.process)
    done = python_load.run_round(target.url, seconds, CONNECTIONS, target.headers)
    p50, p95, p99 = (done.latency(share) for share in (0.5, 0.95, 0.99))
    work = (worked(target.process) - before) / len(done.seconds)
    return Round(done.per_second, p50, p95, p99, work)


def worked(process: int) -> float:
    """Return the seconds of a processor that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run_long(target: Target, each: int) -> Round:
    """Have every connection ask `each` times; for long answers.

    Only the rate counts: sixteen long answers at once tell nothing of how long one takes. Whole
    answers are counted until the last one; an end by the clock would leave some half sent.
    """
    _check_local(target)
    failures: list[BaseException] = []
    threads = [
        threading.Thread(target=_ask, args=(target, each, failures)) for _ in range(CONNECTIONS)
    ]
    begun, before = time.perf_counter(), worked(target.process)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(target.label) from failures[0]
    count, seconds = CONNECTIONS * each, time.perf_counter() - begun
    took = CONNECTIONS / (count / seconds)
    return Round(count / seconds, took, took, took, (worked(target.process) - before) / count)


def read_once(target: Target) -> tuple[int, int, float]:
    """Read one answer without keeping it; return status, bytes on the wire and seconds."""
    parts = urlsplit(target.url)
    begun = time.perf_counter()
    with socket.create_connection((parts.hostname, parts.port), timeout=_TIMEOUT) as connection:
        connection.sendall(_request(target))
        buffer = bytearray(_BUFFER)
        first = connection.recv(_BUFFER)
        size = len(first)
        while received := connection.recv_into(buffer):
            size += received
    return int(first.split(b" ", 2)[1]), size, time.perf_counter() - begun


def _ask(target: Target, each: int, failures: list[BaseException]) -> None:
    try:
        for _ in range(each):
            status, size, _ = read_once(target)
            if status != 200 or size < target.bytes:
                msg = f"status {status}, {size} bytes of at least {target.bytes}"
                raise RuntimeError(msg)
    except (RuntimeError, OSError) as error:
        failures.append(error)


def _request(target: Target) -> bytes:
    parts = urlsplit(target.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    headers = {"Host": parts.netloc, "Connection": "close", **target.headers}
    lines = [f"GET {path} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def _check_local(target: Target) -> None:
    if urlsplit(target.url).hostname != "127.0.0.1":
        msg = "a load is only ever put on this machine"
        raise ValueError(msg)
