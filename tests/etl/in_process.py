"""A stand-in for the sandbox that parses in the test's own process."""

from pathlib import Path
from types import TracebackType
from typing import Self

from etl.files import FileContent, Limits, read_path
from etl.findings import Finding


class InProcess:
    """Reads like the sandbox, without a child."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def start(self) -> None:
        """Do nothing: there is no child."""

    def read_path(self, path: Path) -> tuple[FileContent, tuple[Finding, ...]]:
        """Read a file here and now."""
        return read_path(path, self.limits)
