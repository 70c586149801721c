"""The tracked files of the project, for tests that look at the house itself."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("reference", "indicators", "etl", "api", "dashboard")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git tracks and that is there."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    files = (ROOT / name for name in listed.split("\0") if name)
    return tuple(file for file in files if file.is_file())


def named(file: Path) -> str:
    """The path from the root, as messages show it."""
    return file.relative_to(ROOT).as_posix()


@cache
def python_files() -> tuple[Path, ...]:
    """Every tracked Python file, tests included."""
    return tuple(file for file in tracked_files() if file.suffix == ".py")


def code_files() -> tuple[Path, ...]:
    """The tracked Python files of the packages and of outcomes.py."""
    return tuple(
        file for file in python_files() if file.relative_to(ROOT).parts[0] not in ("tests", "docs")
    )


@cache
def parsed(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text("utf-8"))


def imported_names(file: Path) -> Iterator[str]:
    """The top-level names of the packages that a file imports, wherever in it."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
