"""The browser files of others: complete, as built, and of the version that Dash expects."""

import gzip
import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import brotli
import pytest

from dashboard.build_assets import BROWSER_FILES, join_licences, name_by_content
from dashboard.static import NOT_BUILT, is_built
from tests.tree import ROOT

EXPECTED = {
    folder: {source.name for source in BROWSER_FILES if source.folder == folder}
    for folder in ("api", "dashboard")
}


def manifest(folder: str) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = json.loads(
        (ROOT / folder / "vendor" / "manifest.json").read_text("utf-8")
    )
    return entries


@pytest.mark.parametrize("folder", EXPECTED)
def test_a_manifest_names_every_file_by_its_content(folder: str) -> None:
    entries = manifest(folder)
    assert entries.keys() == EXPECTED[folder]
    for name, entry in entries.items():
        content = (ROOT / folder / "vendor" / entry["file"]).read_bytes()
        assert entry["file"] == name_by_content(name, content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["bytes"] == len(content)


@pytest.mark.parametrize("folder", EXPECTED)
def test_a_compressed_file_holds_the_same_bytes(folder: str) -> None:
    for entry in manifest(folder).values():
        path = ROOT / folder / "vendor" / entry["file"]
        gz, br = (path.with_name(f"{path.name}.{form}").read_bytes() for form in ("gz", "br"))
        assert gzip.decompress(gz) == brotli.decompress(br) == path.read_bytes()
        assert (len(gz), len(br)) == (entry["gz_bytes"], entry["br_bytes"])


def test_the_figure_library_is_the_one_that_dash_was_made_for() -> None:
    plotly = importlib.util.find_spec("plotly")
    assert plotly is not None
    assert plotly.origin is not None
    bundled = Path(plotly.origin).with_name("package_data") / "plotly.min.js"
    with bundled.open(encoding="utf-8") as text:
        expected = text.read(200).partition("plotly.js v")[2]
    ours = manifest("dashboard")["plotly.min.js"]["version"]
    assert ours.partition(".")[0] == expected.partition(".")[0]


def test_the_licences_of_all_packages_are_kept_beside_their_files(tmp_path: Path) -> None:
    for package in ("one", "two"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "LICENSE").write_text(f"terms of {package}\n", "utf-8")
    assert join_licences(["one", "two"], tmp_path) == (
        "one: LICENSE\n\nterms of one\n\ntwo: LICENSE\n\nterms of two\n"
    )


def test_where_browser_files_were_not_built_it_is_said_what_to_do(tmp_path: Path) -> None:
    assert is_built()
    assert not is_built(tmp_path)
    assert "python -m dashboard.build_assets" in NOT_BUILT
