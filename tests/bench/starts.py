"""From a command to a first page: with an empty store, and with a full one."""

import sys
import tempfile
from pathlib import Path

from tests.bench.servers import free_port, serving, wait_for

PROMISED_COLD_SECONDS = 15
PROMISED_WARM_SECONDS = 4


def measure(folder: Path) -> dict[str, float]:
    """Return seconds from the command to the first page, cold and warm; leaves a full store."""
    return {"cold_seconds": _start(folder), "warm_seconds": _start(folder)}


def _start(home: Path) -> float:
    port = free_port()
    command = [sys.executable, "-m", "outcomes", "up", "--port", str(port)]
    with tempfile.TemporaryDirectory() as logs:
        environment = {"OUTCOMES_HOME": str(home)}
        with serving(command, Path(logs) / "server.log", environment) as process:
            return wait_for(f"http://127.0.0.1:{port}/", process)
