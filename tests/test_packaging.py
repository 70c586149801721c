"""The names are ours alone, the wheel holds its data, and the locks install the same everywhere."""

import importlib.metadata
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.tree import PACKAGES, ROOT, code_files, imported_names, named, project, python_files
from tests.tree import tracked_files as tracked

pytestmark = pytest.mark.unmeasured

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
REQUIRED = re.compile(r"^([A-Za-z0-9._-]+)")
STANDARD = set(sys.stdlib_module_names)
# These come with a package we require and are part of its public surface.
PART_OF = {"pydantic-core": "pydantic", "starlette": "fastapi"}
OURS = {*PACKAGES, "outcomes", "tests"}


def canonical(name: str) -> str:
    plain = re.sub(r"[-_.]+", "-", name).lower()
    return PART_OF.get(plain, plain)


def required(group: str | None = None) -> set[str]:
    """Names of the distributions that pyproject.toml requires, or one of its groups."""
    about = project()
    lines = about["project"]["dependencies"] if group is None else about["dependency-groups"][group]
    found = set()
    for line in lines:
        if isinstance(line, dict):
            found |= required(line["include-group"])
        elif matched := REQUIRED.match(line):
            found.add(canonical(matched[1]))
    return found


@cache
def distributions() -> Mapping[str, list[str]]:
    """The installed distributions by the packages that they hold; it takes seconds to find out."""
    return importlib.metadata.packages_distributions()


def undeclared_imports(files: Iterable[Path], allowed: set[str]) -> list[str]:
    owners = distributions()
    return [
        f"{named(file)} imports {name}"
        for file in files
        for name in sorted(set(imported_names(file)) - STANDARD - OURS)
        if allowed.isdisjoint(map(canonical, owners.get(name, ())))
    ]


def licences(distribution: str) -> list[str]:
    """What an installed distribution says of its licence; nothing if it is not installed."""
    try:
        about = importlib.metadata.metadata(distribution).json
    except importlib.metadata.PackageNotFoundError:
        return []  # a pin for another system or Python
    texts = [str(about.get(key, "")) for key in ("license_expression", "license")]
    # Some packages put the whole text there; its first line is its name.
    return [*(text.partition("\n")[0] for text in texts), *about.get("classifier", [])]


@pytest.mark.parametrize("name", [*PACKAGES, "outcomes"])
def test_no_other_installed_package_ships_our_names(name: str) -> None:
    owners = distributions().get(name, [])
    assert set(owners) <= {"csc-outcomes"}


def test_every_test_folder_is_a_package() -> None:
    folders = {file.parent for file in tracked() if file.is_relative_to(ROOT / "tests")}
    with_tests = {folder for folder in folders if any(folder.glob("*.py"))}
    assert [named(folder) for folder in with_tests if not (folder / "__init__.py").is_file()] == []


def test_the_wheel_holds_the_packages_with_their_data_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    shipped = {named(file) for file in tracked() if file.relative_to(ROOT).parts[0] in {*PACKAGES}}
    assert tops == {*PACKAGES, "outcomes.py"}
    texts = {f"methods/{file.name}" for file in (ROOT / "docs" / "methods").glob("*.md")}
    assert {f"dashboard/documents/{name}" for name in (*texts, "GLOSSARY.md")} <= names
    assert shipped | {"api/vendor/manifest.json", "dashboard/vendor/manifest.json"} <= names


def test_code_imports_only_what_the_project_requires() -> None:
    assert undeclared_imports(code_files(), required()) == []


def test_tests_import_only_what_development_requires() -> None:
    tests = [file for file in python_files() if file.is_relative_to(ROOT / "tests")]
    assert undeclared_imports(tests, required() | required("dev")) == []


def test_what_runs_is_tested_in_the_same_version() -> None:
    run, dev = (
        set(PINNED.findall((ROOT / "requirements" / f"{name}.lock").read_text("utf-8")))
        for name in ("run", "dev")
    )
    assert run - dev == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pins = re.split(r"\n(?=[a-z])", text.strip())
    assert "://" not in text
    assert [pin.partition(" ")[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_lock_of_browser_packages_has_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    installed = {name: about for name, about in packages.items() if name}
    assert [name for name, about in installed.items() if "resolved" in about] == []
    assert [name for name, about in installed.items() if "integrity" not in about] == []


def test_nothing_required_at_run_time_is_under_the_gpl() -> None:
    pins = PINNED.findall((ROOT / "requirements" / "run.lock").read_text("utf-8"))
    named_gpl = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public License")
    assert [
        name
        for name in sorted({name for name, _ in pins})
        if any(named_gpl.search(licence) for licence in licences(name))
    ] == []
