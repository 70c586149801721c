"""The programs of docs/sdmx.md give what the page says, run by Python and by R."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from outcomes import app
from tests.api.live import serving
from tests.api.sdmx.rscript import run_r
from tests.tree import ROOT

PAGE = (ROOT / "docs" / "sdmx.md").read_text("utf-8")
WRITTEN = "http://127.0.0.1:8000"


def programs(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over the figures that ship."""
    home = tmp_path_factory.mktemp("sdmx") / "home"
    result = CliRunner().invoke(app, ["prepare"], env={"OUTCOMES_HOME": str(home)})
    assert result.exit_code == 0, result.output
    with serving(home) as served:
        yield served


def squeezed(text: str) -> str:
    """Return a text without the widths of columns."""
    return re.sub(r"[ ]+", " ", text)


def expected(program: str) -> list[str]:
    found = re.findall(r"^# -> (.*)$", program, re.M)
    assert found
    return [squeezed(line).strip() for line in found]


@pytest.mark.parametrize("program", programs("python"))
def test_a_program_in_python_prints_what_the_page_says(
    program: str, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "program.py"
    file.write_text(program.replace(WRITTEN, address), "utf-8")
    done = subprocess.run(
        [sys.executable, str(file)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    printed = squeezed(done.stdout)
    assert [line for line in expected(program) if line not in printed] == []


@pytest.mark.parametrize("program", programs("r"))
def test_a_program_in_r_prints_what_the_page_says(
    program: str, address: str, tmp_path: Path
) -> None:
    printed = squeezed(run_r(program.replace(WRITTEN, address), tmp_path))
    assert [line for line in expected(program) if line not in printed] == []


def test_the_page_has_programs_in_both_languages() -> None:
    assert (len(programs("python")), len(programs("r"))) == (2, 1)
