"""What frictionless, which leaves packed files open behind it, makes of a data package."""

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import frictionless


@contextmanager
def _tidied() -> Iterator[None]:
    """Let the files that it leaves open be closed here, not in the middle of another test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def package_faults(source: str) -> list[Any]:
    """Return type and note of every fault of a package, by path or address."""
    with _tidied():
        report = frictionless.validate(source, type="package")
        return cast(list[Any], report.flatten(["type", "note"]))


def package_rows(source: str, table: str) -> list[dict[str, Any]]:
    """Return the typed rows of one table of a package, by path or address."""
    with _tidied():
        rows = frictionless.Package(source).get_table_resource(table).read_rows()
        return [row.to_dict() for row in rows]
