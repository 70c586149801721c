"""Running R, with the package that reads SDMX."""

import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGE = "rsdmx"


def need_rsdmx() -> str:
    """Return the program of R; skips, which CI refuses, where rsdmx cannot be had."""
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("rsdmx cannot be tried: no Rscript on the path (Debian: r-cran-rsdmx)")
    asked = f'quit(status = !requireNamespace("{PACKAGE}", quietly = TRUE))'
    if subprocess.run([program, "-e", asked], capture_output=True, check=False).returncode:
        pytest.skip("rsdmx cannot be tried: R has no package rsdmx (Debian: r-cran-rsdmx)")
    return program


def run_r(script: str, folder: Path) -> str:
    """Run a script and return what it prints; fails with what R says is wrong."""
    program = need_rsdmx()
    file = folder / "script.R"
    file.write_text(script, "utf-8")
    done = subprocess.run(
        [program, "--vanilla", str(file)],
        capture_output=True, text=True, check=False, timeout=300, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
