"""Servers for a measurement: started on loopback, waited for, and stopped by process id."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> float:
    """Wait until a URL answers 200; return the seconds it took. Raises RuntimeError."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        if process.poll() is not None:
            msg = f"the server for {url} stopped with exit code {process.returncode}"
            raise RuntimeError(msg)
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - loopback
                if answer.status == 200:
                    answer.read()
                    return time.perf_counter() - begun
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    msg = f"{url} did not answer within {seconds:.0f} s"
    raise RuntimeError(msg)


@contextmanager
def serving(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for as long as the block lasts."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
