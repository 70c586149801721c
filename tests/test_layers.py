"""What the public process loads: neither data frames nor spreadsheets nor a database library."""

import subprocess
import sys

import pytest

from tests.tree import ROOT, code_files, imported_names, named

pytestmark = pytest.mark.unmeasured

HEAVY = {"geopandas", "openpyxl", "pandas", "scipy", "sqlalchemy", "xlsxwriter"}

# Imports every module of the two packages in a process of its own, then says what is loaded.
LOAD_EVERYTHING = """
import importlib, pkgutil, sys
import api, dashboard, outcomes
for package in (api, dashboard):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        # A page registers itself with the app that imports it; the app's own import covers it.
        if not module.name.startswith("dashboard.pages."):
            importlib.import_module(module.name)
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_the_public_process_loads_nothing_heavy() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOAD_EVERYTHING],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert {"api", "dashboard", "outcomes"} <= set(loaded)
    assert HEAVY & set(loaded) == set()


def test_no_code_of_ours_imports_the_figure_library() -> None:
    assert [named(file) for file in code_files() if "plotly" in set(imported_names(file))] == []
