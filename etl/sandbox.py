"""Parsing in a child process with limits: whatever a file holds, the parent lives on."""

import json
import os
import stat
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyarrow as pa

from etl.file_kinds import Limits, RefusedFileError, refused
from etl.files import FileContent, check_size
from etl.findings import Finding, Place, Severity
from etl.raw_tables import RawTable, from_arrow

_PROGRAM: Final = "from etl.sandbox_child import main; main()"
_LONGEST_ANSWER_LINE: Final = 10_000_000
_GRACE_SECONDS: Final = 1


class Sandbox:
    """One child process, started with the first file and reused; use it in a `with` block."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process, if one is running."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def start(self) -> None:
        """Start the child ahead of the first file, so that it loads while others work."""
        self._running()

    def read_path(self, path: Path) -> tuple[FileContent, tuple[Finding, ...]]:
        """Return the tables of a file on disk and warnings; raises RefusedFileError."""
        try:
            found = path.stat()
            if not stat.S_ISREG(found.st_mode):
                raise refused(
                    "cannot_open", Place(path.name), "not an ordinary file", "a file on disk"
                )
            check_size(path.name, found.st_size, self.limits)
        except OSError as error:
            raise refused(
                "cannot_open", Place(path.name), error.strerror or "an error", "a readable file"
            ) from None
        return self._read(path.name, str(path.absolute()), b"")

    def read_bytes(self, name: str, content: bytes) -> tuple[FileContent, tuple[Finding, ...]]:
        """Return the tables of a file held in memory and warnings; raises RefusedFileError."""
        check_size(name, len(content), self.limits)
        return self._read(name, "", content)

    def _read(
        self, name: str, path: str, content: bytes
    ) -> tuple[FileContent, tuple[Finding, ...]]:
        request = {"name": name, "path": path, "size": len(content), "limits": asdict(self.limits)}
        child = self._running()
        has_overrun = threading.Event()
        watch = threading.Timer(self.limits.seconds + _GRACE_SECONDS, _end, (child, has_overrun))
        watch.start()
        try:
            header, bodies = _exchange(child, json.dumps(request).encode() + b"\n" + content)
        except (OSError, ValueError, EOFError):
            self.close()
            raise _died(name, child.returncode, self.limits, has_overrun.is_set()) from None
        finally:
            watch.cancel()
        findings = tuple(_finding(told) for told in header["findings"])
        if any(finding.stops for finding in findings):
            raise RefusedFileError(*findings)
        tables = tuple(map(_table, header["tables"], bodies))
        return FileContent(header["kind"], header["size"], tables, header["sha256"]), findings

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            # Fixed words of ours and the interpreter that runs us: nothing of the file is in it.
            self._child = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        return self._child


def _environment() -> dict[str, str]:
    """Give the child what Python needs and nothing else: no database address, no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    search = os.pathsep.join(str(Path(folder).absolute()) for folder in sys.path)
    return {
        **kept,
        "PYTHONPATH": search,
        "PYTHONUTF8": "1",
        # The other allocators of Arrow reserve more address space than the limit allows.
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _end(child: subprocess.Popen[bytes], has_overrun: threading.Event) -> None:
    has_overrun.set()
    child.kill()


def _exchange(child: subprocess.Popen[bytes], request: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Send a request and take the answer; raises EOFError when the child ends instead."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(request)
    child.stdin.flush()
    line = child.stdout.readline(_LONGEST_ANSWER_LINE)
    if not line.endswith(b"\n"):
        raise EOFError
    header = json.loads(line)
    bodies = [child.stdout.read(table["bytes"]) for table in header["tables"]]
    if any(len(body) != t["bytes"] for body, t in zip(bodies, header["tables"], strict=True)):
        raise EOFError
    return header, bodies


def _died(name: str, code: int, limits: Limits, has_overrun: bool) -> RefusedFileError:
    if has_overrun or code == -24:  # SIGXCPU
        found = f"a file that takes longer than {limits.seconds} seconds to read"
    else:
        found = "a file that ends the reader (it needs more memory, or is built to do harm)"
    return refused(
        "too_costly", Place(name), found, "a table of ordinary size", "split or check the file"
    )


def _finding(told: dict[str, Any]) -> Finding:
    place = Place(**told.pop("place"))
    return Finding(**{**told, "severity": Severity(told["severity"])}, place=place)


def _table(told: dict[str, Any], body: bytes) -> RawTable:
    batch = pa.ipc.open_stream(pa.py_buffer(body)).read_next_batch()
    columns = list(batch.columns)
    numbers = columns.pop().to_numpy() if told["numbered"] else None
    return RawTable(
        tuple(told["names"]),
        tuple(map(from_arrow, columns)),
        told["sheet"],
        told["first_row"],
        numbers,
    )
