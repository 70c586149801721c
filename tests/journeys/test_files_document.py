"""The Python on the page about files runs, on a live server over the figures that ship."""

import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.live import serving
from tests.tree import ROOT

PAGE = (ROOT / "docs" / "files.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
HOST = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def address(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = shutil.copytree(shipped_home, tmp_path_factory.mktemp("files") / "home")
    with serving(home) as served:
        yield served


def test_every_piece_of_python_on_the_page_of_files_runs(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(BLOCKS) >= 5
    names: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # frictionless leaves files open
        for block in BLOCKS:
            exec(compile(block.replace(HOST, address), "docs/files.md", "exec"), names)  # noqa: S102
