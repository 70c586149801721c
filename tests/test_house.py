"""The style of the house, as far as a program can see it."""

import ast
import csv
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tree import ROOT, code_files, named, parsed, python_files
from tests.tree import tracked_files as tracked

pytestmark = pytest.mark.unmeasured

MODULE_LINES = 300
FUNCTION_LINES = 50
FILE_BYTES = 1_600_000

# Modules that may be longer, each with why.
LONG_MODULES: dict[str, str] = {}
# Functions that may be longer, as `module.py:name`, each with why.
LONG_FUNCTIONS: dict[str, str] = {}

BAGS = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
# Written so that the patterns do not find themselves.
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:work|farm|home|root|Users)/")
REGISTRY_HOST = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|deb[.]debian[.]org|yarnpkg[.]com"
)
ENGLISH_CODE = re.compile(r"\b[EWSN](?:0[6-9]|1[0-3]|92)\d{6}\b")
PLACES_BELONG_IN = ("reference", "tests", "docs")


def text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        return ""  # a binary file holds no text to judge


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def found_in_text(pattern: re.Pattern[str], files: Iterator[Path] | tuple[Path, ...]) -> list[str]:
    return [
        f"{named(file)}:{number}: {matched[0]}"
        for file in files
        for number, line in enumerate(text_of(file).splitlines(), 1)
        if (matched := pattern.search(line))
    ]


def test_no_module_is_longer_than_300_lines() -> None:
    long = {
        named(file): lines
        for file in python_files()
        if (lines := len(text_of(file).splitlines())) > MODULE_LINES
    }
    assert {name: lines for name, lines in long.items() if name not in LONG_MODULES} == {}
    assert set(LONG_MODULES) <= set(long), "these modules have become short; take them off the list"


def test_no_function_is_longer_than_50_lines() -> None:
    long = {
        f"{named(file)}:{function.name}": lines
        for file in python_files()
        for function in functions(file)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert {name: lines for name, lines in long.items() if name not in LONG_FUNCTIONS} == {}
    assert set(LONG_FUNCTIONS) <= set(long), "these have become short; take them off the list"


def test_no_module_is_a_bag_for_anything() -> None:
    assert [named(file) for file in python_files() if file.stem in BAGS] == []


def test_imports_are_absolute() -> None:
    relative = [
        f"{named(file)}:{node.lineno}"
        for file in python_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_no_tracked_file_holds_a_path_of_one_machine() -> None:
    assert found_in_text(MACHINE_PATH, tracked()) == []


def test_no_tracked_file_names_a_package_registry() -> None:
    assert found_in_text(REGISTRY_HOST, tracked()) == []


def test_only_the_reference_layer_knows_english_places() -> None:
    files = (file for file in tracked() if file.suffix in {".py", ".yaml", ".html", ".js", ".css"})
    elsewhere = (file for file in files if file.relative_to(ROOT).parts[0] not in PLACES_BELONG_IN)
    assert found_in_text(ENGLISH_CODE, elsewhere) == []


def test_no_code_treats_one_indicator_in_a_way_of_its_own() -> None:
    ids = {file.stem for file in (ROOT / "indicators" / "definitions").glob("*.yaml")}
    special = [
        f"{named(file)}:{node.lineno}: {node.value}"
        for file in code_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Constant) and node.value in ids
    ]
    assert special == []


def test_no_tracked_file_is_larger_than_the_project_should_carry() -> None:
    assert [named(file) for file in tracked() if file.stat().st_size > FILE_BYTES] == []


def test_no_published_file_is_committed(published_dir: Path) -> None:
    with (published_dir / "inventory.csv").open(encoding="utf-8", newline="") as rows:
        published = {row["sha256_unpacked"] for row in csv.DictReader(rows)}
    packed = (file for file in published_dir.rglob("*") if file.is_file())
    published |= {hashlib.sha256(file.read_bytes()).hexdigest() for file in packed}
    published.discard(hashlib.sha256(b"").hexdigest())
    assert [
        named(file)
        for file in tracked()
        if hashlib.sha256(file.read_bytes()).hexdigest() in published
    ] == []


@pytest.mark.parametrize("name", ["api", "dashboard"])
def test_the_files_of_others_come_from_their_packages(name: str) -> None:
    assert [named(file) for file in tracked() if file.is_relative_to(ROOT / name / "vendor")] == []
