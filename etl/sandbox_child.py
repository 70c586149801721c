"""The process in which files are parsed: limited, without secrets, many files one after another.

A request is a line of JSON; an answer is a line of JSON and then the tables as Arrow streams.
"""

import json
import sys
from dataclasses import asdict
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from etl.file_kinds import Limits, RefusedFileError, refused
from etl.files import FileContent, read_content, read_path
from etl.findings import Finding, Place
from etl.raw_tables import RawTable

try:
    import resource
except ImportError:  # Windows has no limits of this kind; the time limit still holds there
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not get between the answers
    sys.meta_path.insert(0, _WithoutPandas())
    pa.set_cpu_count(1)
    for line in requests:
        request = json.loads(line)
        limits = Limits(**request["limits"])
        set_limits(limits)
        header, tables = answer(request, limits, requests)
        answers.write(json.dumps(header).encode() + b"\n")
        for table in tables:
            answers.write(table)
        answers.flush()


class _WithoutPandas(MetaPathFinder):
    """Keeps pandas out: Arrow would load it with its first array, a second to no use here."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """Refuse to find pandas, as if it were not installed."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def set_limits(limits: Limits) -> None:
    """Bound memory, processor time, files written and crash dumps, for the next file."""
    if resource is None:
        return
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + limits.seconds + 1)


def _lower(kind: int, wanted: int) -> None:
    """Set the soft limit, never above the hard one."""
    hard = resource.getrlimit(kind)[1]
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (soft, hard))


def answer(
    request: dict[str, Any], limits: Limits, requests: BinaryIO
) -> tuple[dict[str, Any], list[Any]]:
    """Return what the parent is told of one file: findings, and the tables if there are any."""
    name = request["name"]
    try:
        if request["path"]:
            content, warnings = read_path(Path(request["path"]), limits)
        else:
            content, warnings = read_content(name, requests.read(request["size"]), limits)
        return _told(content, warnings)
    except RefusedFileError as error:
        return _refusal(error.findings), []
    except MemoryError:
        raise  # ends the process: the parent says so, and starts a fresh one for the next file
    except Exception as error:  # the parent must hear of it in one line, whatever it was
        what = f"a file that the reader fails on ({type(error).__name__})"
        return _refusal(refused("cannot_read", Place(name), what, "a table").findings), []


def _refusal(findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {"findings": [asdict(finding) for finding in findings], "tables": []}


def _told(content: FileContent, warnings: tuple[Finding, ...]) -> tuple[dict[str, Any], list[Any]]:
    bodies = [_arrow_stream(table) for table in content.tables]
    tables = [
        {
            "bytes": len(body),
            "sheet": table.sheet,
            "first_row": table.first_row,
            "numbered": table.row_numbers is not None,
            "names": table.names,
        }
        for body, table in zip(bodies, content.tables, strict=True)
    ]
    header = {
        "kind": content.kind,
        "size": content.size,
        "sha256": content.sha256,
        "tables": tables,
        "findings": [asdict(finding) for finding in warnings],
    }
    return header, bodies


def _arrow_stream(table: RawTable) -> Any:
    """Return the columns as an Arrow stream; a last column holds row numbers if they are uneven."""
    columns: list[pa.Array[Any]] = [
        pa.DictionaryArray.from_arrays(
            pa.array(column.codes, type=pa.int32()), pa.array(column.texts, type=pa.string())
        )
        for column in table.columns
    ]
    if table.row_numbers is not None:
        columns.append(pa.array(table.row_numbers.astype(np.int64)))
    names = [str(place) for place in range(len(columns))]
    batch = pa.RecordBatch.from_arrays(columns, names=names)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return memoryview(sink.getvalue())


if __name__ == "__main__":
    main()
